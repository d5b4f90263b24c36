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

/** What holds whatever the engine; of these one looks into SQLite's own files. */
const onEitherEngine = ['tests/laws/**/*.test.ts', 'tests/journeys/**/*.test.ts', 'tests/api/**/*.test.ts'];
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
      { test: { ...patient, name: 'slow', include: slow, exclude, sequence: { groupOrder: 1 } } },
      {
        test: {
          ...patient,
          name: 'postgres',
          env: { UNDERSTUDY_TEST_ENGINE: 'postgres' },
          include: missing.some(({ folder }) => folder === 'tests/postgres') ? [] : onEitherEngine,
          exclude: [...exclude, 'tests/api/leaving.test.ts'],
          sequence: { groupOrder: 1 },
        },
      },
      { test: { ...patient, name: 'canary', include: canary, exclude, sequence: { groupOrder: 2 } } },
    ],
  },
});
