// One connection to an SQLite database: opened, tuned, with its statements prepared once.
import { closeSync, fsyncSync, openSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { type CompiledQuery, Kysely, type QueryResult } from 'kysely';
import type { Compiled, Db, Ground } from '../sql/act.ts';
import { assertNoNul } from '../sql/no-nul.ts';
import { sealedRefusal } from '../sql/seal.ts';
import { queryCompilerFor } from './kysely-dialect.ts';
import { makePrivateFile } from './private-file.ts';

/** Waits so long for another process's short transaction before it gives up. */
const PATIENT = 'pragma busy_timeout = 5000';

/** Searches make texts of their own; beyond so many statements the cache starts anew. */
const MOST_PREPARED = 500;

/** A connection in this thread. Every call blocks the thread until SQLite is done. */
export class SqliteConnection implements Ground {
  readonly db: Db;
  readonly compiled = new Map<object, Compiled>();
  readonly #database: DatabaseSync;
  readonly #prepared = new Map<string, Prepared>();
  #isDurable = true;
  #isPatient = true;
  #hasToScrub = false;

  /** @param path a file, made with mode 600 if it is missing, or `:memory:` */
  constructor(path: string, access: 'read' | 'write') {
    if (path !== ':memory:' && access === 'write') makePrivateFile(path);
    this.#database = new DatabaseSync(path, { readOnly: access === 'read' });
    this.#database.exec(PATIENT);
    // What a savepoint may have to undo stays in memory: as a file it would be made, unlinked and synced for every sign-in.
    this.#database.exec('pragma trusted_schema = off; pragma cache_size = -8192; pragma temp_store = memory');
    if (access === 'write')
      this.#database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma secure_delete = on');
    this.db = new Kysely({ dialect: queryCompilerFor(this) });
  }

  async execute<R>(query: CompiledQuery<R>): Promise<QueryResult<R>> {
    return this.#run(query);
  }

  /** A statement of one's own, for the one path where the way through the builder costs too much. */
  prepare(sql: string): StatementSync {
    return this.#database.prepare(sql);
  }

  /** From here to the commit nobody else writes. Blocks the thread while another process does. */
  begin(): void {
    this.#setPatient(true);
    this.#do('begin immediate');
  }

  /** The same, but does not wait: false while another process writes. */
  tryBegin(): boolean {
    this.#setPatient(false);
    try {
      this.#do('begin immediate');
      return true;
    } catch (reason) {
      if (isBusy(reason)) return false;
      throw reason;
    }
  }

  #setPatient(isPatient: boolean): void {
    if (isPatient === this.#isPatient) return;
    this.#do(isPatient ? PATIENT : 'pragma busy_timeout = 0');
    this.#isPatient = isPatient;
  }

  /** From the first read to the commit everything is seen as of one instant. */
  beginRead(): void {
    this.#do('begin');
  }

  commit(): void {
    this.#do('commit');
    if (this.#hasToScrub) this.#scrub();
  }

  /** The write-ahead log still holds what was deleted: after the commit it is emptied. */
  scrub(): void {
    this.#hasToScrub = true;
  }

  /** Waits for nobody: while others read an earlier state of the log, the next commit tries again. */
  #scrub(): void {
    this.#setPatient(false);
    const [outcome] = this.#database.prepare('pragma wal_checkpoint(truncate)').all();
    this.#hasToScrub = outcome?.['busy'] === 1;
  }

  rollback(): void {
    if (this.#database.isOpen && this.#database.isTransaction) this.#do('rollback');
  }

  /** Within a transaction: a part of it that can be undone alone. */
  savepoint(): void {
    this.#do('savepoint act');
  }

  release(): void {
    this.#do('release act');
  }

  undo(): void {
    this.#do('rollback to act');
    this.#do('release act');
  }

  /** Whether commits from here on wait until the disk has them (FULL), or only until the operating system has (NORMAL). */
  setDurable(isDurable: boolean): void {
    if (isDurable === this.#isDurable) return;
    this.#do(isDurable ? 'pragma synchronous = full' : 'pragma synchronous = normal');
    this.#isDurable = isDurable;
  }

  /** What is wrong with the file; empty when nothing is. */
  integrity(): readonly string[] {
    try {
      const rows = this.#database.prepare('pragma integrity_check').all();
      return rows.map((row) => String(row['integrity_check'])).filter((text) => text !== 'ok');
    } catch (fault) {
      // Badly enough damaged, it cannot even be examined.
      return [fault instanceof Error ? fault.message : String(fault)];
    }
  }

  /** A consistent copy on the disk, made while others go on writing. The file must not exist yet. */
  copyTo(file: string): void {
    if (!makePrivateFile(file)) throw new Error(`${file} exists already`);
    this.#database.prepare('vacuum into ?').run(file);
    // SQLite leaves the copy to the operating system; a backup has to be on the disk.
    const copy = openSync(file, 'r');
    fsyncSync(copy);
    closeSync(copy);
  }

  close(): void {
    this.#prepared.clear();
    this.#database.close();
  }

  #do(sql: string): void {
    this.#prepare(sql).statement.run();
  }

  #run<R>({ sql, parameters }: CompiledQuery<R>): QueryResult<R> {
    const { statement, givesRows } = this.#prepare(sql);
    const values = parameters as readonly SQLInputValue[];
    for (const value of values) assertNoNul(value);
    try {
      if (givesRows) return { rows: statement.all(...values) as R[] };
      return { rows: [], numAffectedRows: BigInt(statement.run(...values).changes) };
    } catch (reason) {
      throw isSealed(reason) ? sealedRefusal() : reason;
    }
  }

  #prepare(sql: string): Prepared {
    const known = this.#prepared.get(sql);
    if (known !== undefined) return known;
    if (this.#prepared.size >= MOST_PREPARED) this.#prepared.clear();
    const statement = this.#database.prepare(sql);
    const prepared = { statement, givesRows: statement.columns().length > 0 };
    this.#prepared.set(sql, prepared);
    return prepared;
  }
}

interface Prepared {
  readonly statement: StatementSync;
  readonly givesRows: boolean;
}

/** What the triggers of a sealed database say. */
const isSealed = (reason: unknown): boolean => reason instanceof Error && reason.message === 'understudy: sealed';

/** SQLITE_BUSY, whatever the extended code says about the particulars. */
function isBusy(reason: unknown): boolean {
  return reason instanceof Error && 'errcode' in reason && (Number(reason.errcode) & 0xff) === 5;
}
