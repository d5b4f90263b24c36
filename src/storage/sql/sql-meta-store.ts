// Facts about the store itself, in SQL.
import type { MetaStore } from '#core';
import type { Act } from './act.ts';
import { Statement } from './statement.ts';

const read = new Statement((db, p: { name: string }) =>
  db.selectFrom('meta').select('value').where('name', '=', p.name),
);

const insert = new Statement((db, p: { name: string; value: string }) =>
  db
    .insertInto('meta')
    .values({ name: p.name, value: p.value })
    .onConflict((conflict) => conflict.doNothing()),
);

const put = new Statement((db, p: { name: string; value: string }) =>
  db
    .insertInto('meta')
    .values({ name: p.name, value: p.value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: p.value })),
);

/** Keeps facts, within one act. */
export class SqlMetaStore implements MetaStore {
  readonly #act: Act;

  constructor(act: Act) {
    this.#act = act;
  }

  async get(name: string): Promise<string | undefined> {
    return (await read.first(this.#act, { name }))?.value;
  }

  async claim(name: string, value: string): Promise<string> {
    await insert.affected(this.#act, { name, value });
    return (await read.one(this.#act, { name })).value;
  }

  async set(name: string, value: string): Promise<void> {
    await put.affected(this.#act, { name, value });
  }
}
