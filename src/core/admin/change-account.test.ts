// What an operator changes about an account, and the trace each change leaves.
import { describe, expect, it } from 'vitest';

import { type Account, type IdentifierClaim, lookupKeys, Secret } from '#core';

import { aPassword } from '../../../tests/support/people.ts';
import { aDraft, anOperator, type Operator } from '../../../tests/support/operator.ts';
import {
  addIdentifier,
  changeRoles,
  changeStatus,
  removeAccount,
  removeIdentifier,
  revokeSessions,
  setPassword,
  unlockAccount,
} from './change-account.ts';
import { createAccount } from './create-account.ts';
import { holding } from '../../../tests/support/matchers.ts';

const NOBODY = { accountId: '0196a3c4-5b00-7000-8000-000000000001' };

async function anAccount(
  { deps }: Operator,
  identifiers: readonly IdentifierClaim[] = [{ kind: 'username', text: 'ada' }],
): Promise<Account> {
  return createAccount(deps)({ draft: aDraft({ identifiers }), credential: null });
}

async function lastAct({ deps }: Operator) {
  return (await deps.audit.list(0, 100)).at(-1);
}

async function hashOfAda({ deps }: Operator) {
  return (await deps.accounts.find('main', lookupKeys({ kind: 'username', text: 'ada' }, deps.vault)))?.passwordHash;
}

describe('setting a password', () => {
  it('replaces the hash and says so in the audit trail', async () => {
    const operator = await anOperator();
    const { id } = await anAccount(operator);

    await setPassword(operator.deps)({ accountId: id, password: new Secret(aPassword()) });

    expect(await hashOfAda(operator)).toMatch(/^\$argon2id\$/);
    expect(await lastAct(operator)).toMatchObject({ act: 'account.set-password', accountId: id, source: 'cli' });
  });

  it('takes the password away', async () => {
    const operator = await anOperator();
    const { id } = await anAccount(operator);
    await setPassword(operator.deps)({ accountId: id, password: new Secret(aPassword()) });

    await setPassword(operator.deps)({ accountId: id, password: null });

    expect(await hashOfAda(operator)).toBeNull();
  });

  it('no longer asks for a change that was due', async () => {
    const operator = await anOperator();
    const { id } = await anAccount(operator);
    await operator.deps.accounts.change(
      id,
      { isPasswordChangeDue: true },
      {
        at: 0,
        act: 'test',
        outcome: 'success',
        source: 'cli',
      },
    );

    const changed = await setPassword(operator.deps)({ accountId: id, password: new Secret(aPassword()) });

    expect(changed.isPasswordChangeDue).toBe(false);
  });
});

describe('changing status and roles', () => {
  it('disables and enables', async () => {
    const operator = await anOperator();
    const { id } = await anAccount(operator);

    const disabled = await changeStatus(operator.deps)({ accountId: id, status: 'disabled' });
    const act = await lastAct(operator);
    const enabled = await changeStatus(operator.deps)({ accountId: id, status: 'active' });

    expect([disabled.status, enabled.status]).toEqual(['disabled', 'active']);
    expect(act).toMatchObject({ act: 'account.disable', accountId: id });
  });

  it('grants each role once, takes roles away, and leaves no trace of nothing', async () => {
    const operator = await anOperator();
    const { id } = await anAccount(operator);

    const granted = await changeRoles(operator.deps)({ accountId: id, grant: ['a', 'b', 'a'] });
    const ungranted = await changeRoles(operator.deps)({ accountId: id, ungrant: ['a', 'c'] });
    await changeRoles(operator.deps)({ accountId: id, grant: ['b'] });

    expect([granted.roles, ungranted.roles]).toEqual([['a', 'b'], ['b']]);
    expect((await operator.deps.audit.list(0, 100)).map(({ act }) => act)).toEqual([
      'account.create',
      'account.grant',
      'account.ungrant',
    ]);
  });
});

