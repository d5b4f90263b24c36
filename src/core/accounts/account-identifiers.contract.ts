// What every account store promises about the identifiers of an account.
import { describe, expect, it } from 'vitest';
import {
  DAY,
  type OpenEmpty,
  SECOND,
  START,
  auditOf,
  fiftyAtOnce,
  freshStores,
  given,
  idOf,
  identifierOf,
  tally,
} from '../stores.contract.ts';

/** Run it on every engine. */
export function describeAccountIdentifiers(open: OpenEmpty): void {
  describe('changing identifiers', () => {
    changingIdentifiers(open);
  });
  describe('resealing identifiers', () => {
    resealing(open);
  });
}

function changingIdentifiers(open: OpenEmpty): void {
  const opened = freshStores(open);
  const put = (number: number, ...identifier: Parameters<typeof identifierOf>) =>
    opened().stores.accounts.putIdentifier(
      idOf(number),
      identifierOf(...identifier),
      auditOf('identifier.put', START + SECOND),
    );
  const remove = (number: number, kind: 'username' | 'mobile') =>
    opened().stores.accounts.removeIdentifier(idOf(number), kind, auditOf('identifier.remove', START + SECOND));
  const holds = async (number: number, kind: string) =>
    (await opened().stores.accounts.get(idOf(number)))?.identifiers.find((each) => each.kind === kind)?.key;

  it('replaces the one of that kind, and frees the old one', async () => {
    await given(opened(), 1);
    await given(opened(), 2);

    const changed = await put(1, 'username', 'renamed');
    await put(2, 'username', 'person1');

    expect(changed).toMatchObject({ identifiers: [identifierOf('username', 'renamed')], updatedAt: START + SECOND });
    expect(await holds(2, 'username')).toBe('person1');
  });

  it('refuses what somebody else holds, and leaves the old one in place', async () => {
    await given(opened(), 1);
    await given(opened(), 2);

    const taking = put(2, 'username', 'person1');

    await expect(taking).rejects.toMatchObject({ code: 'identifier.taken', detail: { field: 'username' } });
    expect(await holds(2, 'username')).toBe('person2');
  });

  it('R-74 gives a mobile to one of fifty who prove it at once', async () => {
    await Promise.all(Array.from({ length: 50 }, (_, racer) => given(opened(), racer)));

    const outcomes = await fiftyAtOnce((racer) => put(racer, 'mobile', '+8613800000001'));

    expect(tally(outcomes)).toEqual({ something: 1, 'identifier.taken mobile': 49 });
  });

  it('R-75 lets the one who proves a mobile take it from the one who merely typed it in', async () => {
    await given(opened(), 1, { identifiers: [identifierOf('mobile', '+8613800000001', null)] });
    await given(opened(), 2);

    const second = put(2, 'mobile', '+8613800000001', null);
    await expect(second).rejects.toMatchObject({ code: 'identifier.taken' });
    await put(2, 'mobile', '+8613800000001');

    expect([await holds(1, 'mobile'), await holds(2, 'mobile')]).toEqual([undefined, '+8613800000001']);
  });

  it('R-75 never takes a proven mobile away, proven again or not', async () => {
    await given(opened(), 1, { identifiers: [identifierOf('mobile', '+8613800000001')] });
    await given(opened(), 2);

    await expect(put(2, 'mobile', '+8613800000001')).rejects.toMatchObject({ code: 'identifier.taken' });
    await expect(put(2, 'mobile', '+8613800000001', null)).rejects.toMatchObject({ code: 'identifier.taken' });

    expect(await holds(1, 'mobile')).toBe('+8613800000001');
  });

  it('gives one up, once', async () => {
    await given(opened(), 1);

    const changed = await remove(1, 'username');

    expect(changed).toMatchObject({ identifiers: [], updatedAt: START + SECOND });
    await expect(remove(1, 'username')).rejects.toMatchObject({ code: 'identifier.unknown' });
  });

  it.each([
    { way: 'gives it up', act: () => remove(1, 'mobile') },
    { way: 'takes another', act: () => put(1, 'mobile', '+8613800000002') },
  ])('R-76 leaves no code behind for the next holder of a mobile when its holder $way', async ({ act }) => {
    const code = { realm: 'main', purpose: 'shopxo.login', destination: 'mobile:+8613800000001' };
    await given(opened(), 1, { identifiers: [identifierOf('mobile', '+8613800000001')] });
    await given(opened(), 2);
    await opened().stores.codes.issue({ ...code, digest: 'd', issuedAt: START, expiresAt: START + DAY, tries: 5 });

    await act();
    await put(2, 'mobile', '+8613800000001');

    expect(await opened().stores.codes.claim(code, 'd', START + SECOND)).toBe('expired');
  });

  it('knows no account that is not there', async () => {
    const removed = opened().stores.accounts.removeIdentifier(idOf(1), 'username', auditOf('identifier.remove'));

    expect([await put(1, 'username', 'somebody'), await removed]).toEqual([undefined, undefined]);
  });
}

function resealing(open: OpenEmpty): void {
  const opened = freshStores(open);
  const sealed = (name: string) =>
    ({ kind: 'id_number', key: `index-${name}`, shown: `sealed-${name}`, verifiedAt: START }) as const;

  it('goes through sensitive identifiers in order of account', async () => {
    await Promise.all([2, 1, 3].map((number) => given(opened(), number, { identifiers: [sealed(`of-${number}`)] })));
    await given(opened(), 4);

    const first = await opened().stores.accounts.sensitiveIdentifiers('', 2);
    const second = await opened().stores.accounts.sensitiveIdentifiers(idOf(2), 2);

    expect(first).toEqual([
      { accountId: idOf(1), identifier: sealed('of-1') },
      { accountId: idOf(2), identifier: sealed('of-2') },
    ]);
    expect(second).toEqual([{ accountId: idOf(3), identifier: sealed('of-3') }]);
  });

  it('R-94 replaces key and sealed text, unless they changed meanwhile', async () => {
    await given(opened(), 1, { identifiers: [sealed('old')] });

    const once = await opened().stores.accounts.reseal(idOf(1), sealed('old'), sealed('new'));
    const twice = await opened().stores.accounts.reseal(idOf(1), sealed('old'), sealed('other'));

    expect([once, twice]).toEqual([true, false]);
    expect(
      (await opened().stores.accounts.find('main', [{ kind: 'id_number', key: 'index-new' }]))?.account.identifiers,
    ).toEqual([sealed('new')]);
  });

  it('refuses a key somebody else came to hold', async () => {
    await given(opened(), 1, { identifiers: [sealed('old')] });
    await given(opened(), 2, { identifiers: [sealed('new')] });

    const resealing = opened().stores.accounts.reseal(idOf(1), sealed('old'), sealed('new'));

    await expect(resealing).rejects.toMatchObject({ code: 'identifier.taken', detail: { field: 'id_number' } });
  });
}
