// SQLite as a storage engine: what the ports do not speak of.
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Change } from '#core';
import {
  accountOf,
  auditOf,
  given,
  guesses,
  idOf,
  identifierOf,
  reservationOf,
  signInOf,
  signedIn,
} from '../../core/stores.contract.ts';
import { ClaimedError, type Storage, openStorage } from '../index.ts';
import { SCHEMA_VERSION } from '../sql/migrate.ts';
import { SqliteConnection } from './connection.ts';

let folder = '';
let opened: Storage[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'understudy-sqlite-'));
});
afterEach(async () => {
  await Promise.all(opened.map((storage) => storage.close()));
  opened = [];
  rmSync(folder, { recursive: true });
});

const pathOf = (name = 'store.db') => join(folder, name);

async function open(mode: 'server' | 'tool', path = pathOf()): Promise<Storage> {
  const storage = await openStorage({ databaseUrl: `sqlite:${path}`, mode });
  opened.push(storage);
  return storage;
}

/** Does what the ports have no words for. */
async function tamper(change: (db: SqliteConnection['db']) => Promise<unknown>): Promise<void> {
  const connection = new SqliteConnection(pathOf(), 'write');
  await change(connection.db);
  connection.close();
}

const setVersion = (version: number) =>
  tamper((db) =>
    db
      .updateTable('meta')
      .set({ value: String(version) })
      .where('name', '=', 'schema.version')
      .execute(),
  );

describe('a server and its database', () => {
  it('refuses a second server, until the first has closed', async () => {
    const first = await open('server');

    const second = open('server');

    await expect(second).rejects.toBeInstanceOf(ClaimedError);
    await first.close();
    await expect(open('server')).resolves.toBeDefined();
  });

  it('still holds its claim after a second server was refused', async () => {
    await open('server');
    await open('server').catch(() => undefined);

    await expect(open('server')).rejects.toBeInstanceOf(ClaimedError);
  });

  it('keeps its files to its owner', async () => {
    const storage = await open('server');
    await given(storage, 1);

    const modes = ['', '-wal', '-shm', '.lock'].map((companion) => statSync(pathOf() + companion).mode & 0o777);

    expect(modes).toEqual([0o600, 0o600, 0o600, 0o600]);
  });

  it('finds everything again after it was closed', async () => {
    const before = await open('server');
    const account = await given(before, 1);
    await signedIn(before, signInOf(account, 'one'));
    await before.close();

    const after = await open('server');

    expect(await after.stores.accounts.get(account.id)).toMatchObject({
      id: account.id,
      lastSignInAt: account.createdAt,
    });
    expect(await after.stores.sessions.find('digest-one')).toMatchObject({ username: 'person1' });
  });

  it('R-38 remembers failures, but holds no place for attempts of a server that died', async () => {
    const before = await open('server');
    await guesses(before, 4, reservationOf('guess', 'somebody'));
    await before.stores.attempts.reserve(reservationOf('cut short', 'somebody'));
    await before.close();

    const after = await open('server');
    const outcomes = await guesses(after, 2, reservationOf('later', 'somebody'));

    expect(outcomes).toEqual(['granted', 'refused']);
  });

  it('sees in every read what was acknowledged before it', async () => {
    const { stores } = await open('server');

    const seen = await Promise.all(
      Array.from({ length: 200 }, async (_, number) => {
        await stores.accounts.create(accountOf(number), auditOf('account.create'));
        return (await stores.accounts.get(idOf(number)))?.id;
      }),
    );

    expect(seen).toEqual(Array.from({ length: 200 }, (_, number) => idOf(number)));
  });

  it('knows no other engine', () => {
    expect(() => openStorage({ databaseUrl: 'mysql://localhost', mode: 'tool' })).toThrow(TypeError);
  });
});

describe('a command beside a server', () => {
  it('R-57 is heard by the server within a second', async () => {
    const [server, tool] = [await open('server'), await open('tool')];
    const told: Change[] = [];
    server.changes.subscribe((change) => told.push(change));
    const account = await given(tool, 1);

    await tool.stores.accounts.setPassword(account.id, null, auditOf('account.set-password'));

    await expect.poll(() => told, { timeout: 1000, interval: 10 }).toEqual([{ topic: 'account', key: account.id }]);
  });

  it('hears of its own changes once, and the server of its own once', async () => {
    const [server, tool] = [await open('server'), await open('tool')];
    const told: Change[] = [];
    server.changes.subscribe((change) => told.push(change));

    await server.stores.endpoints.set('by.server', false, auditOf('endpoint.set'));
    await tool.stores.endpoints.set('by.tool', false, auditOf('endpoint.set'));

    await expect.poll(() => told.length, { timeout: 1000, interval: 10 }).toBe(2);
    expect(told.map(({ key }) => key)).toEqual(['by.server', 'by.tool']);
  });

  it('takes turns with it: neither loses a write', async () => {
    const [server, tool] = [await open('server'), await open('tool')];

    await Promise.all(
      Array.from({ length: 100 }, (_, number) =>
        given(number % 2 === 0 ? server : tool, number, { issuesAegisSpeedId: true }),
      ),
    );

    const { accounts } = await server.stores.accounts.list({ realm: 'main', limit: 200 });
    expect(accounts).toHaveLength(100);
    expect(new Set(accounts.map(({ number }) => number)).size).toBe(100);
  });
});

