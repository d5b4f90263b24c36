// Looks into the database file past our own code: what is kept there, and whether the file is sound.
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** What an outsider finds in the file. */
export interface Findings {
  /** What `PRAGMA integrity_check` says: `ok`, or what is wrong. */
  readonly integrity: string;
  /** User names of accounts that are there with a credential. */
  readonly complete: ReadonlySet<string>;
  /** Accounts without a name or a credential, names and credentials without an account. */
  readonly halves: number;
}

const COMPLETE = `
  SELECT i.key AS name FROM identifiers i JOIN accounts a ON a.id = i.account_id JOIN credentials c ON c.account_id = a.id
  WHERE i.kind = 'username' AND length(c.phc) > 0`;

const HALVES = `
  SELECT (SELECT count(*) FROM accounts WHERE id NOT IN (SELECT account_id FROM credentials) OR id NOT IN (SELECT account_id FROM identifiers))
       + (SELECT count(*) FROM credentials WHERE account_id NOT IN (SELECT id FROM accounts))
       + (SELECT count(*) FROM identifiers WHERE account_id NOT IN (SELECT id FROM accounts)) AS halves`;

/** Reads the file of a data folder. */
export function inspect(dataDir: string): Findings {
  const file = new DatabaseSync(join(dataDir, 'understudy.db'), { readOnly: true });
  try {
    const column = (sql: string, name: string): readonly unknown[] =>
      file
        .prepare(sql)
        .all()
        .map((row) => row[name]);
    return {
      integrity: column('PRAGMA integrity_check', 'integrity_check').join('; '),
      complete: new Set(column(COMPLETE, 'name').map(String)),
      halves: Number(column(HALVES, 'halves')[0]),
    };
  } finally {
    file.close();
  }
}
