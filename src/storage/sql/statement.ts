// A query written once with the builder, compiled once per connection, and then run with values as often as one likes.
import type { CompiledQuery, QueryResult } from 'kysely';
import type { Act, Compiled, Db } from './act.ts';

/** Stands in the compiled query where a value belongs. */
class Slot {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** Gives a slot of whatever name it is asked for. */
const SLOTS: unknown = new Proxy({}, { get: (_, name) => new Slot(String(name)) });

interface Compilable<R> {
  compile(): CompiledQuery<R>;
}

/** What a statement is run with: column values only. */
export type Values<P> = { readonly [K in keyof P]: string | number | null };

/**
 * `new Statement((db, p: { id: string }) => db.selectFrom('apps').selectAll().where('id', '=', p.id))`
 *
 * The builder function runs once: it may hand `p.*` to the query builder as values, and do nothing else with them.
 * Compiling costs more than SQLite needs to answer, which is why it is not repeated.
 */
export class Statement<P extends Values<P>, R> {
  readonly #build: (db: Db, p: P) => Compilable<R>;

  constructor(build: (db: Db, p: P) => Compilable<R>) {
    this.#build = build;
  }

  async all(act: Act, values: P): Promise<R[]> {
    return (await this.#run(act, values)).rows;
  }

  async first(act: Act, values: P): Promise<R | undefined> {
    return (await this.#run(act, values)).rows[0];
  }

  /** The one row the query always has. */
  async one(act: Act, values: P): Promise<R> {
    const row = await this.first(act, values);
    if (row === undefined) throw new Error('the database answered without the row it owes');
    return row;
  }

  /** How many rows were inserted, updated or deleted. */
  async affected(act: Act, values: P): Promise<number> {
    return Number((await this.#run(act, values)).numAffectedRows ?? 0);
  }

  #run(act: Act, values: P): Promise<QueryResult<R>> {
    const { query, slots } = this.#compiled(act);
    const given: Values<Record<string, unknown>> = values;
    const parameters = slots.map((slot) => (slot instanceof Slot ? given[slot.name] : slot));
    return act.execute({ ...query, parameters });
  }

  #compiled({ ground }: Act): Compiled {
    const known = ground.compiled.get(this);
    if (known !== undefined) return known;
    const query = this.#build(ground.db, SLOTS as P).compile();
    const compiled = { query, slots: query.parameters };
    ground.compiled.set(this, compiled);
    return compiled;
  }
}
