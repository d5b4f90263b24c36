// SIGKILL at the worst of moments, again and again: what was acknowledged is there afterwards, and nothing is there by half.
import { beforeEach, describe, expect, it } from 'vitest';

import { Changes } from './changes.ts';
import { Ledger, NO_LOSS } from './registrations.ts';
import { Land, times } from './world.ts';

const ROUNDS = 20;
const LONG = { timeout: 480_000 };

let land: Land;
beforeEach(async () => {
  land = await Land.discover();
});

describe('killing the server and its operator in a storm of registrations and sign-ins', () => {
  it('R-96 loses no acknowledged account and no acknowledged token, and leaves nothing half made', LONG, async () => {
    const ledger = new Ledger();
    let world = await land.raise();
    await ledger.begin(world);

    const losses = await times(ROUNDS, async () => {
      await ledger.storm(world);
      world = await land.raise();
      return ledger.audit(world);
    });

    expect(losses).toEqual(Array.from({ length: ROUNDS }, () => NO_LOSS));
    expect(ledger.oddAnswers).toEqual([]);
    expect(ledger.accounts.length).toBeGreaterThan(500);
    expect(ledger.tokens.length).toBeGreaterThanOrEqual(ROUNDS);
  });
});

describe('killing the server and its operator amid changes of passwords, sessions and locks', () => {
  it(
    'R-97 R-38 holds every acknowledged change: no session rises, no old password works, no failure is forgotten',
    LONG,
    async () => {
      const changes = new Changes();
      let world = await land.raise();

      const broken = await times(ROUNDS, async () => {
        await changes.prepare(world);
        await changes.storm(world);
        world = await land.raise();
        return changes.check(world);
      });

      expect(broken).toEqual(Array.from({ length: ROUNDS }, () => []));
      expect(changes.acknowledged.passwords).toBeGreaterThanOrEqual(ROUNDS);
      expect(changes.acknowledged.revocations).toBeGreaterThanOrEqual(ROUNDS);
      expect(changes.acknowledged.failures).toBeGreaterThanOrEqual(ROUNDS);
    },
  );
});
