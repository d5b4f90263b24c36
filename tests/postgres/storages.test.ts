// Two storages on one database, as two servers have them: what one does counts for the other.
import { openStorage, type Storage } from '#storage';
import { FreshDatabase } from '#tests/support/postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Change } from '#core';
import {
  auditOf,
  fiftyAtOnce,
  given,
  guesses,
  HOSTILE_TEXTS,
  LIMITS,
  reservationOf,
  signedIn,
  signInOf,
  tally,
} from '../../src/core/stores.contract.ts';
import { soon } from './soon.ts';

let database: FreshDatabase;
let one: Storage;
let other: Storage;
let number = 0;

const open = (mode: 'server' | 'tool' = 'server'): Promise<Storage> => openStorage({ databaseUrl: database.url, mode });
const account = () => given(one, (number += 1));

beforeAll(async () => {
  database = await FreshDatabase.make();
  [one, other] = await Promise.all([open(), open()]);
});
afterAll(async () => {
  await Promise.all([one.close(), other.close()]);
  await database.drop();
});

const ODD_TEXTS = [...HOSTILE_TEXTS, 'a\0b', '\ud800', '\udc00\ud800', '\ufeff', '\uffff', 'e\u0301', '\u{10ffff}', ''];

/** An address in a network of its own. */
const from = (racer: number) => ({ sourceBucket: `10.0.${racer}.1`, subnet: `10.0.${racer}.0/24` });

/** The changes a storage tells of. */
function toldBy({ changes }: Storage): Change[] {
  const told: Change[] = [];
  changes.subscribe((change) => told.push(change));
  return told;
}

const isNews = (told: readonly Change[], key: string) => () => told.some((change) => change.key === key);

describe('opening storages on an empty database at the same time', () => {
  it('migrates it once', async () => {
    const empty = await FreshDatabase.make();

    const opened = await Promise.all(
      Array.from({ length: 5 }, () => openStorage({ databaseUrl: empty.url, mode: 'server' })),
    );
    await Promise.all(opened.map((storage) => storage.check()));

    await Promise.all(opened.map((storage) => storage.close()));
    await empty.drop();
  });
});

describe('two storages on one database', () => {
  let one: Storage;
  let other: Storage;
  beforeAll(async () => {
    // Those of commands: they have time, however busy the machine.
    [one, other] = await Promise.all([open('tool'), open('tool')]);
  });
  afterAll(async () => {
    await Promise.all([one.close(), other.close()]);
  });

  it('R-29 grant five of fifty who come to both at once', async () => {
    const outcomes = await fiftyAtOnce((racer) =>
      guesses(racer % 2 === 0 ? one : other, 2, reservationOf(`race-${racer}`, 'somebody', from(racer))),
    );

    expect(outcomes.flat().filter((outcome) => outcome === 'granted')).toHaveLength(5);
  });

  it('R-29 R-35 grant twenty of fifty who come to both at once from one source, each at another name', async () => {
    const outcomes = await fiftyAtOnce(async (racer) => {
      const attempt = reservationOf(`names-${racer}`, `name-${racer}`, from(99));
      return (await (racer % 2 === 0 ? one : other).stores.attempts.reserve(attempt)).outcome;
    });

    expect(tally(outcomes)).toEqual({ granted: 20, 'in-flight': 30 });
  });

  it('R-38 see each other’s locks', async () => {
    const { id } = await account();
    await guesses(one, 5, reservationOf('locked', id, { sourceBucket: '198.51.100.1', subnet: '198.51.100.0/24' }));

    const seen = await other.stores.attempts.reserve(reservationOf('again', id));

    expect(seen.outcome).toBe('refused');
  });

  it('give everybody a number of their own, though fifty register at both at once', async () => {
    const accounts = await fiftyAtOnce((racer) => given(racer % 2 === 0 ? one : other, 1000 + racer));

    expect(new Set(accounts.map((each) => (typeof each === 'string' ? each : each.number))).size).toBe(50);
  });

  it('lose no change of an account that both make at once', async () => {
    const { id } = await account();
    const changing = (racer: number) =>
      (racer % 2 === 0 ? one : other).stores.accounts.putIdentifier(
        id,
        { kind: 'username', key: `name-${racer}`, shown: `name-${racer}`, verifiedAt: null },
        auditOf('identifier.put'),
      );

    const answers = await fiftyAtOnce(changing);

    const found = await other.stores.accounts.get(id);
    expect(answers.filter((answer) => typeof answer === 'string')).toEqual([]);
    expect(found?.identifiers).toHaveLength(1);
  });

  it('R-57 let no session rise from a sign-in that was under way when its account was signed out everywhere', async () => {
    const victim = await account();
    const limits = { ...LIMITS, account: { ...LIMITS.account, failures: 100 } };
    await fiftyAtOnce((racer) =>
      one.stores.attempts.reserve(reservationOf(`late-${racer}`, victim.id, { ...from(racer), limits })),
    );

    await fiftyAtOnce((racer) =>
      racer === 25
        ? other.stores.accounts.setPassword(victim.id, 'changed', auditOf('account.set-password'))
        : one.stores.attempts.succeed(signInOf(victim, `late-${racer}`)),
    );

    expect(await other.stores.sessions.list(victim.id, 100)).toEqual([]);
  });
});

