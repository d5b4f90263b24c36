// The long forms: not part of the suite, for they take minutes, and print figures. `ENDURANCE_SECONDS` says how long each goes on.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'endurance',
    environment: 'node',
    pool: 'forks',
    include: ['tests/endurance/*.endurance.ts'],
    globalSetup: ['tests/support/global-setup.ts'],
    testTimeout: 3_600_000,
    fileParallelism: false,
    reporters: ['verbose'],
  },
});
