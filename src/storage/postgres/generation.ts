// The connections of one stretch of time: trusted together, and given up together.
import { type ClientConfig, type CustomTypesConfig, Pool, types } from 'pg';
import { DatabaseFault } from './faults.ts';
import { type LentClient, OwnClient } from './own-client.ts';

/** How PostgreSQL is reached. */
export interface Way {
  readonly url: string;
  /** Connections at most. */
  readonly most: number;
  /** Until a connection is made or free. */
  readonly connectMs: number;
  /** Until a statement is answered. */
  readonly statementMs: number;
  /** What is done with every new connection. */
  readonly greet?: (client: OwnClient) => void;
}

/** Reads never wait for writes that wait for each other. */
export type Lane = 'read' | 'write';

const KEPT_IDLE_MS = 30_000;
/** int8: counts, instants and ids, all of which a number holds. */
const INT8 = 20;

/** Two pools, and what they have connected. */
export class Generation {
  readonly #pools: Readonly<Record<Lane, Pool>>;
  readonly #clients = new Set<OwnClient>();
  /**
   * Those who wait for a connection, and no longer than they wait. One promise for all of them to race with would keep a trace of everybody who
   * ever waited.
   */
  readonly #waiting = new Set<(reason: DatabaseFault) => void>();
  #isGivenUp = false;

  constructor(way: Way) {
    const reading = Math.max(1, Math.floor(way.most / 3));
    this.#pools = { read: this.#pool(way, reading), write: this.#pool(way, Math.max(1, way.most - reading)) };
  }

  hasIdle(lane: Lane): boolean {
    return this.#pools[lane].idleCount > 0;
  }

  /** @throws DatabaseFault once it is given up: a pool that ends forgets those who wait for it */
  async connect(lane: Lane): Promise<LentClient> {
    const coming = this.#pools[lane].connect() as Promise<LentClient>;
    const { promise, resolve, reject } = Promise.withResolvers<LentClient>();
    coming.then(resolve, reject);
    this.#waiting.add(reject);
    if (this.#isGivenUp) reject(givenUp());
    try {
      return await promise;
    } catch (reason) {
      coming.then(
        (client) => client.release(),
        () => undefined,
      );
      throw reason;
    } finally {
      this.#waiting.delete(reject);
    }
  }

  /** Closes what is idle now and everything else when it is given back, or after so many milliseconds. */
  async end(graceMs: number): Promise<void> {
    this.#isGivenUp = true;
    for (const reject of this.#waiting) reject(givenUp());
    const cut = setTimeout(() => this.#cut(), graceMs);
    await Promise.all(Object.values(this.#pools).map((pool) => pool.end()));
    clearTimeout(cut);
    this.#cut();
  }

  #cut(): void {
    for (const client of this.#clients) client.cut();
  }

  #pool({ connectMs, greet, ...way }: Way, max: number): Pool {
    const pool = new Pool({
      ...optionsFor(way),
      Client: OwnClient,
      max,
      connectionTimeoutMillis: connectMs,
      idleTimeoutMillis: KEPT_IDLE_MS,
    });
    pool.on('connect', (client) => {
      this.#keep(client as LentClient);
      greet?.(client as LentClient);
    });
    // An idle connection that ends is replaced when one is needed.
    return pool.on('error', () => undefined);
  }

  #keep(client: OwnClient): void {
    this.#clients.add(client);
    client.once('end', () => this.#clients.delete(client));
  }
}

const givenUp = (): DatabaseFault => new DatabaseFault('the connections to the database were given up');

function optionsFor({ url, statementMs }: Pick<Way, 'url' | 'statementMs'>): ClientConfig {
  return {
    connectionString: url,
    application_name: 'understudy',
    keepAlive: true,
    // What begins a transaction goes out together with the first statement in it.
    pipeline: true,
    statement_timeout: statementMs,
    // An instance that lost its way must not hold up the others.
    idle_in_transaction_session_timeout: statementMs,
    types: { getTypeParser },
  };
}

/** Everything but int8 as the driver has it. */
const getTypeParser: CustomTypesConfig['getTypeParser'] = (oid, format): unknown =>
  (oid as number) === INT8 ? Number : types.getTypeParser(oid, format);
