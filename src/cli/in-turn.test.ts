// Taking turns: one works, the other is told, and a turn that nobody lives to give back is no obstacle.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { newFolder } from '../../tests/support/run-folder.ts';
import { inTurn } from './in-turn.ts';
import { Misuse } from './misuse.ts';

describe('taking turns at a file', () => {
  it('tells the second one while the first is at it, and lets it in afterwards', async () => {
    const file = join(newFolder('data'), 'keys.json');
    const second = async () => inTurn(file, async () => 'second');

    const refused = await inTurn(file, async () => second().catch((error: unknown) => error));

    expect(refused).toBeInstanceOf(Misuse);
    await expect(second()).resolves.toBe('second');
    expect(existsSync(`${file}.turn`)).toBe(false);
  });

  it('takes over from a process that is no more', async () => {
    const file = join(newFolder('data'), 'keys.json');
    writeFileSync(`${file}.turn`, '4194304999');

    await expect(inTurn(file, async () => 'done')).resolves.toBe('done');
  });

  it('gives the turn back when the work fails', async () => {
    const file = join(newFolder('data'), 'keys.json');

    await expect(inTurn(file, async () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');

    expect(existsSync(`${file}.turn`)).toBe(false);
  });
});
