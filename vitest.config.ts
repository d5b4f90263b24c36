// The test projects: what runs beside its subject, what runs against a real server, and what must run last.
import { configDefaults, defineConfig } from 'vitest/config';

import { LeftOut } from './tests/support/left-out.ts';
import { leftOut } from './tests/support/requirements.ts';

const missing = await leftOut();

/** Settings every project shares: real servers start inside tests, so one test may take a while, but never for ever. */
const patient = {
  environment: 'node',
  pool: 'forks',
  testTimeout: 60_000,
  hookTimeout: 60_000,
  restoreMocks: true,
  unstubEnvs: true,
} as const;

/** What holds whatever the engine. */
const onEitherEngine = ['tests/laws/**/*.test.ts', 'tests/journeys/**/*.test.ts', 'tests/api/**/*.test.ts'];
/** Of these one looks into SQLite's own files, and two start servers as their operator would, with nothing configured. */
const onSqliteAlone = ['tests/api/leaving', 'tests/journeys/demo', 'tests/journeys/one-account'].map(
  (name) => `${name}.test.ts`,
);
/** Servers that have to answer in time while much else happens: nothing runs beside them. */
const alone = ['instances/**/*.test.ts', 'outage.test.ts', 'faults.test.ts', 'servers.test.ts'].map(
  (name) => `tests/postgres/${name}`,
);
const slow = ['tests/chaos/**/*.test.ts', 'tests/package/**/*.test.ts', 'tests/postgres/**/*.test.ts'];
const canary = ['tests/canary/**/*.test.ts'];
const unavailable = missing.map(({ folder }) => `${folder}/**`);
const exclude = [...configDefaults.exclude, ...unavailable];

export default defineConfig({
  test: {
    maxWorkers: 2,
    globalSetup: ['tests/support/global-setup.ts'],
    reporters: ['default', new LeftOut(missing)],
    projects: [
      {
        test: {
          ...patient,
          name: 'unit',
          include: ['src/**/*.test.ts', 'tools/**/*.test.ts'],
          exclude,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...patient,
          name: 'suite',
          include: ['tests/**/*.test.ts'],
          exclude: [...exclude, ...slow, ...canary],
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: { ...patient, name: 'slow', include: slow, exclude: [...exclude, ...alone], sequence: { groupOrder: 1 } },
      },
      { test: { ...patient, name: 'alone', include: alone, exclude, maxWorkers: 1, sequence: { groupOrder: 2 } } },
      {
        test: {
          ...patient,
          name: 'postgres',
          env: { UNDERSTUDY_TEST_ENGINE: 'postgres' },
          include: missing.some(({ folder }) => folder === 'tests/postgres') ? [] : onEitherEngine,
          exclude: [...exclude, ...onSqliteAlone],
          sequence: { groupOrder: 1 },
        },
      },
      { test: { ...patient, name: 'canary', include: canary, exclude, sequence: { groupOrder: 3 } } },
    ],
  },
});
