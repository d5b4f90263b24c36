// The demo: once, on an empty store, and gone without a trace when it is removed.
import { describe, expect, it } from 'vitest';

import { isIdNumber } from '#core';

import { aDraft, anOperator } from '../../../tests/support/operator.ts';
import { createAccount } from './create-account.ts';
import { createDemo, isDemoPresent, removeDemo } from './create-demo.ts';
import { matching } from '../../../tests/support/matchers.ts';

const MAIN = { realm: 'main' };

describe('making the demo', () => {
  it('makes one account with every kind of identifier, and one app', async () => {
    const { clock, deps } = await anOperator();

    const outcome = await createDemo(deps)(MAIN);

    const [account] = (await deps.accounts.list({ realm: 'main', limit: 10 })).accounts;
    expect(outcome).toMatchObject({ outcome: 'created', demo: { aegisSpeedId: 'ASD000001', appId: 'demo' } });
    expect(account?.identifiers.map(({ kind }) => kind).toSorted()).toEqual([
      'aegisspeed_id',
      'email',
      'id_number',
      'mobile',
      'username',
    ]);
    expect(account?.roles).toEqual(['管理员']);
    expect(outcome.outcome === 'created' && isIdNumber(outcome.demo.idNumber, new Date(clock.now()))).toBe(true);
    expect(await deps.apps.list()).toHaveLength(1);
  });

  it('R-69 draws secrets that a shell leaves alone and nobody guesses', async () => {
    const { deps } = await anOperator();

    const outcome = await createDemo(deps)(MAIN);

    const secrets =
      outcome.outcome === 'created' ? [outcome.demo.password.reveal(), outcome.demo.signature.reveal()] : [];
    expect(secrets).toEqual([matching(/^[A-Za-z0-9]{20,}$/), matching(/^[0-9a-f]{32}$/)]);
  });

  it('R-69 makes one of twenty that are asked for at once', async () => {
    const { deps } = await anOperator();

    const outcomes = await Promise.all(Array.from({ length: 20 }, async () => createDemo(deps)(MAIN)));

    expect(outcomes.filter(({ outcome }) => outcome === 'created')).toHaveLength(1);
    expect(await deps.accounts.count(10)).toBe(1);
    expect(await deps.apps.list()).toHaveLength(1);
  });

  it('does not make it beside real accounts', async () => {
    const { deps } = await anOperator();
    await createAccount(deps)({
      draft: aDraft({ identifiers: [{ kind: 'username', text: 'ada' }] }),
      credential: null,
    });

    expect(await createDemo(deps)(MAIN)).toEqual({ outcome: 'store-in-use' });
    expect(await deps.apps.list()).toEqual([]);
  });

  it('says that it is there from an earlier start', async () => {
    const { deps } = await anOperator();
    await createDemo(deps)(MAIN);

    expect(await createDemo(deps)(MAIN)).toEqual({ outcome: 'present' });
  });
});

describe('removing the demo', () => {
  it('removes account and app, and nothing else', async () => {
    const { deps } = await anOperator();
    await createDemo(deps)(MAIN);
    const real = await createAccount(deps)({
      draft: aDraft({ identifiers: [{ kind: 'username', text: 'ada' }] }),
      credential: null,
    });

    const isRemoved = await removeDemo(deps)();

    expect(isRemoved).toBe(true);
    expect((await deps.accounts.list({ realm: 'main', limit: 10 })).accounts).toEqual([real]);
    expect(await deps.apps.list()).toEqual([]);
    expect(await isDemoPresent(deps)).toBe(false);
  });

  it('lets it be made again', async () => {
    const { deps } = await anOperator();
    await createDemo(deps)(MAIN);
    await removeDemo(deps)();

    expect(await createDemo(deps)(MAIN)).toMatchObject({ outcome: 'created' });
  });

  it('says when there is none', async () => {
    const { deps } = await anOperator();

    expect(await removeDemo(deps)()).toBe(false);
  });
});
