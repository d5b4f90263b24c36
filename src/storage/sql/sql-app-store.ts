// Apps in SQL.
import { type App, type AppStore, type AuditEntry, Refusal } from '#core';
import type { Selectable } from 'kysely';
import type { Act } from './act.ts';
import { noteChange } from './note-change.ts';
import { recordAudit } from './record-audit.ts';
import { Statement } from './statement.ts';
import type { Tables } from './tables.ts';

type AppRow = Selectable<Tables['apps']>;
type AppValues = { readonly [K in keyof AppRow]: AppRow[K] };

const byId = new Statement((db, p: { id: string }) => db.selectFrom('apps').selectAll().where('id', '=', p.id));

const all = new Statement((db) => db.selectFrom('apps').selectAll().orderBy('id'));

type Changing = Omit<AppValues, 'created_at' | 'id'>;

/** The columns that can change. */
const changing = (p: Changing): Changing => ({
  name: p.name,
  realm: p.realm,
  signature_digest: p.signature_digest,
  previous_digest: p.previous_digest,
  previous_until: p.previous_until,
  origins: p.origins,
  allows_get: p.allows_get,
  demands_token: p.demands_token,
  session_life_seconds: p.session_life_seconds,
  is_stopped: p.is_stopped,
});

const insert = new Statement((db, p: AppValues) =>
  db
    .insertInto('apps')
    .values({ id: p.id, ...changing(p), created_at: p.created_at })
    .onConflict((conflict) => conflict.doNothing()),
);

const update = new Statement((db, p: Omit<AppValues, 'created_at'>) =>
  db.updateTable('apps').set(changing(p)).where('id', '=', p.id),
);

const drop = new Statement((db, p: { id: string }) => db.deleteFrom('apps').where('id', '=', p.id));

const dropSessions = new Statement((db, p: { id: string }) =>
  db.deleteFrom('sessions').where('app_id', '=', p.id).returning('digest'),
);

/** Keeps apps, within one act. */
export class SqlAppStore implements AppStore {
  readonly #act: Act;

  constructor(act: Act) {
    this.#act = act;
  }

  async find(id: string): Promise<App | undefined> {
    const row = await byId.first(this.#act, { id });
    return row && toApp(row);
  }

  async list(): Promise<readonly App[]> {
    return (await all.all(this.#act, {})).map(toApp);
  }

  async create(app: App, audit: AuditEntry): Promise<void> {
    if ((await insert.affected(this.#act, fromApp(app))) === 0) throw new Refusal('app.exists');
    await this.#changed(app.id, audit);
  }

  async replace(app: App, audit: AuditEntry): Promise<boolean> {
    if ((await update.affected(this.#act, fromApp(app))) === 0) return false;
    await this.#changed(app.id, audit);
    return true;
  }

  async remove(id: string, audit: AuditEntry): Promise<boolean> {
    if ((await drop.affected(this.#act, { id })) === 0) return false;
    const ended = await dropSessions.all(this.#act, { id });
    for (const { digest } of ended) await noteChange(this.#act, { topic: 'session', key: digest }, audit.at);
    await this.#changed(id, audit);
    return true;
  }

  async #changed(id: string, audit: AuditEntry): Promise<void> {
    await noteChange(this.#act, { topic: 'app', key: id }, audit.at);
    await recordAudit(this.#act, audit);
  }
}

function toApp(row: AppRow): App {
  return {
    id: row.id,
    name: row.name,
    realm: row.realm,
    signatureDigest: row.signature_digest,
    previousDigest: row.previous_digest,
    previousUntil: row.previous_until,
    origins: JSON.parse(row.origins) as string[],
    allowsGet: row.allows_get === 1,
    demandsToken: row.demands_token === 1,
    sessionLifeSeconds: row.session_life_seconds,
    isStopped: row.is_stopped === 1,
    createdAt: row.created_at,
  };
}

function fromApp(app: App): AppRow {
  return {
    id: app.id,
    name: app.name,
    realm: app.realm,
    signature_digest: app.signatureDigest,
    previous_digest: app.previousDigest,
    previous_until: app.previousUntil,
    origins: JSON.stringify(app.origins),
    allows_get: Number(app.allowsGet),
    demands_token: Number(app.demandsToken),
    session_life_seconds: app.sessionLifeSeconds,
    is_stopped: Number(app.isStopped),
    created_at: app.createdAt,
  };
}
