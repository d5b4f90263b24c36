// Passes on news of changes: our own at once, those of other processes as soon as the feed table shows them.
import type { Change, ChangeFeed } from '#core';
import type { NumberedChange } from '../sql/act.ts';
import type { FeedTable } from '../sql/feed-table.ts';

/** Often enough for a change elsewhere to be seen well within a second. */
const POLL_MS = 200;

/** Tells listeners of changes. */
export class ChangeRelay implements ChangeFeed {
  readonly #listeners = new Set<(change: Change) => void>();
  /** Our own changes that the table has not shown us yet. */
  readonly #announced = new Set<number>();
  #seen = 0;
  #timer: NodeJS.Timeout | undefined;

  subscribe(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Announces what an act of this process has changed. */
  announce(changes: readonly NumberedChange[]): void {
    for (const { id, change } of changes) {
      const isWatching = this.#timer !== undefined;
      // The table may have been faster than the acknowledgement.
      if (isWatching && id <= this.#seen) continue;
      if (isWatching) this.#announced.add(id);
      this.#tell(change);
    }
  }

  /** Watches the table from its present end on. */
  async watch(table: FeedTable): Promise<void> {
    this.#seen = await table.newest();
    this.#timer = setInterval(() => void this.#poll(table), POLL_MS).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** A poll that fails is made up for by the next one; meanwhile every write and uncached read fails as well. */
  async #poll(table: FeedTable): Promise<void> {
    try {
      let page = await table.after(this.#seen);
      while (page.length > 0) {
        this.#passOn(page);
        page = await table.after(this.#seen);
      }
    } catch {
      return;
    }
  }

  #passOn(page: readonly NumberedChange[]): void {
    for (const { id, change } of page) {
      this.#seen = Math.max(this.#seen, id);
      if (!this.#announced.delete(id)) this.#tell(change);
    }
  }

  #tell(change: Change): void {
    for (const listener of this.#listeners) listener(change);
  }
}
