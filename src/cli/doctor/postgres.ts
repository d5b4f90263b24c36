// What `doctor` can tell of a PostgreSQL that has just answered.
import { type Config, isLoopback } from '#config';
import type { Finding } from './circumstances.ts';

/** The database, and the way to it. */
export function examinePostgres({ databaseUrl }: Pick<Config, 'databaseUrl'>): readonly Finding[] {
  const database: Finding = {
    about: 'database',
    verdict: 'fine',
    text: 'reachable, writable and migrated; whether it is whole, PostgreSQL tells: pg_amcheck',
  };
  const host = hostInClear(new URL(databaseUrl));
  if (host === undefined) return [database];
  const text = `everything goes to PostgreSQL on ${host} in clear; add ?sslmode=verify-full to databaseUrl`;
  return [database, { about: 'database', verdict: 'note', text }];
}

/** Undefined if it is this machine, or spoken to over TLS. */
function hostInClear({ hostname, searchParams }: URL): string | undefined {
  const host = searchParams.get('host') ?? hostname;
  const isNear = host === '' || host.startsWith('/') || isLoopback(host);
  const mode = searchParams.get('sslmode') ?? 'disable';
  return isNear || mode !== 'disable' ? undefined : host;
}
