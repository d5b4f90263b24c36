// What some tests need of the machine they run on. On a build machine (CI=true) a missing one is a failure; elsewhere the tests
// that need it are left out, and the run says so.
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { describe, it } from 'vitest';

import { findPostgres } from './postgres.ts';

/** Something a machine may lack, and the folder of the tests that cannot do without. */
export interface Requirement {
  readonly name: string;
  readonly folder: string;
  readonly isMet: () => Promise<boolean>;
}

const CHROMIUM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const REQUIREMENTS: readonly Requirement[] = [
  { name: 'Chromium', folder: 'tests/browser', isMet: async () => findChromium() !== undefined },
  { name: 'PostgreSQL', folder: 'tests/postgres', isMet: async () => (await findPostgres()) !== undefined },
  { name: 'nginx', folder: 'tests/postgres/instances', isMet: async () => findProgram('nginx') !== undefined },
  { name: 'nginx', folder: 'tests/deploy/nginx', isMet: async () => findProgram('nginx') !== undefined },
  { name: 'Caddy', folder: 'tests/deploy/caddy', isMet: async () => findProgram('caddy') !== undefined },
  { name: 'systemd', folder: 'tests/deploy/systemd', isMet: async () => findProgram('systemd-analyze') !== undefined },
  { name: 'Python 3', folder: 'tests/docs/python', isMet: async () => findProgram('python3') !== undefined },
  { name: 'Go', folder: 'tests/docs/go', isMet: async () => findProgram('go') !== undefined },
];

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The path of the first program on the PATH that has one of these names. */
export function findProgram(...names: readonly string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isProgram);
}

/** The path of a Chromium on this machine: $CHROMIUM_PATH, or the first one on the PATH. */
export function findChromium(): string | undefined {
  const chosen = process.env['CHROMIUM_PATH'];
  return chosen && isProgram(chosen) ? chosen : findProgram(...CHROMIUM_NAMES);
}

/** What this machine lacks, may lack, and some test needs. A build machine may lack nothing. */
export async function leftOut(): Promise<readonly Requirement[]> {
  if (process.env['CI'] === 'true') return [];
  const needed = REQUIREMENTS.filter(({ folder }) => existsSync(folder));
  const met = await Promise.all(needed.map(({ isMet }) => isMet()));
  return needed.filter((_, index) => met[index] !== true);
}

/** Describes a situation in a real browser. The file belongs in tests/browser; without a Chromium its tests fail. */
export function describeWithChromium(situation: string, tests: (chromium: string) => void): void {
  const chromium = findChromium();
  describe(situation, () => {
    if (chromium) return tests(chromium);
    it('needs a Chromium on this machine', () => {
      throw new Error('No Chromium was found on the PATH; install one or name it in CHROMIUM_PATH.');
    });
  });
}