describe('changing identifiers', () => {
  it('adds one of a new kind, and replaces one only when told to', async () => {
    const operator = await anOperator();
    const { id } = await anAccount(operator);
    const rename = { accountId: id, claim: { kind: 'username', text: 'augusta' } } as const;

    const added = await addIdentifier(operator.deps)({
      accountId: id,
      claim: { kind: 'email', text: 'ada@example.com' },
      mayReplace: false,
    });
    const refused = addIdentifier(operator.deps)({ ...rename, mayReplace: false });

    expect(added.identifiers.map(({ kind }) => kind).toSorted()).toEqual(['email', 'username']);
    await expect(refused).rejects.toMatchObject({ code: 'identifier.taken' });
    const replaced = await addIdentifier(operator.deps)({ ...rename, mayReplace: true });
    expect(replaced.identifiers.map(({ key }) => key).toSorted()).toEqual(['ada@example.com', 'augusta']);
  });

  it('removes one, and refuses to remove what is not there', async () => {
    const operator = await anOperator();
    const { id } = await anAccount(operator, [
      { kind: 'username', text: 'ada' },
      { kind: 'email', text: 'ada@example.com' },
    ]);

    const left = await removeIdentifier(operator.deps)({ accountId: id, kind: 'email' });

    expect(left.identifiers.map(({ kind }) => kind)).toEqual(['username']);
    await expect(removeIdentifier(operator.deps)({ accountId: id, kind: 'email' })).rejects.toMatchObject({
      code: 'identifier.unknown',
    });
  });

  it("refuses somebody else's", async () => {
    const operator = await anOperator();
    const { id } = await anAccount(operator);
    await anAccount(operator, [{ kind: 'email', text: 'bob@example.com' }]);

    const claim = { kind: 'email', text: 'BOB@example.com' } as const;

    await expect(addIdentifier(operator.deps)({ accountId: id, claim, mayReplace: true })).rejects.toMatchObject({
      code: 'identifier.taken',
    });
  });
});

describe('changing an account that is not there', () => {
  it('refuses', async () => {
    const { deps } = await anOperator();

    const attempts = [
      setPassword(deps)({ ...NOBODY, password: null }),
      changeStatus(deps)({ ...NOBODY, status: 'disabled' }),
      changeRoles(deps)({ ...NOBODY, grant: ['a'] }),
      addIdentifier(deps)({ ...NOBODY, claim: { kind: 'username', text: 'ada' }, mayReplace: false }),
      removeIdentifier(deps)({ ...NOBODY, kind: 'username' }),
      removeAccount(deps)(NOBODY),
    ];

    const outcomes = await Promise.allSettled(attempts);
    expect(outcomes).toEqual(
      outcomes.map(() => ({ status: 'rejected', reason: holding({ code: 'account.unknown' }) })),
    );
  });
});

describe('removing, unlocking, ending sessions', () => {
  it('removes the account, so that its identifiers are free', async () => {
    const operator = await anOperator();
    const { id } = await anAccount(operator);

    await removeAccount(operator.deps)({ accountId: id });

    expect(await operator.deps.accounts.count(1)).toBe(0);
    await expect(anAccount(operator)).resolves.toBeDefined();
  });

  it('leaves a trace of unlocking and of ending sessions', async () => {
    const operator = await anOperator();
    const { id } = await anAccount(operator);

    await unlockAccount(operator.deps)({ accountId: id });
    const ended = await revokeSessions(operator.deps)({ accountId: id });

    expect(ended).toBe(0);
    expect((await operator.deps.audit.list(0, 100)).map(({ act }) => act)).toEqual([
      'account.create',
      'account.unlock',
      'session.revoke-all',
    ]);
  });

  it('refuses to end a session that is not there', async () => {
    const operator = await anOperator();
    const { id } = await anAccount(operator);

    await expect(revokeSessions(operator.deps)({ accountId: id, sessionId: 'x' })).rejects.toMatchObject({
      code: 'session.unknown',
    });
  });
});
