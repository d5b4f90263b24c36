// Writes in groups: what they wait for, what they survive, and when they are told.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditOf } from '../../core/stores.contract.ts';
import type { ActCall, ActKind } from '../sql/acts.ts';
import { SqliteConnection } from './connection.ts';
import { GroupCommit, type Manners } from './group-commit.ts';
import { migrateAlone } from './prepare-database.ts';

let folder = '';
let connections: SqliteConnection[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'understudy-groups-'));
  await migrateAlone(connect('write'));
});
afterEach(() => {
  for (const connection of connections) connection.close();
  connections = [];
  rmSync(folder, { recursive: true });
});

function connect(access: 'read' | 'write'): SqliteConnection {
  const connection = new SqliteConnection(join(folder, 'store.db'), access);
  connections.push(connection);
  return connection;
}

const setting = (name: string, value = 'x'): ActCall => ({ store: 'meta', method: 'set', input: [name, value] });

/** Writes one entry, and then fails at the next. */
const impossible: ActCall = {
  store: 'audit',
  method: 'append',
  input: [[auditOf('half'), { ...auditOf('whole'), act: {} }]],
};

/** A writer on a connection of its own. */
function aGroup(manners?: Manners): GroupCommit {
  return new GroupCommit(connect('write'), manners);
}

/** What another process would find. */
const found = async (): Promise<string[]> => {
  const { db } = connect('read');
  const facts = await db.selectFrom('meta').select('name').where('name', 'not like', 'schema.%').execute();
  const entries = await db.selectFrom('audit_events').select('act as name').execute();
  return [...facts, ...entries].map(({ name }) => name).toSorted();
};

describe('writes that come together', () => {
  it('are told of success when others can see them, and not before', async () => {
    const group = aGroup();
    const seen = ['a', 'b'].map(async (name) => {
      await group.perform(setting(name), 'durable');
      return found();
    });

    expect(await Promise.all(seen)).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
  });

  it('lose the one that fails, and nothing else', async () => {
    const group = aGroup();
    const acts = [setting('a'), impossible, setting('b')];

    const outcomes = await Promise.allSettled(acts.map((act) => group.perform(act, 'durable')));

    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await found()).toEqual(['a', 'b']);
  });

  it('are told of success only if they are kept, when the disk has no room for one of them', async () => {
    const connection = connect('write');
    const group = new GroupCommit(connection);
    connection.prepare('pragma max_page_count = 1').get();
    const acts = [setting('a'), setting('large', 'x'.repeat(100_000)), setting('b')];

    const outcomes = await Promise.allSettled(acts.map((act) => group.perform(act, 'durable')));

    const told = ['a', 'large', 'b'].filter((_, index) => outcomes[index]?.status === 'fulfilled');
    expect(outcomes[1]).toMatchObject({ status: 'rejected' });
    expect(await found()).toEqual(told);
  });

  it('are followed by others after a fault', async () => {
    const group = aGroup();
    await expect(group.perform(impossible, 'durable')).rejects.toThrow(TypeError);

    await group.perform(setting('a'), 'durable');

    expect(await found()).toEqual(['a']);
  });
});

describe('how long a commit waits for the disk', () => {
  const [normal, full] = [1, 2];
  /** How the connection stood to the disk when the acts had been committed. */
  const committing = async (...kinds: ActKind[]): Promise<unknown> => {
    const connection = connect('write');
    const group = new GroupCommit(connection);
    await Promise.all(kinds.map((kind, index) => group.perform(setting(`${index}`), kind)));
    return connection.prepare('pragma synchronous').get()?.['synchronous'];
  };

  it('R-96 is until it has the writes, if one of them is durable', async () => {
    expect(await committing('durable')).toBe(full);
    expect(await committing('relaxed', 'durable', 'relaxed')).toBe(full);
  });

  it('is not at all for writes that need only survive the process', async () => {
    expect(await committing('relaxed', 'relaxed')).toBe(normal);
  });
});

describe('writing while another process writes', () => {
  it('waits for its turn and takes it', async () => {
    const other = connect('write');
    const order: string[] = [];
    other.begin();

    const writing = aGroup()
      .perform(setting('a'), 'durable')
      .then(() => order.push('written'));
    await expect.poll(() => found()).toEqual([]);
    order.push('let go');
    other.commit();
    await writing;

    expect(order).toEqual(['let go', 'written']);
  });

  it('gets in between the writes of one that leaves room', async () => {
    const [busy, other] = [aGroup({ acts: 16, gapMs: 3 }), aGroup()];
    const order: string[] = [];

    const sets = Array.from({ length: 4000 }, (_, index) => busy.perform(setting(`s${index}`), 'relaxed'));
    const storm = Promise.all(sets).then(() => order.push('storm'));
    const one = other.perform(setting('one'), 'relaxed').then(() => order.push('one'));
    await Promise.all([storm, one]);

    expect(order).toEqual(['one', 'storm']);
  });
});
