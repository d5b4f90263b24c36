// Sessions in SQL.
import {
  type AuditEntry,
  type Session,
  type SessionPageQuery,
  type SessionStore,
  type SessionWithOwner,
  endOf,
} from '#core';
import type { Act } from './act.ts';
import { endSessionsBut } from './end-sessions.ts';
import { noteChange } from './note-change.ts';
import { recordAudit } from './record-audit.ts';
import { toSession } from './session-rows.ts';
import { Statement } from './statement.ts';

const byDigest = new Statement((db, p: { digest: string }) =>
  db
    .selectFrom('sessions')
    .selectAll()
    .select((eb) =>
      eb
        .selectFrom('identifiers')
        .select('identifiers.shown')
        .whereRef('identifiers.account_id', '=', 'sessions.account_id')
        .where('identifiers.kind', '=', 'username')
        .as('username'),
    )
    .where('digest', '=', p.digest),
);

const ofAccount = new Statement((db, p: { account: string; limit: number }) =>
  db
    .selectFrom('sessions')
    .selectAll()
    .where('account_id', '=', p.account)
    .orderBy('issued_at', 'desc')
    .orderBy('id', 'desc')
    .limit(p.limit),
);

const pageOfAccount = new Statement(
  (db, p: { account: string; live_at: number; issued_at: number; id: string; limit: number }) =>
    db
      .selectFrom('sessions')
      .selectAll()
      .where('account_id', '=', p.account)
      .where((by) => by(by.refTuple('issued_at', 'id'), '<', by.tuple(p.issued_at, p.id)))
      .where('ends_at', '>', p.live_at)
      .orderBy('issued_at', 'desc')
      .orderBy('id', 'desc')
      .limit(p.limit),
);

/** Before the newest there is. */
const BEGINNING = { issuedAt: Number.MAX_SAFE_INTEGER, id: '' };

const dropOne = new Statement((db, p: { account: string; id: string }) =>
  db.deleteFrom('sessions').where('account_id', '=', p.account).where('id', '=', p.id).returning('digest'),
);

const drop = new Statement((db, p: { digest: string }) => db.deleteFrom('sessions').where('digest', '=', p.digest));

const markSeen = new Statement((db, p: { digest: string; at: number; ends: number }) =>
  db
    .updateTable('sessions')
    .set({ seen_at: p.at, ends_at: p.ends })
    .where('digest', '=', p.digest)
    .where('seen_at', '<', p.at),
);

const dropEnded = new Statement((db, p: { before: number; limit: number }) =>
  db
    .deleteFrom('sessions')
    .where('digest', 'in', (eb) =>
      eb.selectFrom('sessions').select('digest').where('ends_at', '<', p.before).orderBy('ends_at').limit(p.limit),
    ),
);

/** Keeps sessions, within one act. */
export class SqlSessionStore implements SessionStore {
  readonly #act: Act;

  constructor(act: Act) {
    this.#act = act;
  }

  async find(digest: string): Promise<SessionWithOwner | undefined> {
    const row = await byDigest.first(this.#act, { digest });
    return row && { session: toSession(row), username: row.username };
  }

  async list(accountId: string, limit: number): Promise<readonly Session[]> {
    return (await ofAccount.all(this.#act, { account: accountId, limit })).map(toSession);
  }

  async revoke(digest: string, audit: AuditEntry): Promise<boolean> {
    if ((await drop.affected(this.#act, { digest })) === 0) return false;
    await noteChange(this.#act, { topic: 'session', key: digest }, audit.at);
    await recordAudit(this.#act, audit);
    return true;
  }

  async page({ accountId, liveAt, limit, after = BEGINNING }: SessionPageQuery): Promise<readonly Session[]> {
    const { issuedAt, id } = after;
    const values = { account: accountId, live_at: liveAt, issued_at: issuedAt, id, limit };
    return (await pageOfAccount.all(this.#act, values)).map(toSession);
  }

  async revokeOne(accountId: string, id: string, audit: AuditEntry): Promise<boolean> {
    const ended = await dropOne.first(this.#act, { account: accountId, id });
    if (ended === undefined) return false;
    await noteChange(this.#act, { topic: 'session', key: ended.digest }, audit.at);
    await recordAudit(this.#act, audit);
    return true;
  }

  async revokeAll(accountId: string, except: string | null, audit: AuditEntry): Promise<number> {
    const ended = await endSessionsBut(this.#act, accountId, { digest: except ?? '', at: audit.at });
    await recordAudit(this.#act, audit);
    return ended;
  }

  async touch(digest: string, at: number): Promise<void> {
    const found = await this.find(digest);
    if (found === undefined) return;
    await markSeen.affected(this.#act, { digest, at, ends: endOf({ ...found.session, seenAt: at }) });
  }

  async sweep(endedBefore: number, limit: number): Promise<number> {
    return dropEnded.affected(this.#act, { before: endedBefore, limit });
  }
}
