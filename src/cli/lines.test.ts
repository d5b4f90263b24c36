// Reading a stream line by line, however it is cut into chunks.
import { describe, expect, it } from 'vitest';

import { batchesOf, type Line, linesOf } from './lines.ts';

async function* chunksOf(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function gathered<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

async function read(text: string | Buffer, { size = 7, mostBytes = 100 } = {}): Promise<readonly Line[]> {
  return gathered(linesOf(chunksOf(Buffer.from(text), size), mostBytes));
}

describe('reading lines', () => {
  it.each([1, 2, 3, 1000])('puts characters together that were cut apart, in chunks of %i bytes', async (size) => {
    const lines = await read('ada 管理员\r\n\n😀', { size });

    expect(lines).toEqual([
      { number: 1, text: 'ada 管理员' },
      { number: 2, text: '' },
      { number: 3, text: '😀' },
    ]);
  });

  it('reads no line after the last line feed', async () => {
    expect(await read('one\n')).toHaveLength(1);
    expect(await read('')).toEqual([]);
  });

  it('gives no text for a line that is too long, and goes on after it', async () => {
    const lines = await read(`${'x'.repeat(101)}\n${'y'.repeat(100)}\n`);

    expect(lines).toEqual([
      { number: 1, text: undefined },
      { number: 2, text: 'y'.repeat(100) },
    ]);
  });

  it('gives no text for a line that is not UTF-8', async () => {
    const lines = await read(Buffer.from([0xff, 0xfe, 0x0a, 0x61]));

    expect(lines).toEqual([
      { number: 1, text: undefined },
      { number: 2, text: 'a' },
    ]);
  });
});

describe('grouping', () => {
  it('keeps the order and hands over what is left', async () => {
    const batches = await gathered(batchesOf(linesOf(chunksOf(Buffer.from('a\nb\nc\n'), 2), 9), 2));

    expect(batches.map((batch) => batch.map(({ text }) => text))).toEqual([['a', 'b'], ['c']]);
  });
});