describe('one act among many in a commit', () => {
  it('fails alone', async () => {
    const storage = await open('tool');
    await given(storage, 1);
    const taken = { identifiers: [identifierOf('username', 'person1')] };

    const outcomes = await Promise.allSettled([given(storage, 2), given(storage, 3, taken), given(storage, 4)]);

    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await storage.stores.accounts.count(10)).toBe(3);
  });

  it('hears of a fault when the database will not be written', async () => {
    const storage = await open('server');
    await tamper((db) => db.schema.dropTable('credentials').execute());

    const outcomes = await Promise.allSettled([given(storage, 1), storage.stores.meta.set('still', 'written')]);

    expect(outcomes).toMatchObject([
      { status: 'rejected', reason: { message: 'no such table: credentials' } },
      { status: 'fulfilled' },
    ]);
    expect(await storage.stores.accounts.count(10)).toBe(0);
  });
});

describe('a database of another version', () => {
  it('is refused when it is two steps ahead', async () => {
    await (await open('tool')).close();
    await setVersion(SCHEMA_VERSION + 2);

    await expect(open('tool')).rejects.toThrow('newer than this program');
    await expect(open('server')).rejects.toThrow('newer than this program');
  });

  it('is shared when it is one step ahead, and left as it is', async () => {
    await (await open('tool')).close();
    await setVersion(SCHEMA_VERSION + 1);

    const storage = await open('server');

    await expect(storage.check()).resolves.toBeUndefined();
    expect(await storage.stores.meta.get('schema.version')).toBe(String(SCHEMA_VERSION + 1));
  });

  it('fails the check when it falls behind', async () => {
    const storage = await open('server');

    await setVersion(0);

    await expect(storage.check()).rejects.toThrow('not migrated');
  });
});

describe('backups', () => {
  it('are whole, private copies, made while others write', async () => {
    const storage = await open('server');
    const writing = Promise.all(
      Array.from({ length: 200 }, (_, number) => given(storage, number, { issuesAegisSpeedId: true })),
    );
    await given(storage, 1000, { issuesAegisSpeedId: true });

    await storage.backup(pathOf('copy.db'));
    await writing;

    const copy = await open('tool', pathOf('copy.db'));
    const { accounts } = await copy.stores.accounts.list({ realm: 'main', limit: 1000 });
    expect(statSync(pathOf('copy.db')).mode & 0o777).toBe(0o600);
    expect(await copy.integrity()).toEqual([]);
    expect(accounts.map(({ id }) => id)).toContain(idOf(1000));
    expect(accounts.filter(({ identifiers }) => identifiers.length !== 2)).toEqual([]);
  });

  it('never take the place of a file that is there', async () => {
    const storage = await open('tool');
    writeFileSync(pathOf('precious'), 'as it was');

    await expect(storage.backup(pathOf('precious'))).rejects.toThrow('exists already');
    expect(readFileSync(pathOf('precious'), 'utf8')).toBe('as it was');
  });
});

describe('a damaged database', () => {
  it('is told from a sound one', async () => {
    const sound = await open('tool');
    await Promise.all(Array.from({ length: 100 }, (_, number) => given(sound, number)));
    const before = await sound.integrity();
    await sound.close();

    const bytes = readFileSync(pathOf());
    bytes.fill(0xff, 4096 * 3, 4096 * 8);
    writeFileSync(pathOf(), bytes);
    const damaged = new SqliteConnection(pathOf(), 'read');
    const after = damaged.integrity();
    damaged.close();

    expect(before).toEqual([]);
    expect(after).not.toEqual([]);
  });

  it('is a fault to write to, not a silence', async () => {
    const storage = await open('tool');
    await given(storage, 1);
    await tamper((db) => db.schema.dropTable('changes').execute());

    const revoking = storage.stores.sessions.revokeAll(idOf(1), null, auditOf('session.revoke'));

    await expect(revoking).rejects.toThrow('no such table');
  });
});

describe('a database nobody may write', () => {
  it('cannot be opened for writing', async () => {
    await (await open('tool')).close();
    writeFileSync(
      pathOf('not-a-database'),
      'this is a letter, not a database; it is long enough to be looked at closely by anybody who opens it',
    );
    chmodSync(pathOf('not-a-database'), 0o600);

    await expect(open('server', pathOf('not-a-database'))).rejects.toThrow('file is not a database');
    await expect(open('tool', pathOf('not-a-database'))).rejects.toThrow('file is not a database');
  });
});
