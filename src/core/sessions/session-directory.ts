// Recognises tokens: digest, memory, store, and the times that end a session.
import type { ChangeFeed } from '../kernel/changes.ts';
import type { Cache, Clock, Digests } from '../kernel/ports.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Secret } from '../kernel/secret.ts';
import { endOf } from './session.ts';
import type { SessionStore, SessionWithOwner } from './session-store.ts';

/** What the directory needs. */
export interface SessionDirectoryDeps {
  readonly sessions: Pick<SessionStore, 'find' | 'touch'>;
  readonly changes: ChangeFeed;
  readonly clock: Clock;
  readonly digests: Digests;
  /** Live sessions in memory, by digest. */
  readonly known: Cache<string, SessionWithOwner>;
}

/** A token longer than this is nobody's. */
const LONGEST_TOKEN = 256;

/** Knows the sessions. One per process; a revocation empties it at once. */
export class SessionDirectory {
  readonly #deps: SessionDirectoryDeps;
  #generation = 0;

  constructor(deps: SessionDirectoryDeps) {
    this.#deps = deps;
    deps.changes.subscribe(({ topic, key }) => {
      if (topic === 'session') this.#forget(key);
      if (topic === 'account') this.#forgetAllOf(key);
      if (topic === 'everything') this.#forgetEverything();
    });
  }

  /**
   * The live session of exactly this token.
   * @throws Refusal `session.unknown`
   */
  async recognise(token: Secret): Promise<SessionWithOwner> {
    const text = token.reveal();
    if (text === '' || text.length > LONGEST_TOKEN) throw new Refusal('session.unknown');
    const digest = this.#deps.digests.ofToken(text);
    const found = this.#deps.known.get(digest) ?? (await this.#read(digest));
    if (found === undefined || endOf(found.session) <= this.#deps.clock.now()) throw new Refusal('session.unknown');
    return this.#used(found);
  }

  async #read(digest: string): Promise<SessionWithOwner | undefined> {
    const generation = this.#generation;
    const found = await this.#deps.sessions.find(digest);
    // A revocation that arrived while we read may be newer than what we read.
    if (found !== undefined && generation === this.#generation) this.#deps.known.set(digest, found);
    return found;
  }

  /** Idle sessions need their last use noted, though not every single one: a hundredth of the idle life is exact enough. */
  #used(found: SessionWithOwner): SessionWithOwner {
    const { session } = found;
    const now = this.#deps.clock.now();
    if (session.idleSeconds === null || now - session.seenAt < session.idleSeconds * 10) return found;
    const seen = { ...found, session: { ...session, seenAt: now } };
    this.#deps.known.set(session.digest, seen);
    // If this write fails the session merely ends a little early.
    this.#deps.sessions.touch(session.digest, now).catch(() => this.#forget(session.digest));
    return seen;
  }

  #forget(digest: string): void {
    this.#generation += 1;
    this.#deps.known.delete(digest);
  }

  #forgetEverything(): void {
    this.#generation += 1;
    this.#deps.known.clear();
  }

  #forgetAllOf(accountId: string): void {
    this.#generation += 1;
    const digests = [...this.#deps.known.values()].filter((each) => each.session.accountId === accountId);
    for (const { session } of digests) this.#deps.known.delete(session.digest);
  }
}
