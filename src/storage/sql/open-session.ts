// Opening a session, and ending those it replaces or that are too many.
import type { SignInRecord } from '#core';
import type { Act } from './act.ts';
import { noteChange } from './note-change.ts';
import { type SessionRow, fromSession } from './session-rows.ts';
import { Statement } from './statement.ts';

type SessionValues = { readonly [K in keyof SessionRow]: SessionRow[K] };

const insert = new Statement((db, p: SessionValues) =>
  db.insertInto('sessions').values({
    digest: p.digest,
    id: p.id,
    csrf_digest: p.csrf_digest,
    account_id: p.account_id,
    realm: p.realm,
    dialect: p.dialect,
    app_id: p.app_id,
    client_type: p.client_type,
    device_id: p.device_id,
    device_name: p.device_name,
    device_model: p.device_model,
    source: p.source,
    issued_at: p.issued_at,
    expires_at: p.expires_at,
    idle_seconds: p.idle_seconds,
    seen_at: p.seen_at,
    ends_at: p.ends_at,
  }),
);

const dropOfDialect = new Statement((db, p: { account: string; dialect: string }) =>
  db.deleteFrom('sessions').where('account_id', '=', p.account).where('dialect', '=', p.dialect).returning('digest'),
);

const dropOfClientType = new Statement((db, p: { account: string; dialect: string; type: string }) =>
  db
    .deleteFrom('sessions')
    .where('account_id', '=', p.account)
    .where('dialect', '=', p.dialect)
    .where((eb) => eb(eb.fn.coalesce('client_type', eb.val('')), '=', p.type))
    .returning('digest'),
);

/** More sessions than anybody could have: the end of a list that has a beginning. */
const ALL = 1_000_000;

const count = new Statement((db, p: { account: string }) =>
  db
    .selectFrom('sessions')
    .select((by) => by.fn.countAll<number>().as('count'))
    .where('account_id', '=', p.account),
);

const dropBeyond = new Statement((db, p: { account: string; now: number; kept: number }) =>
  db
    .deleteFrom('sessions')
    .where('digest', 'in', (eb) =>
      eb
        .selectFrom('sessions')
        .select('digest')
        .where('account_id', '=', p.account)
        // Those that ended go first, then the oldest.
        .orderBy((by) => by.case().when('ends_at', '>', p.now).then(0).else(1).end())
        .orderBy('issued_at', 'desc')
        .orderBy('id', 'desc')
        .limit(ALL)
        .offset(p.kept),
    )
    .returning('digest'),
);

export async function openSession(
  act: Act,
  { session, replaces, maxSessions }: Pick<SignInRecord, 'session' | 'replaces' | 'maxSessions'>,
): Promise<void> {
  const { accountId: account, issuedAt: now } = session;
  const replaced = await dropReplaced(act, { session, replaces });
  const surplus = await dropSurplus(act, { account, now, kept: Math.max(0, maxSessions - 1) });
  await insert.affected(act, fromSession(session));
  for (const { digest } of [...replaced, ...surplus]) await noteChange(act, { topic: 'session', key: digest }, now);
}

/** Most people have few sessions: counting them costs far less than putting them in order. */
async function dropSurplus(
  act: Act,
  { account, now, kept }: { account: string; now: number; kept: number },
): Promise<readonly { digest: string }[]> {
  const { count: held } = await count.one(act, { account });
  return held > kept ? dropBeyond.all(act, { account, now, kept }) : [];
}

type Replacement = { readonly session: SignInRecord['session']; readonly replaces: SignInRecord['replaces'] };

async function dropReplaced(act: Act, { session, replaces }: Replacement): Promise<readonly { digest: string }[]> {
  const { accountId: account, dialect, client } = session;
  if (replaces === 'account') return dropOfDialect.all(act, { account, dialect });
  if (replaces === 'clientType') return dropOfClientType.all(act, { account, dialect, type: client.type ?? '' });
  return [];
}
