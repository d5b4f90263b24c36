// Sources that signed in to an account lately, which therefore have an allowance of their own there.
import { KNOWN_SOURCE_MS } from '#core';
import type { Act } from './act.ts';
import { Statement } from './statement.ts';

/** A source is known for weeks: to the day is exact enough, and spares every other sign-in two pages to write. */
const REFRESHED_AFTER_MS = 86_400_000;

const lastSeen = new Statement((db, p: { account: string; source: string }) =>
  db.selectFrom('known_sources').select('last_at').where('account_id', '=', p.account).where('source', '=', p.source),
);

const remember = new Statement((db, p: { account: string; source: string; at: number }) =>
  db
    .insertInto('known_sources')
    .values({ account_id: p.account, source: p.source, last_at: p.at })
    .onConflict((conflict) => conflict.columns(['account_id', 'source']).doUpdateSet({ last_at: p.at })),
);

const latest = new Statement((db, p: { since: number; limit: number }) =>
  db
    .selectFrom('known_sources')
    .select('source')
    .where('last_at', '>', p.since)
    .orderBy('last_at', 'desc')
    .limit(p.limit),
);

export async function sourcesSince(act: Act, since: number, limit: number): Promise<readonly string[]> {
  return (await latest.all(act, { since, limit })).map(({ source }) => source);
}

export async function isKnownSource(
  act: Act,
  { account, source, now }: { account: string; source: string; now: number },
): Promise<boolean> {
  const row = await lastSeen.first(act, { account, source });
  return row !== undefined && row.last_at > now - KNOWN_SOURCE_MS;
}

export async function rememberSource(
  act: Act,
  { account, source, at }: { account: string; source: string; at: number },
): Promise<void> {
  const row = await lastSeen.first(act, { account, source });
  if (row === undefined || row.last_at < at - REFRESHED_AFTER_MS) await remember.affected(act, { account, source, at });
}
