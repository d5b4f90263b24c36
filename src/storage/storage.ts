// A storage engine, opened: the ports over one database and what an operator may do with it.
import type { ChangeFeed, Stores } from '#core';

/** Open storage. */
export interface Storage {
  readonly stores: Stores;
  readonly changes: ChangeFeed;
  /** Runs what answers one request. However many acts it takes, all of them together wait no longer than somebody waits for an answer. */
  perRequest<T>(work: () => Promise<T>): Promise<T>;
  /** Throws when the database cannot be read or written now, or is not of the version expected. */
  check(): Promise<void>;
  /** A consistent copy in a new file of mode 600, made while others go on writing; a fault where the engine has tools of its own. */
  backup(file: string): Promise<void>;
  /** What is wrong with the database; empty when nothing is. */
  integrity(): Promise<readonly string[]>;
  /** Lets writes finish, then lets go of everything; once, however often it is asked. */
  close(): Promise<void>;
}

/** Which database, and for whom. */
export interface StorageOptions {
  /** `sqlite:<path>`, `sqlite::memory:` or `postgres://…`. */
  readonly databaseUrl: string;
  /** `server` for a process that serves it (there is one only where the database is a file), `tool` for a command beside it. */
  readonly mode: 'server' | 'tool';
  /** Connections at once, where there are connections. */
  readonly connections?: number;
  /** Milliseconds of a clock that only goes forward, for `perRequest`; without one, only each act by itself has to end in time. */
  readonly stopwatch?: () => number;
}
