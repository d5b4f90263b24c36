// What every account store promises about roles and organisations, and to those who administer accounts.
import { describe, expect, it } from 'vitest';
import {
  MINUTE,
  type OpenEmpty,
  START,
  auditOf,
  fiftyAtOnce,
  freshStores,
  given,
  idOf,
  accountOf,
  signInOf,
  signedIn,
  tally,
} from '../stores.contract.ts';
import type { AccountChange } from './account-store.ts';

const SPARES = ['operator', 'root'];

/** Run it on every engine. */
export function describeAdministeredAccounts(open: OpenEmpty): void {
  describe('belonging to an organisation', () => {
    belonging(open);
  });
  describe('being the first to hold a role', () => {
    beingFirst(open);
  });
  describe('sparing the last who holds a role', () => {
    sparing(open);
  });
  describe('acting on an account as it was judged', () => {
    judging(open);
  });
}

function belonging(open: OpenEmpty): void {
  const opened = freshStores(open);
  const move = (organisation: string | null) =>
    opened().stores.accounts.change(idOf(1), { organisation }, auditOf('account.organise', START + MINUTE));

  it('keeps which one it is, and null for none', async () => {
    const inOne = await given(opened(), 1, { organisation: '东方公司' });
    const inNone = await given(opened(), 2);

    expect([inOne.organisation, inNone.organisation]).toEqual(['东方公司', null]);
    expect((await opened().stores.accounts.get(idOf(1)))?.organisation).toBe('东方公司');
  });

  it('R-57 ends every session when it becomes another or none, and none when it stays', async () => {
    const account = await given(opened(), 1, { organisation: 'Blue' });
    const isLive = async (name: string) => (await opened().stores.sessions.find(`digest-${name}`)) !== undefined;
    await signedIn(opened(), signInOf(account, 'one'));

    await move('Blue');
    const afterNone = await isLive('one');
    const moved = await move('Red');
    const afterMove = await isLive('one');
    await signedIn(opened(), signInOf(account, 'two', { epoch: 1 }));
    const left = await move(null);

    expect([moved?.organisation, left?.organisation]).toEqual(['Red', null]);
    expect([afterNone, afterMove, await isLive('two')]).toEqual([true, false, false]);
  });

  it('lists and searches those of one alone, page by page', async () => {
    for (const number of [1, 2, 3, 4, 5])
      await given(opened(), number, {
        organisation: number % 2 === 1 ? 'Blue' : 'Red',
        profile: { nickname: `Ada ${number}` },
      });
    await given(opened(), 6, { organisation: 'Blue', realm: 'shop' });
    const query = { realm: 'main', organisation: 'Blue', limit: 2 };

    const first = await opened().stores.accounts.list(query);
    const second = await opened().stores.accounts.list({ ...query, after: first.next ?? '' });
    const found = await opened().stores.accounts.list({ ...query, search: 'ada 3' });
    const foreign = await opened().stores.accounts.list({ ...query, search: 'ada 4' });

    expect([first, second, found, foreign].map(({ accounts, next }) => [accounts.map(({ id }) => id), next])).toEqual([
      [[idOf(1), idOf(3)], idOf(3)],
      [[idOf(5)], null],
      [[idOf(3)], null],
      [[], null],
    ]);
  });
}

function beingFirst(open: OpenEmpty): void {
  const opened = freshStores(open);
  const create = (number: number, more: object = {}) =>
    opened().stores.accounts.create(
      accountOf(number, { roles: ['operator'], firstOf: SPARES, ...more }),
      auditOf('operator.create'),
    );

  it('R-69 lets one of fifty who race be it, and leaves nothing of the others', async () => {
    const outcomes = await fiftyAtOnce((racer) => create(racer));

    expect(tally(outcomes)).toEqual({ something: 1, 'operator.exists': 49 });
    expect((await opened().stores.accounts.list({ realm: 'main', limit: 100 })).accounts).toHaveLength(1);
  });

  it('R-69 counts those who are shut out, and another who holds another of the roles; neither another realm nor who has given it up', async () => {
    await given(opened(), 1, { roles: ['root'], status: 'disabled' });

    const refused = await fiftyAtOnce(() => create(2));
    await create(3, { realm: 'shop' });
    await opened().stores.accounts.change(idOf(1), { roles: ['cashier'] }, auditOf('account.ungrant'));
    const made = await create(4);

    expect(tally(refused)).toEqual({ 'operator.exists': 50 });
    expect(made.roles).toEqual(['operator']);
  });
}

