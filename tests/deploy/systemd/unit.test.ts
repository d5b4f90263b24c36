// The systemd unit, as systemd itself reads it.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { newFolder } from '#tests/support/run-folder';
import { beforeEach, describe, expect, it } from 'vitest';

import { configOf, secondsToStop } from '../settings.ts';

const SAMPLE = readFileSync('deploy/systemd/understudy.service', 'utf8');
/** systemd's own scale goes from 0, nothing is exposed, to 10. */
const MOST_EXPOSED = 2;

let unit: string;
beforeEach(() => {
  unit = join(newFolder('data'), 'understudy.service');
  // The program it starts has to be there.
  writeFileSync(unit, SAMPLE.replaceAll('/opt/understudy', process.cwd()));
});

const analyze = (...words: readonly string[]): { code: number | null; said: string } => {
  const { status, stdout, stderr } = spawnSync('systemd-analyze', words, { encoding: 'utf8' });
  return { code: status, said: stdout + stderr };
};

describe('the systemd unit', () => {
  it('is understood without a word of complaint', () => {
    expect(analyze('verify', '--man=no', unit)).toEqual({ code: 0, said: '' });
  });

  it('exposes little', () => {
    const { code, said } = analyze('security', '--offline=true', `--threshold=${MOST_EXPOSED * 10}`, unit);

    expect([code, said]).toEqual([0, expect.stringContaining('Overall exposure level')]);
  });

  it('gives a server time to stop', () => {
    const seconds = Number(/^TimeoutStopSec=(\d+)$/m.exec(SAMPLE)?.[1]);

    expect(seconds).toBeGreaterThan(secondsToStop(configOf({})));
  });
});
