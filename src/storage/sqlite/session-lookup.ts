// Finds a session by its digest, as fast as it goes: every token check that memory cannot answer passes here.
import type { StatementSync } from 'node:sqlite';
import type { SessionWithOwner } from '#core';
import { type SessionRow, toSession } from '../sql/session-rows.ts';
import type { SqliteConnection } from './connection.ts';

const SQL = `
  select digest, id, csrf_digest, account_id, realm, dialect, app_id, client_type, device_id, device_name, device_model,
    source, issued_at, expires_at, idle_seconds, seen_at,
    (select shown from identifiers where account_id = sessions.account_id and kind = 'username') as username
  from sessions where digest = ?`;

type FoundRow = Omit<SessionRow, 'ends_at'> & { readonly username: string | null };

/** A statement by hand on a connection of its own, so that no other read's snapshot can stand in its way. */
export class SessionLookup {
  readonly #connection: SqliteConnection;
  readonly #statement: StatementSync;

  constructor(connection: SqliteConnection) {
    this.#connection = connection;
    this.#statement = connection.prepare(SQL);
  }

  async find(digest: string): Promise<SessionWithOwner | undefined> {
    const row = this.#statement.get(digest) as FoundRow | undefined;
    return row && { session: toSession(row), username: row.username };
  }

  close(): void {
    this.#connection.close();
  }
}