function sparing(open: OpenEmpty): void {
  const opened = freshStores(open);
  const change = (number: number, what: AccountChange) =>
    opened().stores.accounts.change(idOf(number), { spares: SPARES, ...what }, auditOf('account.change'));
  const remove = (number: number) =>
    opened().stores.accounts.remove(idOf(number), auditOf('account.remove'), { spares: SPARES });
  const refusal = { code: 'operator.last' };

  it('R-67 refuses to shut out, demote or remove the only one, and leaves it as it was', async () => {
    const account = await given(opened(), 1, { roles: ['operator'] });
    await given(opened(), 2, { roles: ['operator'], status: 'disabled' });
    await given(opened(), 3, { roles: ['operator'], realm: 'shop' });
    await signedIn(opened(), signInOf(account, 'one'));

    await expect(change(1, { status: 'disabled' })).rejects.toMatchObject(refusal);
    await expect(change(1, { roles: ['support'] })).rejects.toMatchObject(refusal);
    await expect(remove(1)).rejects.toMatchObject(refusal);

    expect(await opened().stores.accounts.get(idOf(1))).toMatchObject({ status: 'active', roles: ['operator'] });
    expect(await opened().stores.sessions.find('digest-one')).toBeDefined();
  });

  it('R-67 lets go of one when another is left, of whichever of the roles, and of whoever was none', async () => {
    await given(opened(), 1, { roles: ['operator'] });
    await given(opened(), 2, { roles: ['root'] });
    await given(opened(), 3, { roles: ['support'] });

    const changed = await change(1, { status: 'disabled' });

    expect([changed?.status, await remove(1), await remove(3)]).toEqual(['disabled', true, true]);
    await expect(remove(2)).rejects.toMatchObject(refusal);
  });

  it('R-67 leaves one of fifty who shut each other out at once', async () => {
    for (const number of Array.from({ length: 50 }, (_, each) => each))
      await given(opened(), number, { roles: ['operator'] });

    const outcomes = await fiftyAtOnce((racer) => change(racer, { status: 'disabled' }));

    expect(tally(outcomes)).toEqual({ something: 49, 'operator.last': 1 });
  });

  it('removes the last one for those who ask for nobody to be spared', async () => {
    await given(opened(), 1, { roles: ['operator'] });

    expect(await opened().stores.accounts.remove(idOf(1), auditOf('account.remove'))).toBe(true);
  });
}

function judging(open: OpenEmpty): void {
  const opened = freshStores(open);

  it('R-67 changes and removes nothing that has become another since', async () => {
    await given(opened(), 1);
    const { accounts } = opened().stores;
    await accounts.change(idOf(1), { roles: ['operator'] }, auditOf('account.grant'));

    const stale = [
      await accounts.change(idOf(1), { status: 'disabled', epoch: 0 }, auditOf('account.change')),
      await accounts.remove(idOf(1), auditOf('account.remove'), { epoch: 0 }),
    ];
    const epoch = (await accounts.getWithPassword(idOf(1)))?.epoch ?? -1;
    const fresh = await accounts.change(idOf(1), { status: 'muted', epoch }, auditOf('account.change'));

    expect([...stale, fresh?.status]).toEqual([undefined, false, 'muted']);
    expect(await accounts.remove(idOf(1), auditOf('account.remove'), { epoch })).toBe(true);
  });
}
