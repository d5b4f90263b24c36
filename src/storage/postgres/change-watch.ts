// Passes on news of changes: our own at once, those of other instances as soon as the feed table shows them, everybody's once.
import type { Change, ChangeFeed } from '#core';
import type { NumberedChange } from '../sql/act.ts';
import type { FeedTable } from '../sql/feed-table.ts';

/** Often enough for a change elsewhere to be seen well within a second. */
const POLL_MS = 200;

/**
 * Numbers are given out before they are committed, so that a lower one may be seen after a higher one: each look goes
 * back to what was the newest so many looks ago, which is longer than any act of a server takes.
 */
const LOOKS_BACK = 50;
/** The same when there was no look yet: more changes than can have been under way. */
const CHANGES_BACK = 1000;

/** After so many looks in vain nobody knows what has changed. */
const MOST_IN_VAIN = 4;

/** Tells listeners of changes. */
export class ChangeWatch implements ChangeFeed {
  readonly #listeners = new Set<(change: Change) => void>();
  readonly #told = new Set<number>();
  /** The newest number at each of the last looks, the oldest first. */
  #newest: number[] = [];
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  #isDue = false;
  #inVain = 0;

  subscribe(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tells of what an act of this process has changed. */
  announce(changes: readonly NumberedChange[]): void {
    for (const each of changes) this.#tellOnce(each);
  }

  /** Watches the table from its present end on. */
  async watch(table: FeedTable): Promise<void> {
    this.#newest = [Math.max(0, (await table.newest()) - CHANGES_BACK)];
    this.#timer = setInterval(() => this.#tick(table), POLL_MS).unref();
  }

  /** Looks now; if somebody is looking already, once more afterwards. */
  look(table: FeedTable): void {
    if (this.#timer === undefined) return;
    this.#isDue = true;
    this.#looking ??= this.#lookWhileDue(table);
  }

  /** Resolves when nobody is looking any more. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    await this.#looking;
  }

  #tick(table: FeedTable): void {
    this.#newest = [...this.#newest.slice(-LOOKS_BACK), this.#newest.at(-1) ?? 0];
    this.#inVain += 1;
    // What is kept in memory is good only as long as the news of its end would be heard.
    if (this.#inVain > MOST_IN_VAIN) this.#tell({ topic: 'everything', key: '' });
    this.look(table);
  }

  async #lookWhileDue(table: FeedTable): Promise<void> {
    while (this.#isDue) {
      this.#isDue = false;
      // One that fails is made up for by the next.
      await this.#look(table).catch(() => undefined);
    }
    this.#looking = undefined;
  }

  async #look(table: FeedTable): Promise<void> {
    const [start = 0] = this.#newest;
    for (const id of this.#told) if (id <= start) this.#told.delete(id);
    let page = await table.after(start);
    while (page.length > 0) {
      for (const each of page) this.#tellOnce(each);
      page = await table.after(this.#advance(page));
    }
    this.#inVain = 0;
  }

  #advance(page: readonly NumberedChange[]): number {
    const last = page.at(-1)?.id ?? 0;
    this.#newest[this.#newest.length - 1] = Math.max(last, this.#newest.at(-1) ?? 0);
    return last;
  }

  #tellOnce({ id, change }: NumberedChange): void {
    if (this.#told.has(id)) return;
    // Nobody else tells us what we know when nobody looks.
    if (this.#timer !== undefined) this.#told.add(id);
    this.#tell(change);
  }

  #tell(change: Change): void {
    for (const listener of this.#listeners) listener(change);
  }
}
