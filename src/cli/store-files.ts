// Where the database lies on the disk, when it is a file.
import type { Config } from '#config';

/** The path of an SQLite database; undefined for one elsewhere or in memory. */
export function databaseFileOf({ databaseUrl }: Pick<Config, 'databaseUrl'>): string | undefined {
  const path = /^sqlite:(?<path>.+)$/.exec(databaseUrl)?.groups?.['path'];
  return path === ':memory:' ? undefined : path;
}

/** The files SQLite keeps beside a database. */
export function companionsOf(file: string): readonly string[] {
  return [`${file}-wal`, `${file}-shm`];
}
