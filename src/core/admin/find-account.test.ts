// Finding the account an operator means.
import { describe, expect, it } from 'vitest';

import type { IdentifierClaim } from '#core';

import { aDraft, anOperator } from '../../../tests/support/operator.ts';
import { createAccount } from './create-account.ts';
import { findAccounts } from './find-account.ts';

const ADA: readonly IdentifierClaim[] = [
  { kind: 'username', text: 'Ada Lovelace' },
  { kind: 'mobile', text: '13800138000' },
  { kind: 'email', text: 'ada@example.com' },
  { kind: 'id_number', text: '11010519491231002X' },
  { kind: 'aegisspeed_id', text: 'ASD000042' },
];

describe('finding an account', () => {
  it.each([
    'ada  LOVELACE',
    '+86 138-0013-8000',
    'ADA@example.com',
    '11010519491231002x',
    'asd000042',
    'username:ada lovelace',
    'id-number:11010519491231002X',
  ])('finds it by %j', async (text) => {
    const { deps } = await anOperator();
    const account = await createAccount(deps)({ draft: aDraft({ identifiers: ADA }), credential: null });

    expect(await findAccounts(deps)({ realm: 'main', text })).toEqual([account]);
  });

  it('finds it by its id', async () => {
    const { deps } = await anOperator();
    const account = await createAccount(deps)({ draft: aDraft({ identifiers: ADA }), credential: null });

    expect(await findAccounts(deps)({ realm: 'main', text: account.id.toUpperCase() })).toEqual([account]);
  });

  it.each(['', 'nobody', 'mobile:ada lovelace', '0196a3c4-5b00-7000-8000-000000000001'])(
    'finds nobody by %j',
    async (text) => {
      const { deps } = await anOperator();
      await createAccount(deps)({ draft: aDraft({ identifiers: ADA }), credential: null });

      expect(await findAccounts(deps)({ realm: 'main', text })).toEqual([]);
    },
  );

  it('finds it in its own realm only', async () => {
    const { deps } = await anOperator();
    await createAccount(deps)({ draft: aDraft({ identifiers: ADA, realm: 'shop' }), credential: null });

    expect(await findAccounts(deps)({ realm: 'main', text: 'ada lovelace' })).toEqual([]);
  });
});
