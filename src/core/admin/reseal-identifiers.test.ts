// After a key rotation: every protected identifier comes under the new keys, and none is lost on the way.
import { describe, expect, it } from 'vitest';

import { type Account, identifierOf, lookupKeys } from '#core';

import { anIdNumber } from '../../../tests/support/people.ts';
import { aDraft, anOperator, type Operator } from '../../../tests/support/operator.ts';
import { createAccount } from './create-account.ts';
import { resealIdentifiers } from './reseal-identifiers.ts';

async function accountsWith({ deps }: Operator, idNumbers: readonly string[]): Promise<readonly Account[]> {
  return Promise.all(
    idNumbers.map(async (text) =>
      createAccount(deps)({ draft: aDraft({ identifiers: [{ kind: 'id_number', text }] }), credential: null }),
    ),
  );
}

async function found({ deps }: Operator, idNumbers: readonly string[]): Promise<readonly (string | undefined)[]> {
  const finds = idNumbers.map(async (text) =>
    deps.accounts.find('main', lookupKeys({ kind: 'id_number', text }, deps.vault)),
  );
  return (await Promise.all(finds)).map((each) => each?.account.id);
}

describe('resealing identifiers after a rotation', () => {
  it('R-94 brings every one of them under the new keys', async () => {
    const operator = await anOperator();
    const idNumbers = [anIdNumber(), anIdNumber(), anIdNumber()];
    const accounts = await accountsWith(operator, idNumbers);
    const rotated = operator.house.keyring.rotated();
    operator.house.vault.adopt(rotated);

    const outcome = await resealIdentifiers(operator.deps)();

    operator.house.vault.adopt(rotated.settled());
    expect(outcome).toEqual({ resealed: 3, untouched: 0 });
    expect(await found(operator, idNumbers)).toEqual(accounts.map(({ id }) => id));
  });

  it('goes on where it was cut short, and does nothing when nothing is left', async () => {
    const operator = await anOperator();
    const idNumbers = [anIdNumber(), anIdNumber()];
    const [first] = await accountsWith(operator, idNumbers);
    operator.house.vault.adopt(operator.house.keyring.rotated());
    const [before] = await operator.deps.accounts.sensitiveIdentifiers('', 1);
    const next = before && {
      ...before.identifier,
      key:
        operator.deps.vault.indexKeys('id_number', operator.deps.vault.open('id_number', before.identifier.shown))[0] ??
        '',
    };
    await operator.deps.accounts.reseal(before?.accountId ?? '', before?.identifier ?? fail(), next ?? fail());

    const outcomes = [await resealIdentifiers(operator.deps)(), await resealIdentifiers(operator.deps)()];

    expect(outcomes).toEqual([
      { resealed: 1, untouched: 1 },
      { resealed: 0, untouched: 2 },
    ]);
    expect(identifierOf(first ?? fail(), 'id_number')).toBeDefined();
  });

  it('R-74 keeps a number unique while two keys are live', async () => {
    const operator = await anOperator();
    const idNumber = anIdNumber();
    await accountsWith(operator, [idNumber]);
    operator.house.vault.adopt(operator.house.keyring.rotated());

    await expect(accountsWith(operator, [idNumber])).rejects.toMatchObject({ code: 'identifier.taken' });
  });
});

function fail(): never {
  throw new Error('there is no such account');
}
