// The news between instances: a connection that reads the feed table, and a bell that says when it is worth it.
import { Act, type NumberedChange } from '../sql/act.ts';
import { type FeedTable, feedTable } from '../sql/feed-table.ts';
import { Seal } from '../sql/seal.ts';
import { ChangeWatch } from './change-watch.ts';
import { Connections } from './connections.ts';
import type { Way } from './generation.ts';
import { Transactions } from './transactions.ts';

/** Nobody waits for the news longer than it takes to come by itself. */
const PATIENCE_MS = 1000;

/** Tells of changes, ours and those of others. Without the bell, as engines may be, news takes as long as it takes until the next look. */
export class News {
  readonly feed = new ChangeWatch();
  readonly seal = new Seal((work) => this.#transactions.run({ lane: 'read', work: (lease) => work(new Act(lease)) }));
  readonly #connections: Connections;
  readonly #transactions: Transactions;
  #isRinging = false;

  constructor(way: Way) {
    this.#connections = new Connections({
      ...way,
      most: 1,
      greet: (client) => {
        client.on('notification', () => this.feed.look(this.#table));
        client.query('listen understudy_changes').catch(() => undefined);
      },
    });
    this.#transactions = new Transactions(this.#connections, PATIENCE_MS);
  }

  /** From here on those of others are told too. */
  async watch(): Promise<void> {
    await this.feed.watch(this.#table);
    await this.seal.look();
  }

  /** Tells of what an act of this process has changed. */
  announce(changes: readonly NumberedChange[]): void {
    if (changes.length === 0) return;
    this.feed.announce(changes);
    void this.#ring();
  }

  async close(): Promise<void> {
    await this.feed.stop();
    await this.#connections.close();
  }

  readonly #table: FeedTable = this.seal.heardBy({
    newest: () => this.#transactions.run({ lane: 'read', work: (lease) => feedTable(lease).newest() }),
    after: (id) => this.#transactions.run({ lane: 'read', work: (lease) => feedTable(lease).after(id) }),
  });

  /** However many changes there are at once, the bell is rung once; those that come meanwhile are heard at the next look. */
  async #ring(): Promise<void> {
    if (this.#isRinging) return;
    this.#isRinging = true;
    await this.#transactions
      .run({ lane: 'read', work: (lease) => lease.say('notify understudy_changes') })
      .catch(() => undefined);
    this.#isRinging = false;
  }
}
