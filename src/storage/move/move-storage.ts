// Moves a store from one database to another while servers work with it, and closes it only for the last steps.
import { setTimeout as pause } from 'node:timers/promises';
import type { AuditEntry } from '#core';
import { noteChange } from '../sql/note-change.ts';
import { recordAudit } from '../sql/record-audit.ts';
import type { Departure } from '../sql/seal.ts';
import { agree, type Agreement } from './agree.ts';
import { type End, runAll } from './end.ts';
import { forgetProgress, writeArrival, writeDeparture } from './ledger.ts';
import { MOVED_TABLES } from './moved-table.ts';
import { openEnd } from './open-end.ts';
import { PAGE, Transfer } from './transfer.ts';

/** What is to be moved, and how the operator follows it. */
export interface MoveOptions {
  /** `sqlite:<path>` or `postgres://…` */
  readonly from: string;
  readonly to: string;
  /** What is at the target may go. */
  readonly mayReplace: boolean;
  readonly now: () => number;
  /** Names this move among all. */
  readonly id: string;
  /** Of so many rows; rows that come meanwhile are not counted. */
  readonly onProgress: (done: number, whole: number, doing: string) => void;
}

/** One table, counted at both ends. */
export interface MovedRows {
  readonly table: string;
  readonly rows: number;
  /** 16 hexadecimal digits over all rows as they are at the target. */
  readonly checksum: string;
}

/** What became of it. */
export interface MoveOutcome {
  readonly from: string;
  readonly to: string;
  readonly isResumed: boolean;
  /** Where the file went that was at the target, if there was one. */
  readonly replaced: string | undefined;
  readonly tables: readonly MovedRows[];
  /** Rows that were brought over again because they had changed. */
  readonly caughtUp: number;
  /** How long nobody could sign in. */
  readonly closedMs: number;
}

/** Servers have heard of the seal by then: they look five times as often. */
const HEARD_MS = 1000;
/** So few notes are left to the time in which nobody can sign in. */
const FEW = PAGE / 4;
/** A store that changes faster than it can be followed is sealed all the same, some day. */
const MOST_ROUNDS = 10_000;

/**
 * Moves the data, or goes on with a move that was cut short. Afterwards the source says where the data went, to servers too.
 * @throws Error in words for the operator, and then the source is as open as before
 */
