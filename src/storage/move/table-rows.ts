// The rows of a table that moves: read in the order of the key, written as they are, and taken away.
import { type RawBuilder, sql } from 'kysely';
import type { Act } from '../sql/act.ts';
import { Statement } from '../sql/statement.ts';
import type { MoveQuirks } from './move-quirks.ts';
import type { MovedTable, Row } from './moved-table.ts';

/** A stretch of the table in the order of its key: after the one row, up to and with the other. */
export interface Stretch {
  readonly after?: Row | undefined;
  readonly upTo?: Row | undefined;
}

type Values = Record<string, string | number | null>;
type Fragment = RawBuilder<unknown>;

const names = (columns: readonly string[]): Fragment => sql.join(columns.map((name) => sql.ref(name)));

function statement(build: (p: Values) => RawBuilder<Row>): Statement<Values, Row> {
  return new Statement((db, p: Values) => ({ compile: () => build(p).compile(db) }));
}

/** One table at one end. */
export class TableRows {
  readonly #table: MovedTable;
  readonly #quirks: MoveQuirks;
  readonly #pages: readonly Statement<Values, Row>[];
  readonly #removals: readonly Statement<Values, Row>[];
  readonly #byKeys: Statement<Values, Row>;
  readonly #insert: Statement<Values, Row>;
  readonly #removeSame: ReadonlyMap<readonly string[], Statement<Values, Row>>;
  readonly #count: Statement<Values, { count: number }>;

  constructor(table: MovedTable, quirks: MoveQuirks) {
    this.#table = table;
    this.#quirks = quirks;
    this.#pages = [0, 1].map((shape) => statement((p) => this.#page(p, shape === 1)));
    this.#removals = [0, 1, 2, 3].map((shape) => statement((p) => this.#removal(p, shape)));
    this.#byKeys = statement((p) => this.#selectSame(p));
    this.#insert = statement((p) => this.#insertAll(p));
    const alike = [table.key, ...table.unique];
    this.#removeSame = new Map(alike.map((columns) => [columns, statement((p) => this.#deleteSame(p, columns))]));
    this.#count = new Statement((db) => ({
      compile: () => sql<{ count: number }>`select count(*) as count from ${this.#name}`.compile(db),
    }));
  }

  /** The next rows, the lowest key first. */
  page(act: Act, after: Row | undefined, limit: number): Promise<Row[]> {
    return this.#variant(this.#pages, Number(after !== undefined)).all(act, { ...this.#place('after', after), limit });
  }

  /** Those of the keys that are there. */
  withKeys(act: Act, keys: readonly Row[]): Promise<Row[]> {
    return this.#byKeys.all(act, { rows: JSON.stringify(keys) });
  }

  /** Removes what lies in the stretch; what that was. */
  removeStretch(act: Act, { after, upTo }: Stretch): Promise<Row[]> {
    const shape = Number(after !== undefined) + 2 * Number(upTo !== undefined);
    return this.#variant(this.#removals, shape).all(act, {
      ...this.#place('after', after),
      ...this.#place('upTo', upTo),
    });
  }

  /** Removes what has one of the keys; what that was. */
  removeKeys(act: Act, keys: readonly Row[]): Promise<Row[]> {
    return this.#removeAlike(act, this.#table.key, keys);
  }

  /** Removes what could not be there beside the rows; what that was. */
  async removeRivals(act: Act, rows: readonly Row[]): Promise<Row[]> {
    const removed: Row[] = [];
    for (const columns of this.#table.unique) removed.push(...(await this.#removeAlike(act, columns, rows)));
    return removed;
  }

  async insert(act: Act, rows: readonly Row[]): Promise<void> {
    await this.#insert.affected(act, { rows: JSON.stringify(rows) });
  }

  async count(act: Act): Promise<number> {
    return (await this.#count.one(act, {})).count;
  }

  get #name(): Fragment {
    return sql.table(this.#table.name);
  }

  get #key(): Fragment {
    return names(this.#table.key);
  }

  #variant(statements: readonly Statement<Values, Row>[], shape: number): Statement<Values, Row> {
    const found = statements[shape];
    if (found === undefined) throw new RangeError('there is no such statement');
    return found;
  }

  async #removeAlike(act: Act, columns: readonly string[], rows: readonly Row[]): Promise<Row[]> {
    const picked = rows.map((row) => Object.fromEntries(columns.map((name) => [name, row[name]])));
    return (await this.#removeSame.get(columns)?.all(act, { rows: JSON.stringify(picked) })) ?? [];
  }

  /** The key of a row as values by name. */
  #place(end: 'after' | 'upTo', row: Row | undefined): Values {
    if (row === undefined) return {};
    return Object.fromEntries(this.#table.key.map((name) => [`${end}.${name}`, row[name] ?? null]));
  }

  #bound(p: Values, end: 'after' | 'upTo'): Fragment {
    const values = sql.join(this.#table.key.map((name) => p[`${end}.${name}`]));
    return end === 'after' ? sql`(${this.#key}) > (${values})` : sql`(${this.#key}) <= (${values})`;
  }

  #page(p: Values, isLater: boolean): RawBuilder<Row> {
    const where = isLater ? sql`where ${this.#bound(p, 'after')}` : sql``;
    return sql`select ${names(this.#table.columns)} from ${this.#name} ${where} order by ${this.#key} limit ${p['limit']}`;
  }

  #removal(p: Values, shape: number): RawBuilder<Row> {
    const bounds = [
      ...(shape % 2 === 1 ? [this.#bound(p, 'after')] : []),
      ...(shape >= 2 ? [this.#bound(p, 'upTo')] : []),
    ];
    const where = bounds.length === 0 ? sql`` : sql`where ${sql.join(bounds, sql` and `)}`;
    return sql`delete from ${this.#name} ${where} returning ${names(this.#table.columns)}`;
  }

  #selectSame(p: Values): RawBuilder<Row> {
    return sql`select ${names(this.#table.columns)} from ${this.#name} where ${this.#isIn(p, this.#table.key)}`;
  }

  #deleteSame(p: Values, columns: readonly string[]): RawBuilder<Row> {
    return sql`delete from ${this.#name} where ${this.#isIn(p, columns)} returning ${names(this.#table.columns)}`;
  }

  #isIn(p: Values, columns: readonly string[]): Fragment {
    return sql`(${names(columns)}) in (select ${names(columns)} from ${this.#unpacked(p, columns)} as wanted)`;
  }

  #insertAll(p: Values): RawBuilder<Row> {
    const { columns } = this.#table;
    const rows = sql`select ${names(columns)} from ${this.#unpacked(p, columns)} as rows`;
    return sql`insert into ${this.#name} (${names(columns)}) ${this.#quirks.ownIds} ${rows}`;
  }

  #unpacked(p: Values, columns: readonly string[]): Fragment {
    return this.#quirks.unpack(this.#table, columns, p['rows'] as string);
  }
}
