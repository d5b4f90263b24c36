// An open-loop HTTP client: requests leave when they are due, however many are still unanswered, as clients do that know nothing of each other.
import { setTimeout as pause } from 'node:timers/promises';
import { type Answer, Connection } from './load.ts';

/** What an answer says: done what was asked, told to come back, or neither. */
export type Verdict = 'failed' | 'refused' | 'served';

/** What is sent, how often, and for how long. */
export interface OpenPlan {
  readonly port: number;
  readonly perSecond: number;
  readonly forMs: number;
  /** So long answers are waited for after the last request has left. */
  readonly graceMs: number;
  /** Whole requests, sent in turn. */
  readonly requests: readonly Uint8Array[];
  /** Loopback addresses, used in turn. */
  readonly sources: readonly string[];
  readonly judge: (answer: Buffer) => Verdict;
}

/** One answer. Instants are milliseconds since the first request was due. */
export interface OpenAnswer {
  readonly at: number;
  readonly tookMs: number;
}

/** What came of it. Whatever was cut off or never answered counts as failed. */
export interface OpenResult {
  readonly sent: number;
  readonly served: readonly OpenAnswer[];
  readonly refused: readonly OpenAnswer[];
  readonly failed: number;
}

const LOOKS_EVERY_MS = 10;
/** A connection that was idle for longer may have been closed by the server. */
const FRESH_MS = 2000;

interface Idle {
  readonly connection: Connection;
  readonly since: number;
}

/** From one to the next of those who know nothing of each other: now together, now far apart (a Poisson process). */
const gapMs = (perSecond: number): number => (-Math.log(1 - Math.random()) * 1000) / perSecond;

/** Sends to a plan. */
export class OpenLoop {
  readonly #plan: OpenPlan;
  readonly #idle = new Map<string, Idle[]>();
  /** Those that wait for an answer. */
  readonly #busy = new Map<Connection, string>();
  readonly #answers: Record<Exclude<Verdict, 'failed'>, OpenAnswer[]> = { served: [], refused: [] };
  readonly #startedAt = performance.now();
  #sent = 0;
  #failed = 0;

  constructor(plan: OpenPlan) {
    this.#plan = plan;
  }

  /** Sends for as long as the plan says, and waits for the answers. */
  async run(): Promise<OpenResult> {
    const { perSecond, forMs, graceMs } = this.#plan;
    for (let dueAt = 0; dueAt < forMs; dueAt += gapMs(perSecond)) {
      const early = dueAt - this.#elapsed();
      if (early > 0) await pause(Math.ceil(early));
      this.#send();
    }
    while (this.#busy.size > 0 && this.#elapsed() < forMs + graceMs) await pause(LOOKS_EVERY_MS);
    const failed = this.#failed + this.#busy.size;
    this.#close();
    return { sent: this.#sent, ...this.#answers, failed };
  }

  #elapsed(): number {
    return performance.now() - this.#startedAt;
  }

  #send(): void {
    const { requests, sources } = this.#plan;
    const request = requests[this.#sent % requests.length];
    const source = sources[this.#sent % sources.length];
    if (request === undefined || source === undefined) throw new RangeError('there is nothing to send');
    this.#sent += 1;
    const connection = this.#idleFrom(source) ?? this.#connect(source);
    this.#busy.set(connection, source);
    connection.send(request);
  }

  #idleFrom(source: string): Connection | undefined {
    const idle = this.#idle.get(source) ?? [];
    const last = idle.pop();
    if (last === undefined || this.#elapsed() - last.since < FRESH_MS) return last?.connection;
    for (const { connection } of [last, ...idle.splice(0)]) connection.close();
    return undefined;
  }

  #connect(source: string): Connection {
    const answered = (by: Connection, answer: Answer): void => this.#hear(by, answer);
    const failed = (_reason: Error, by: Connection): void => this.#lose(by);
    return new Connection(this.#plan.port, { answered, failed }, source);
  }

  #hear(connection: Connection, { bytes, tookMs }: Answer): void {
    const source = this.#busy.get(connection) ?? '';
    const verdict = this.#plan.judge(bytes);
    const at = this.#elapsed();
    if (verdict === 'failed') this.#failed += 1;
    else this.#answers[verdict].push({ at, tookMs });
    this.#busy.delete(connection);
    const idle = this.#idle.get(source) ?? [];
    this.#idle.set(source, idle);
    idle.push({ connection, since: at });
  }

  /** One that nobody waits for may end as it likes. */
  #lose(connection: Connection): void {
    connection.close();
    if (this.#busy.delete(connection)) this.#failed += 1;
    for (const idle of this.#idle.values()) {
      const index = idle.findIndex((each) => each.connection === connection);
      if (index >= 0) idle.splice(index, 1);
    }
  }

  #close(): void {
    for (const connection of this.#busy.keys()) connection.close();
    for (const { connection } of [...this.#idle.values()].flat()) connection.close();
  }
}
