// Moving accounts in: each once, however often it is tried.
import { describe, expect, it } from 'vitest';

import { Secret } from '#core';

import { aMobile, aPassword, aUsername } from '../../../tests/support/people.ts';
import { aDraft, anOperator } from '../../../tests/support/operator.ts';
import { importAccount } from './import-account.ts';

/** Of the password "correct horse", made elsewhere with the least cost allowed. */
const HASH = '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$5WNvcqXHqVcpHgIBVkD6kUJm4lFBPFXNkLqwZ8UQLWI';

describe('importing an account', () => {
  it('creates it with the hash it brings, whatever the password was like', async () => {
    const { deps } = await anOperator();
    const draft = aDraft({
      identifiers: [{ kind: 'username', text: aUsername() }],
      number: 4711,
      createdAt: Date.UTC(2019, 0, 1),
    });

    const outcome = await importAccount(deps)({ draft, credential: { passwordHash: HASH } });

    const [account] = (await deps.accounts.list({ realm: 'main', limit: 1 })).accounts;
    expect(outcome).toBe('created');
    expect(account).toMatchObject({ number: 4711, createdAt: Date.UTC(2019, 0, 1) });
  });

  it('passes over one that is there with all its identifiers', async () => {
    const { deps } = await anOperator();
    const draft = aDraft({
      identifiers: [
        { kind: 'username', text: aUsername() },
        { kind: 'mobile', text: aMobile() },
      ],
    });
    const password = aPassword();
    await importAccount(deps)({ draft, credential: { password: new Secret(password) } });

    const again = [
      await importAccount(deps)({ draft, credential: { password: new Secret(password) } }),
      await importAccount(deps)({ draft, credential: { passwordHash: HASH } }),
    ];

    expect(again).toEqual(['present', 'present']);
    expect(await deps.accounts.count(10)).toBe(1);
  });

  it('refuses one whose identifiers are those of two accounts', async () => {
    const { deps } = await anOperator();
    const [username, mobile] = [
      { kind: 'username', text: aUsername() },
      { kind: 'mobile', text: aMobile() },
    ] as const;
    await importAccount(deps)({ draft: aDraft({ identifiers: [username] }), credential: null });
    await importAccount(deps)({ draft: aDraft({ identifiers: [mobile] }), credential: null });

    const both = importAccount(deps)({ draft: aDraft({ identifiers: [username, mobile] }), credential: null });

    await expect(both).rejects.toMatchObject({ code: 'identifier.taken' });
  });

  it('refuses a password in clear that nobody could set', async () => {
    const { deps } = await anOperator();
    const draft = aDraft({ identifiers: [{ kind: 'username', text: aUsername() }] });

    await expect(importAccount(deps)({ draft, credential: { password: new Secret('short') } })).rejects.toMatchObject({
      code: 'password.too-short',
    });
  });
});
