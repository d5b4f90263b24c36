// Carries rows from one end to the other: a page at a time in the order of the key, and again whatever has changed since.
import type { Act } from '../sql/act.ts';
import { type End, rowsOf } from './end.ts';
import { readProgress, type TableProgress, writeProgress } from './ledger.ts';
import { MOVED_TABLES, type MovedTable, type Row } from './moved-table.ts';
import type { Stretch, TableRows } from './table-rows.ts';
import { keyTextOf, Tally, textOf } from './tally.ts';

/** Rows at a time. */
export const PAGE = 1000;

/** A row that was written to `move_changes`. */
interface Noted {
  readonly id: number;
  readonly subject: string;
  readonly key: string;
}

/** What is replaced at the target, and by what. */
interface Replacement {
  readonly rows: readonly Row[];
  /** Removes what stands in the place of the rows; what that was. */
  readonly clear: (act: Act, at: TableRows) => Promise<readonly Row[]>;
}

/** Between two ends that agree on the move. One at a time uses it. */
export class Transfer {
  readonly #source: End;
  readonly #target: End;
  readonly #from: ReadonlyMap<string, TableRows>;
  readonly #into: ReadonlyMap<string, TableRows>;
  readonly #bySubject: ReadonlyMap<string, MovedTable>;

  constructor(source: End, target: End) {
    this.#source = source;
    this.#target = target;
    this.#from = rowsOf(source);
    this.#into = rowsOf(target);
    this.#bySubject = new Map(MOVED_TABLES.map((table) => [source.quirks.subjectOf(table), table]));
  }

  /** Copies the next page; how many rows, 0 when there are no more. */
  async copyPage(table: MovedTable): Promise<number> {
    const before = await this.progress(table);
    if (before.isCopied) return 0;
    const rows = await this.#source.read((act) => at(this.#from, table).page(act, before.last, PAGE));
    const isLast = rows.length < PAGE;
    const last = keyOf(table, rows.at(-1)) ?? before.last;
    const stretch: Stretch = { after: before.last, upTo: isLast ? undefined : last };
    await this.#target.write(async (act) => {
      const tally = await this.#replace(act, table, { rows, clear: (_, here) => here.removeStretch(act, stretch) });
      await writeProgress(act, table.name, { last, isCopied: isLast, tally });
    });
    return rows.length;
  }

  /** Brings over what was written since it was copied; how many notes were seen to, 0 when there are none. */
  async catchUp(): Promise<number> {
    const noted = await this.#source.read((act) => readNotes(act));
    if (noted.length === 0) return 0;
    for (const [table, keys] of this.#keysByTable(noted)) await this.#bringOver(table, keys);
    const ids = noted.map(({ id }) => id);
    await this.#source.write(async (act) => {
      await act.execute(act.ground.db.deleteFrom('move_changes').where('id', 'in', ids).compile());
    });
    return noted.length;
  }

  async progress(table: MovedTable): Promise<TableProgress> {
    return this.#target.read((act) => readProgress(act, table.name));
  }

  /** Reads the whole table at the target once more. */
  async recount(table: MovedTable): Promise<Tally> {
    const tally = new Tally();
    let last: Row | undefined;
    for (;;) {
      const page = await this.#target.read((act) => at(this.#into, table).page(act, last, PAGE));
      tally.add(table, page);
      if (page.length < PAGE) return tally;
      last = page.at(-1);
    }
  }

  /** How many rows each end says it has. */
  async counts(table: MovedTable): Promise<{ readonly source: number; readonly target: number }> {
    const [source, target] = await Promise.all([
      this.#source.read((act) => at(this.#from, table).count(act)),
      this.#target.read((act) => at(this.#into, table).count(act)),
    ]);
    return { source, target };
  }

  /** The rows are read after the notes: they are at least as new as those, and what is newer has notes of its own. */
  async #bringOver(table: MovedTable, keys: readonly Row[]): Promise<void> {
    const rows = await this.#source.read((act) => at(this.#from, table).withKeys(act, keys));
    await this.#target.write(async (act) => {
      const { last, isCopied } = await readProgress(act, table.name);
      const tally = await this.#replace(act, table, { rows, clear: (_, here) => here.removeKeys(act, keys) });
      await writeProgress(act, table.name, { last, isCopied, tally });
    });
  }

  async #replace(act: Act, table: MovedTable, { rows, clear }: Replacement): Promise<Tally> {
    const here = at(this.#into, table);
    const { tally } = await readProgress(act, table.name);
    tally.remove(table, await clear(act, here));
    if (rows.length === 0) return tally;
    // Rivals are rows the source has changed or removed since: there are notes of them, and they will be put right.
    tally.remove(table, await here.removeRivals(act, rows));
    await here.insert(act, rows);
    assertSame(
      table,
      rows,
      await here.withKeys(
        act,
        rows.map((row) => keyOf(table, row) ?? {}),
      ),
    );
    tally.add(table, rows);
    return tally;
  }

  #keysByTable(noted: readonly Noted[]): ReadonlyMap<MovedTable, readonly Row[]> {
    const texts = new Map<MovedTable, Set<string>>();
    for (const { subject, key } of noted) {
      const table = this.#bySubject.get(subject);
      if (table === undefined) throw new Error(`a change of ${subject} was noted, which is no table that moves`);
      const values: unknown = JSON.parse(key);
      texts.set(table, (texts.get(table) ?? new Set()).add(JSON.stringify(values)));
    }
    return new Map([...texts].map(([table, keys]) => [table, [...keys].map((key) => keyFrom(table, key))]));
  }
}

function at(rows: ReadonlyMap<string, TableRows>, { name }: MovedTable): TableRows {
  const found = rows.get(name);
  if (found === undefined) throw new Error(`there is no table ${name}`);
  return found;
}

async function readNotes(act: Act): Promise<readonly Noted[]> {
  const query = act.ground.db.selectFrom('move_changes').select(['id', 'subject', 'key']).orderBy('id').limit(PAGE);
  return (await act.execute(query.compile())).rows;
}

function keyOf({ key }: MovedTable, row: Row | undefined): Row | undefined {
  return row && Object.fromEntries(key.map((name) => [name, row[name] ?? null]));
}

function keyFrom({ key }: MovedTable, text: string): Row {
  const values = JSON.parse(text) as readonly (string | number)[];
  return Object.fromEntries(key.map((name, place) => [name, values[place] ?? null]));
}

/** What was written must read as it was meant, row by row. */
function assertSame(table: MovedTable, meant: readonly Row[], found: readonly Row[]): void {
  const texts = new Map(found.map((row) => [keyTextOf(table, row), textOf(table, row)]));
  const isSame = meant.every((row) => texts.get(keyTextOf(table, row)) === textOf(table, row));
  if (!isSame || meant.length !== found.length)
    throw new Error(`${table.name}: what was written reads differently at the target`);
}
