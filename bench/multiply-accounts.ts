// Makes a million accounts out of the one that was imported: each differs in what must differ, and all of it happens within the database.
import { DatabaseSync } from 'node:sqlite';

/** How the columns that must differ come from a number; every other column is as in the one there is. */
const DIFFERING: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  accounts: {
    id: "printf('01a00000-0000-7000-8000-%012d', numbers.n)",
    number: 'numbers.n + 1',
    public_id: "printf('%026d', numbers.n)",
  },
  identifiers: {
    account_id: "printf('01a00000-0000-7000-8000-%012d', numbers.n)",
    key: "printf('+86199%08d', numbers.n)",
    shown: "printf('+86199%08d', numbers.n)",
  },
  credentials: { account_id: "printf('01a00000-0000-7000-8000-%012d', numbers.n)" },
};

const NUMBERS = 'with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < ? - 1)';

/** Until there are so many accounts. The file must hold exactly one. */
export function multiplyAccounts(path: string, accounts: number): void {
  const database = new DatabaseSync(path);
  database.exec('pragma synchronous = off; begin');
  for (const [table, differing] of Object.entries(DIFFERING)) {
    const columns = database.prepare('select name from pragma_table_info(?)').all(table);
    const names = columns.map(({ name }) => String(name));
    const values = names.map((name) => differing[name] ?? `one.${name}`);
    const one = ['(select * from', table, 'limit 1) as one'].join(' ');
    const insert = ['insert into', table, `(${names.join(', ')})`];
    const query = [...insert, NUMBERS, 'select', values.join(', '), 'from', one, 'cross join numbers'];
    database.prepare(query.join(' ')).run(accounts);
  }
  database.prepare('update sequences set value = ?').run(accounts);
  database.exec('commit');
  database.close();
}
