// What every store of registration keys promises.
import { describe, expect, it } from 'vitest';
import {
  accountOf,
  auditOf,
  DAY,
  fiftyAtOnce,
  freshStores,
  identifierOf,
  idOf,
  type OpenEmpty,
  SECOND,
  START,
  tally,
} from '../stores.contract.ts';
import { Refusal } from '../kernel/refusal.ts';

/** Run it on every engine. */
export function describeRegistrationKeys(open: OpenEmpty): void {
  describe('registering under a key', () => {
    registering(open);
  });
}

const ONCE = { key: 'key', request: 'request', endsAt: START + DAY };

function registering(open: OpenEmpty): void {
  const opened = freshStores(open);
  const register = (number: number, once = ONCE, createdAt = START) =>
    opened().stores.accounts.create(accountOf(number, { once, createdAt }), auditOf('account.register', createdAt));
  const find = (now = START, realm = 'main') => opened().stores.registrations.find(realm, 'key', now);

  it('remembers the account and what was asked, in its realm and until its time', async () => {
    await register(1);

    const found = [await find(), await find(START + DAY - 1), await find(START + DAY), await find(START, 'other')];

    const kept = { request: 'request', accountId: idOf(1) };
    expect(found).toEqual([kept, kept, undefined, undefined]);
  });

  it('makes one account of fifty that come under one key, and keeps nothing of the others', async () => {
    const outcomes = await fiftyAtOnce((racer) => register(racer + 1));

    expect(tally(outcomes)).toEqual({ something: 1, 'idempotency.mismatch': 49 });
    expect(await opened().stores.accounts.count(100)).toBe(1);
  });

  it('gives a key that has had its time to the next', async () => {
    await register(1);

    await register(2, { ...ONCE, request: 'another', endsAt: START + 2 * DAY }, START + DAY);

    expect(await find(START + DAY)).toEqual({ request: 'another', accountId: idOf(2) });
  });

  it('R-76 forgets the key with its account', async () => {
    await register(1);

    await opened().stores.accounts.remove(idOf(1), auditOf('account.remove'));

    expect(await find()).toBeUndefined();
  });

  it('keeps no key of a registration that came to nothing', async () => {
    await register(1, { ...ONCE, key: 'first' });
    const taken = accountOf(2, { once: ONCE, identifiers: [identifierOf('username', 'person1')] });

    await expect(opened().stores.accounts.create(taken, auditOf('account.register'))).rejects.toThrow(Refusal);

    expect(await find()).toBeUndefined();
  });

  it('sweeps away those that had their time, at most so many', async () => {
    for (const number of [1, 2, 3])
      await register(number, { ...ONCE, key: `key-${number}`, endsAt: START + number * SECOND });

    const swept = [];
    for (const limit of [1, 10, 10]) swept.push(await opened().stores.registrations.sweep(START + 3 * SECOND, limit));

    expect(swept).toEqual([1, 1, 0]);
  });
}
