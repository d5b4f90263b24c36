// What a row of failures leads to, and what ends it: on a real store, with real hashes.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aPassword, aUsername } from '#tests/support/people';
import { asking, callFrom, openTestRulebook, type OpenRulebook, outcomeOf } from '#tests/support/rulebook';

describe('failures in a row', () => {
  let patient: OpenRulebook;
  beforeAll(async () => {
    patient = await openTestRulebook({
      'budgets.account.failures': 10,
      'budgets.account.failuresInARow': 5,
      'budgets.names.failures': 100_000,
      'budgets.source.failures': 100_000,
      'budgets.subnet.failures': 100_000,
    });
  });
  afterAll(() => patient.house.close());

  /** Signs in once from each of the addresses, one after the other. */
  async function from(addresses: readonly number[], ...ask: Parameters<typeof asking>): Promise<string[]> {
    const outcomes: string[] = [];
    for (const address of addresses)
      outcomes.push(await outcomeOf(patient.flows.signInWithPassword(asking(...ask), callFrom(address))));
    return outcomes;
  }

  it('R-31 shut strangers out at the limit', async () => {
    const [username, password] = [aUsername(), aPassword()];
    await patient.addAccount({ username, password });

    await from([1, 2, 3, 4, 5], username, 'not the password');

    expect(await from([6], username, password)).toEqual(['throttle.account']);
  });

  it('end when a stranger turns out to be the owner', async () => {
    const [username, password] = [aUsername(), aPassword()];
    await patient.addAccount({ username, password });

    await from([1, 2, 3], username, 'not the password');
    await from([4], username, password);
    await from([5, 6, 7], username, 'not the password');

    expect(await from([8], username, password)).toEqual(['signed in']);
  });
});
