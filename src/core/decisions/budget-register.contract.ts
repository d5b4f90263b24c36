// What every budget register promises.
import { describe, expect, it } from 'vitest';
import {
  type OpenEmpty,
  START,
  freshStores,
  given,
  guesses,
  reservationOf,
  signedIn,
  signInOf,
} from '../stores.contract.ts';

/** Run it on every engine. */
export function describeBudgetRegister(open: OpenEmpty): void {
  describe('looking at budgets', () => {
    looking(open);
  });
}

function looking(open: OpenEmpty): void {
  const opened = freshStores(open);

  it('shows what strangers and known sources have used up of an account', async () => {
    const account = await given(opened(), 1);
    await signedIn(opened(), signInOf(account, 'first'));
    const stranger = { sourceBucket: '198.51.100.7', subnet: '198.51.100.0/24' };
    await guesses(opened(), 2, reservationOf('known', account.id));
    await guesses(opened(), 5, reservationOf('strange', account.id, stranger));

    const { budgets } = opened().stores;
    const standing = await budgets.ofAccount(account.id, START - 1);

    expect(standing.knownSources).toBe(1);
    expect(standing.budgets.map(({ kind, source, state }) => [kind, source, state.failures])).toEqual([
      ['account', '', 5],
      ['known', '192.0.2.1', 2],
    ]);
    expect(await budgets.get({ kind: 'account', key: account.id })).toEqual(standing.budgets[0]?.state);
    expect(await budgets.get({ kind: 'known', key: `${account.id}|192.0.2.1` })).toEqual(standing.budgets[1]?.state);
    expect(await budgets.get({ kind: 'source', key: '198.51.100.7' })).toMatchObject({ failures: 5 });
  });

  it('has nothing to show of an account nobody has tried', async () => {
    const account = await given(opened(), 1);

    const { budgets } = opened().stores;

    expect(await budgets.ofAccount(account.id, START)).toEqual({ budgets: [], knownSources: 0 });
    expect(await budgets.get({ kind: 'account', key: account.id })).toBeUndefined();
  });
}
