// Remembers from where somebody signed in lately: in a storm, whoever comes from there goes before strangers.
import { type AttemptStore, type Clock, KNOWN_SOURCE_MS, type Stores } from '#core';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import { describeFault } from './observer.ts';

/** A few megabytes; who has not been seen for longest is a stranger again. */
const MOST = 50_000;
/** So many are read at the start, in a few milliseconds. */
const MOST_AT_START = 10_000;
const MOST_AT_ONCE = 1000;
const EVERY_MS = 60_000;

/** Where what was learned lies. */
export interface Memory {
  readonly stores: { readonly attempts: Pick<AttemptStore, 'sourcesSince'> };
  readonly clock: Clock;
}

/** Knows sources, and no accounts: to be told apart by it says nothing about anybody. Asking costs no look at the store. */
export class Regulars {
  readonly #sources = new LRUCache<string, true>({ max: MOST });
  #learnedAt: number | undefined;

  isKnown(source: string): boolean {
    return this.#sources.has(source);
  }

  /** The same stores; the sources of sign-ins that succeed in them are noted. */
  notedBy(stores: Stores): Stores {
    const { attempts } = stores;
    const succeed: AttemptStore['succeed'] = async (record) => {
      const account = await attempts.succeed(record);
      if (account !== undefined) this.#sources.set(record.session.source, true);
      return account;
    };
    return { ...stores, attempts: { ...attempts, succeed } };
  }

  /** Learns of sign-ins before this start, and of those at other servers. */
  async learn({ stores, clock }: Memory): Promise<void> {
    const now = clock.now();
    const since = this.#learnedAt ?? now - KNOWN_SOURCE_MS;
    const most = this.#learnedAt === undefined ? MOST_AT_START : MOST_AT_ONCE;
    const sources = await stores.attempts.sourcesSince(since, most);
    // The latest comes last, and so is forgotten last.
    for (const source of sources.toReversed()) this.#sources.set(source, true);
    // The clocks of servers differ a little.
    this.#learnedAt = now - EVERY_MS;
  }
}

/** Learns every minute until the returned function is called. */
export function startLearning(memory: Memory & { readonly regulars: Regulars }, log: Logger): () => void {
  const learn = (): void =>
    void memory.regulars
      .learn(memory)
      .catch((fault: unknown) => log.error({ fault: describeFault(fault) }, 'known sources cannot be read'));
  const timer = setInterval(learn, EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
