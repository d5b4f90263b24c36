// Lines of a log on their way out: a few at once, in order, and soon.
import { Writable } from 'node:stream';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { gathered } from './gathered.ts';

/** Remembers what was written at once. */
class Wire extends Writable {
  readonly writes: string[][] = [];

  constructor() {
    super({ decodeStrings: false });
  }

  override _write(chunk: string, _encoding: BufferEncoding, done: () => void): void {
    this.writes.push([chunk]);
    done();
  }

  override _writev(chunks: { chunk: string }[], done: () => void): void {
    this.writes.push(chunks.map(({ chunk }) => chunk));
    done();
  }
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('lets lines of one moment leave together, and with them what else was written among them', () => {
  const wire = new Wire();
  const log = gathered(wire);

  log.write('one\n');
  wire.write('a greeting\n');
  log.write('two\n');
  const before = [...wire.writes];
  vi.advanceTimersByTime(20);

  expect(before).toEqual([]);
  expect(wire.writes).toEqual([['one\n', 'a greeting\n', 'two\n']]);
});

it('gathers anew after each departure', () => {
  const wire = new Wire();
  const log = gathered(wire);

  for (const line of ['one\n', 'two\n']) {
    log.write(line);
    vi.advanceTimersByTime(20);
  }

  expect(wire.writes).toEqual([['one\n'], ['two\n']]);
});
