// What the operator's flows work with in a test: a store in memory, real keys, real hashing, and a clock that is moved by hand.
import { onTestFinished } from 'vitest';

import { loadConfig } from '#config';
import type { AccountDraft, CreateAccountDeps, Digests, Stores, Timer } from '#core';
import { type House, openHouse } from '#main';

import { newFolder } from './run-folder.ts';
import { NotedRandomness, realTimer, TestClock } from './test-machine.ts';

/** Everything the operator's flows ask for, and the house it comes from. */
export interface Operator {
  readonly clock: TestClock;
  readonly deps: Stores & CreateAccountDeps & { readonly digests: Digests; readonly timer: Timer };
  readonly house: House;
}

/** Opens an empty house; it is closed when the test is over. */
export async function anOperator(): Promise<Operator> {
  const clock = new TestClock();
  const config = loadConfig({
    flags: { dataDir: newFolder('data'), databaseUrl: 'sqlite::memory:' },
    env: {},
    dialects: [],
  });
  const house = await openHouse(config, 'tool', { clock, timer: realTimer, randomness: new NotedRandomness() });
  onTestFinished(async () => house.close());
  const { stores, digests, randomness, vault, passwords, passwordPolicy, passwordHashes, timer } = house;
  return {
    clock,
    deps: { ...stores, clock, digests, randomness, vault, passwords, passwordPolicy, passwordHashes, timer },
    house,
  };
}

/** An account to be that differs from the plainest one in what is given. */
export function aDraft(given: Partial<AccountDraft> = {}): AccountDraft {
  return {
    realm: 'main',
    identifiers: [],
    issuesAegisSpeedId: false,
    status: 'active',
    roles: [],
    profile: {},
    attributes: {},
    ...given,
  };
}