describe('news from one storage to the other', () => {
  it('R-57 tells of a revoked session within a second', async () => {
    const victim = await account();
    await signedIn(one, signInOf(victim, 'revoked'));
    const told = toldBy(other);

    await one.stores.sessions.revoke('digest-revoked', auditOf('session.revoke'));
    const tookMs = await soon(isNews(told, 'digest-revoked'));

    expect(tookMs).toBeLessThan(1000);
    expect(told).toEqual([{ topic: 'session', key: 'digest-revoked' }]);
  });

  it('R-57 tells within a second even if nobody rings the bell', async () => {
    const told = toldBy(other);

    await database.ask("insert into changes (topic, key, at) values ('app', 'quiet', 0)");

    expect(await soon(isNews(told, 'quiet'))).toBeLessThan(1000);
  });

  it('tells of a change whose number was given out before that of one already told', async () => {
    const told = toldBy(other);
    const late = await database.connect();
    await late.query('begin');
    await late.query("insert into changes (topic, key, at) values ('app', 'late', 0)");
    await database.ask("insert into changes (topic, key, at) values ('app', 'early', 0)");
    await soon(isNews(told, 'early'));

    await late.query('commit');
    await soon(isNews(told, 'late'));
    await late.end();

    expect(told.map(({ key }) => key)).toEqual(['early', 'late']);
  });
});

describe('a PostgreSQL that ends its connections', () => {
  it('R-99 is asked again, so that nobody notices', async () => {
    const { id } = await account();
    const one = await open('tool');
    await fiftyAtOnce(() => one.stores.accounts.get(id));
    await database.ask(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );

    const answers = await fiftyAtOnce(async (racer) =>
      racer % 2 === 0
        ? one.stores.accounts.get(id)
        : one.stores.attempts.reserve(reservationOf(`${racer}`, `nobody-${racer}`, { sourceBucket: `${racer}` })),
    );

    expect(answers.filter((answer) => answer === undefined)).toEqual([]);
    await one.close();
  });
});

describe('a table that is gone', () => {
  it('is a fault that says so, and nothing of what was to be kept', async () => {
    const { id } = await account();
    await database.ask('alter table credentials rename to hidden');

    const fault = await one.stores.accounts.setPassword(id, 'a-hash', auditOf('account.set-password')).catch(String);
    await database.ask('alter table hidden rename to credentials');

    expect(fault).toBe('DatabaseFault: the database could not do it: relation "credentials" does not exist');
  });
});

describe('a table that a newer program has added a column to', () => {
  it('goes on being read', async () => {
    const { id } = await account();
    const reading = () => fiftyAtOnce(async () => (await one.stores.accounts.get(id))?.id);
    await reading();

    await database.ask('alter table accounts add column news text');

    expect(tally(await reading())).toEqual({ [id]: 50 });
  });
});

describe('texts that other engines might take otherwise', () => {
  it('R-82 are kept or refused as on SQLite', async () => {
    const sqlite = await openStorage({ databaseUrl: 'sqlite::memory:', mode: 'tool' });
    const postgres = await open('tool');
    const kept = async ({ stores }: Storage, text: string) => {
      try {
        await stores.meta.set(`odd ${text}`, text);
        return await stores.meta.get(`odd ${text}`);
      } catch (fault) {
        return String(fault);
      }
    };

    const [here, there] = await Promise.all(
      [sqlite, postgres].map((storage) => Promise.all(ODD_TEXTS.map((text) => kept(storage, text)))),
    );

    expect(there).toEqual(here);
    await Promise.all([sqlite.close(), postgres.close()]);
  });

  it('are put in the same order', async () => {
    const sqlite = await openStorage({ databaseUrl: 'sqlite::memory:', mode: 'tool' });
    const names = ['b.a', 'B.a', 'a-b', 'a_b', 'ab', 'ä.b', 'a.b'];
    const closed = async ({ stores }: Storage) => {
      await Promise.all(names.map((name) => stores.endpoints.set(name, false, auditOf('endpoint.set'))));
      return stores.endpoints.closed();
    };

    expect(await closed(one)).toEqual(await closed(sqlite));
    await sqlite.close();
  });
});