export async function moveStorage(options: MoveOptions): Promise<MoveOutcome> {
  const source = await openEnd(options.from, 'source');
  try {
    const target = await openEnd(options.to, 'target');
    try {
      return await new Move(source, target, options).run();
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

class Move {
  readonly #source: End;
  readonly #target: End;
  readonly #options: MoveOptions;
  readonly #transfer: Transfer;
  #caughtUp = 0;
  #done = 0;
  #whole = 0;

  constructor(source: End, target: End, options: MoveOptions) {
    this.#source = source;
    this.#target = target;
    this.#options = options;
    this.#transfer = new Transfer(source, target);
  }

  async run(): Promise<MoveOutcome> {
    const { id, mayReplace } = this.#options;
    const agreement = await agree(this.#source, this.#target, { id, mayReplace });
    const closedMs = agreement.isArrived ? 0 : await this.#carryOver(agreement);
    const tables = await this.#summary();
    await this.#leave(agreement.departure);
    const { isResumed, replaced } = agreement;
    const { shown: from } = this.#source;
    return { from, to: this.#target.shown, isResumed, replaced, tables, caughtUp: this.#caughtUp, closedMs };
  }

  /** Everything up to the moment the target may be served; how many milliseconds the source was closed. */
  async #carryOver({ departure }: Agreement): Promise<number> {
    // Cut short when hardly anything was left to do: nobody can sign in until that is done.
    if (departure.state === 'copying') await this.#carryWhileOpen();
    const sealedAt = this.#options.now();
    await this.#seal(departure);
    try {
      // Nobody is told anything by the source any more before somebody may change the target.
      await Promise.all([this.#catchUpAll(), pause(HEARD_MS)]);
      await this.#assertComplete();
    } catch (reason) {
      await this.#unseal(departure);
      throw reason;
    }
    await this.#arrive(departure);
    return this.#options.now() - sealedAt;
  }

  async #carryWhileOpen(): Promise<void> {
    await this.#copy();
    await this.#follow();
    await this.#examine();
    await this.#target.write((act) => runAll(act, this.#target.quirks.settling));
    await this.#follow();
  }

  async #copy(): Promise<void> {
    for (const table of MOVED_TABLES) this.#whole += (await this.#transfer.counts(table)).source;
    for (const table of MOVED_TABLES) {
      this.#done += (await this.#transfer.progress(table)).tally.rows;
      for (let rows = PAGE; rows > 0;) {
        rows = await this.#transfer.copyPage(table);
        this.#done += rows;
        this.#tell(`copying ${table.name}`);
      }
    }
  }

  /** Until hardly anything is left, so that the rest is quickly done. */
  async #follow(): Promise<void> {
    for (let round = 0; round < MOST_ROUNDS && (await this.#catchUpOnce()) > FEW; round += 1) this.#tell('catching up');
  }

  async #catchUpAll(): Promise<void> {
    while ((await this.#catchUpOnce()) > 0) this.#tell('the last changes');
  }

  async #catchUpOnce(): Promise<number> {
    const seen = await this.#transfer.catchUp();
    this.#caughtUp += seen;
    return seen;
  }

  /** What was committed at the target is read once more, as a whole. */
  async #examine(): Promise<void> {
    for (const table of MOVED_TABLES) {
      this.#tell(`examining ${table.name}`);
      const { tally } = await this.#transfer.progress(table);
      if (!(await this.#transfer.recount(table)).equals(tally))
        throw new Error(`${table.name}: the rows at the target are not those that were written`);
    }
  }

  async #seal(departure: Departure): Promise<void> {
    const { quirks } = this.#source;
    await this.#source.writeAlone(async (act) => {
      for (const table of MOVED_TABLES) await runAll(act, quirks.seal(table));
      await writeDeparture(act, { ...departure, state: 'sealed' });
      await noteChange(act, { topic: 'everything', key: '' }, this.#options.now());
    });
  }

  async #unseal(departure: Departure): Promise<void> {
    const { quirks } = this.#source;
    await this.#source.writeAlone(async (act) => {
      for (const table of MOVED_TABLES) await runAll(act, quirks.unseal(table));
      await writeDeparture(act, { ...departure, state: 'copying' });
      await noteChange(act, { topic: 'everything', key: '' }, this.#options.now());
    });
  }

  /** Nothing changes at either end now. */
  async #assertComplete(): Promise<void> {
    for (const table of MOVED_TABLES) {
      const { source, target } = await this.#transfer.counts(table);
      const { tally } = await this.#transfer.progress(table);
      if (source !== target || target !== tally.rows)
        throw new Error(`${table.name}: ${source} rows at the source, ${target} at the target, ${tally.rows} written`);
    }
  }

  /** From here on the target is the store. */
  async #arrive({ id }: Departure): Promise<void> {
    const { quirks } = this.#target;
    for (const table of MOVED_TABLES.filter(({ hasRisingId }) => hasRisingId)) {
      const last = await this.#source.read(async (act) => {
        const { rows } = await act.execute(this.#source.quirks.lastId(table).compile(act.ground.db));
        return rows[0]?.last ?? null;
      });
      if (last !== null) await this.#target.write((act) => runAll(act, quirks.continueAfter(table, last)));
    }
    await this.#target.write(async (act) => {
      await recordAudit(act, this.#audit());
      await writeArrival(act, { id, isDone: true });
    });
  }

  #audit(): AuditEntry {
    return { at: this.#options.now(), act: 'store.move', outcome: 'success', source: 'cli' };
  }

  async #summary(): Promise<readonly MovedRows[]> {
    const tables: MovedRows[] = [];
    for (const table of MOVED_TABLES) {
      const { tally } = await this.#transfer.progress(table);
      tables.push({ table: table.name, rows: tally.rows, checksum: tally.checksum });
    }
    return tables;
  }

  async #leave(departure: Departure): Promise<void> {
    await this.#source.write((act) => writeDeparture(act, { ...departure, state: 'moved' }));
    await this.#target.write(async (act) => {
      for (const { name } of MOVED_TABLES) await forgetProgress(act, name);
    });
  }

  #tell(doing: string): void {
    this.#options.onProgress(Math.min(this.#done, this.#whole), this.#whole, doing);
  }
}
