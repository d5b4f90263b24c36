// The front door of storage, as whoever watches over a server uses it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStorage } from './index.ts';
import { SqliteConnection } from './sqlite/connection.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'understudy-storage-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a database that can be read but not written', () => {
  it('fails the check, and passes it again when it can', async () => {
    const path = join(folder, 'store.db');
    const storage = await openStorage({ databaseUrl: `sqlite:${path}`, mode: 'server' });
    const other = new SqliteConnection(path, 'write');
    other.begin();

    await expect(storage.check()).rejects.toThrow('keeps the database to itself');
    other.rollback();
    other.close();

    await expect(storage.check()).resolves.toBeUndefined();
    await storage.close();
  });
});
