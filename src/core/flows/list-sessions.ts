// The sessions of one's own account, page by page.
import type { Clock } from '../kernel/ports.ts';
import type { Session } from '../sessions/session.ts';
import type { SessionPlace, SessionStore } from '../sessions/session-store.ts';
import { type HolderDeps, recogniseHolder, type SessionAsk } from './caller.ts';
import type { Flow } from './flow.ts';

/** Who asks, and for which page. */
export interface ListSessionsAsk extends SessionAsk {
  readonly limit: number;
  /** The last of the page before. */
  readonly after?: SessionPlace;
}

/** One page of the sessions that are live, the newest first. */
export interface OwnSessions {
  readonly sessions: readonly Session[];
  /** The one that asks. */
  readonly currentId: string;
  /** Where the next page begins; null at the end. */
  readonly next: SessionPlace | null;
}

export type ListSessions = Flow<ListSessionsAsk, OwnSessions>;

/** What listing needs. */
export interface ListSessionsDeps extends HolderDeps {
  readonly clock: Clock;
  readonly sessionStore: Pick<SessionStore, 'page'>;
}

/** Asks for one more than the page has, to know whether another follows. */
export const listSessions =
  (deps: ListSessionsDeps): ListSessions =>
  async ({ limit, after, ...ask }, call) => {
    const { session: current } = await recogniseHolder(deps, ask, call);
    const page = await pageOfSessions(deps, { accountId: current.accountId, limit, after });
    return { ...page, currentId: current.id };
  };

/** One page of anybody's. */
export async function pageOfSessions(
  { clock, sessionStore }: Pick<ListSessionsDeps, 'clock' | 'sessionStore'>,
  {
    accountId,
    limit,
    after,
  }: Pick<ListSessionsAsk, 'limit'> & {
    readonly accountId: string;
    readonly after: SessionPlace | undefined;
  },
): Promise<Omit<OwnSessions, 'currentId'>> {
  const found = await sessionStore.page({
    accountId,
    liveAt: clock.now(),
    limit: limit + 1,
    ...(after && { after }),
  });
  const sessions = found.slice(0, limit);
  const last = found.length > limit ? sessions.at(-1) : undefined;
  return { sessions, next: last ? { issuedAt: last.issuedAt, id: last.id } : null };
}
