// What PostgreSQL and the way to it say when something goes wrong, and what of it the rest of the program hears.
import { DatabaseError } from 'pg';
import { sealedRefusal } from '../sql/seal.ts';

/** The database failed. It says what an operator needs, and nothing of what was to be kept. */
export class DatabaseFault extends Error {
  override readonly name = 'DatabaseFault';
}

/** What to do about a failure: nothing, the same again, or the same again over other connections. */
type Remedy = 'none' | 'again' | 'elsewhere';

/** By SQLSTATE: https://www.postgresql.org/docs/current/errcodes-appendix.html */
// prettier-ignore
const REMEDIES: Readonly<Record<string, Remedy>> = {
  '40001': 'again', //     serialization_failure
  '40P01': 'again', //     deadlock_detected
  '0A000': 'elsewhere', // a prepared statement whose table a newer program has added to
  '25006': 'elsewhere', // read_only_sql_transaction: this one no longer is the one that writes
  '26000': 'elsewhere', // invalid_sql_statement_name: a statement prepared on a connection that was exchanged behind our back
  '53300': 'again', //     too_many_connections: one of ours may be free in a moment
  '57P01': 'elsewhere', // admin_shutdown
  '57P02': 'elsewhere', // crash_shutdown
  '57P03': 'elsewhere', // cannot_connect_now
};

/** What helps. An error of the connection itself says that nothing further came over it. */
export function remedyFor(reason: unknown): Remedy {
  if (reason instanceof DatabaseError) return REMEDIES[reason.code ?? ''] ?? 'none';
  return isOfTheConnection(reason) ? 'elsewhere' : 'none';
}

/** What the triggers of a sealed database say. */
const SEALED = 'US001';

/** The failure as a fault, or as the refusal it stands for; what is none of PostgreSQL's stays what it is. */
export function toFault(reason: unknown): unknown {
  if (reason instanceof DatabaseError && reason.code === SEALED) return sealedRefusal();
  if (reason instanceof DatabaseError) return new DatabaseFault(`the database could not do it: ${reason.message}`);
  if (!isOfTheConnection(reason)) return reason;
  return new DatabaseFault(`the database is out of reach: ${(reason as Error).message}`);
}

const SAID_BY_THE_DRIVER =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|timeout expired|timeout exceeded)/;

function isOfTheConnection(reason: unknown): boolean {
  if (!(reason instanceof Error) || reason instanceof TypeError) return false;
  return (
    ('code' in reason && typeof reason.code === 'string' && /^E[A-Z]+$/.test(reason.code)) ||
    SAID_BY_THE_DRIVER.test(reason.message)
  );
}
