// The writing thread, and what becomes of its callers when it dies.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ActCall } from '../sql/acts.ts';
import { prepareForServer } from './prepare-database.ts';
import { WriterThread } from './writer.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'understudy-writer-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function aWriter(): Promise<WriterThread> {
  await prepareForServer(join(folder, 'store.db'));
  const writer = new WriterThread(join(folder, 'store.db'));
  await writer.start();
  return writer;
}

const setting = (value: string): ActCall => ({ store: 'meta', method: 'set', input: ['fact', value] });
const reading: ActCall = { store: 'meta', method: 'get', input: ['fact'] };

describe('a writing thread that cannot work', () => {
  it('says so when it is started', async () => {
    const writer = new WriterThread(join(folder, 'missing', 'store.db'));

    await expect(writer.start()).rejects.toThrow('no such file or directory');
  });

  it('fails every write that waits, and is started anew by the next', async () => {
    const writer = new WriterThread(join(folder, 'missing', 'store.db'));
    const lost = await Promise.allSettled([
      writer.perform(setting('a'), 'durable'),
      writer.perform(setting('b'), 'durable'),
    ]);

    mkdirSync(join(folder, 'missing'));
    await prepareForServer(join(folder, 'missing', 'store.db'));
    await writer.perform(setting('c'), 'durable');

    expect(lost.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await writer.perform(reading, 'read')).toEqual({ result: 'c', changes: [] });
    await writer.close();
  });
});

describe('asking the writing thread for something that cannot cross', () => {
  it('is a fault for whoever asked, and for nobody else', async () => {
    const writer = await aWriter();
    const uncloneable: ActCall = { store: 'meta', method: 'set', input: ['fact', () => 'a function'] };

    const outcomes = await Promise.allSettled([
      writer.perform(uncloneable, 'durable'),
      writer.perform(setting('beside'), 'durable'),
    ]);

    expect(outcomes).toMatchObject([
      { status: 'rejected', reason: { name: 'DataCloneError' } },
      { status: 'fulfilled' },
    ]);
    expect(await writer.perform(reading, 'read')).toMatchObject({ result: 'beside' });
    await writer.close();
  });
});

describe('closing the writing thread', () => {
  it('lets what was sent before finish', async () => {
    const writer = await aWriter();

    const writing = Promise.all(
      Array.from({ length: 100 }, (_, index) => writer.perform(setting(`${index}`), 'durable')),
    );
    await writer.close();

    const next = new WriterThread(join(folder, 'store.db'));
    expect(await writing).toHaveLength(100);
    expect(await next.perform(reading, 'read')).toMatchObject({ result: '99' });
    await next.close();
  });

  it('is final', async () => {
    const writer = await aWriter();
    await writer.close();

    await expect(writer.perform(setting('late'), 'durable')).rejects.toThrow('closed');
  });
});
