// How far each act is kept apart from those of others at the same time.
import type { ActCall, ActKind, SqlStores } from '../sql/acts.ts';

/**
 * `one` is a single statement and needs no transaction. `snapshot` sees one instant. `serializable` happens as if nobody else did
 * anything, and is done again if that proves impossible. `held` is safe under READ COMMITTED: it either says so in one statement or
 * holds what it judges; acts that everybody's sign-in needs are of this kind, for they wait their turn where others would have to
 * begin again and again.
 */
export type Isolation = 'one' | 'snapshot' | 'held' | 'serializable';

type Exceptions = {
  readonly [Store in keyof SqlStores]?: { readonly [Method in keyof SqlStores[Store]]?: 'one' | 'held' };
};

// prettier-ignore
const EXCEPTIONS: Exceptions = {
  accounts:   { count: 'one', create: 'held' }, // the number comes from one row, and what is unique from unique indexes
  allowances: { closed: 'one', spend: 'held', settle: 'held' },
  apps:       { find: 'one', list: 'one' },
  attempts:   { standing: 'one', isKnown: 'one', sourcesSince: 'one', reserve: 'held', fail: 'held', release: 'held', strike: 'held', succeed: 'held' },
  audit:      { list: 'one', newest: 'one', countAfter: 'one', append: 'held' },
  budgets:    { get: 'one' },
  codes:      { issue: 'held', hold: 'held', withdraw: 'held' },
  decisions:  { find: 'one', record: 'held' },
  endpoints:  { closed: 'one' },
  meta:       { get: 'one', set: 'held' },
  notices:    { lockedUntil: 'one', claim: 'held' },
  registrations: { find: 'one' },
  sessions:   { find: 'one', list: 'one', page: 'one', revokeOne: 'held', revoke: 'held', touch: 'held' },
};

/** What has not been thought about is kept apart as far as it goes. */
export function isolationOf({ store, method }: ActCall, kind: ActKind): Isolation {
  const exceptions: Readonly<Record<string, Isolation>> = EXCEPTIONS[store] ?? {};
  return exceptions[method] ?? (kind === 'read' ? 'snapshot' : 'serializable');
}
