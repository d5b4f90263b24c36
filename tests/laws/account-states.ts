// The states an account can be in when somebody is not let in, each with somebody in it and what they give for a password.
import { type AccountChange, identifierOf, type IdentifierKind } from '#core';
import { aPassword } from '#tests/support/people';

import { aStranger, invite, type Somebody, type World } from './somebody.ts';

/** Somebody who tries, with or without an account. */
export type Trier = Omit<Somebody, 'account'>;

type State = readonly [name: string, make: (world: World) => Promise<Trier>];

/** A hash this server would not make: of PBKDF2, of a password nobody knows. */
const OLD_HASH = '$pbkdf2-sha256$i=1000$c2FsdHNhbHRzYWx0c2FsdA$r1YA4pbWfFhFr0mTCGB3oYDk6oV7oKNHcsLhTPjbFsA';

const withWrong = <T extends Trier>(person: T): T => ({ ...person, password: aPassword() });

/** Somebody whose account was changed by the operator. */
export async function changed(world: World, change: AccountChange): Promise<Somebody> {
  const person = await invite(world);
  const { clock, house } = world.server;
  const audit = { at: clock.now(), act: 'account.change', outcome: 'success', source: 'cli' } as const;
  await house.stores.accounts.change(person.account.id, change, audit);
  return person;
}

/** Somebody whose password the server knows only by that hash, or not at all. */
async function keeping(world: World, credential: { readonly passwordHash?: string }): Promise<Trier> {
  const person = aStranger();
  const { password: _, ...identifiers } = person;
  await world.server.addAccount({ ...identifiers, ...credential, roles: ['管理员'] });
  return person;
}

/** Somebody whose mobile or address was typed in and never proven. */
export async function unproven(world: World, kind: IdentifierKind): Promise<Somebody> {
  const person = await invite(world);
  const { clock, house } = world.server;
  const identifier = identifierOf(person.account, kind);
  if (identifier === undefined) throw new Error(`nobody has a ${kind}`);
  const { accounts } = house.stores;
  const audit = { at: clock.now(), act: 'account.change', outcome: 'success', source: 'cli' } as const;
  await accounts.removeIdentifier(person.account.id, kind, audit);
  await accounts.putIdentifier(person.account.id, { ...identifier, verifiedAt: null }, audit);
  return person;
}

/** Every state in which nobody is let in, and in which the strict policy tells nobody why. */
export const STATES: readonly State[] = [
  ['a name nobody has', async () => aStranger()],
  ['a wrong password', async (world) => withWrong(await invite(world))],
  ['an empty password', async (world) => ({ ...(await invite(world)), password: '' })],
  ['an empty password for nobody', async () => ({ ...aStranger(), password: '' })],
  ['a password of 2000 characters', async (world) => ({ ...(await invite(world)), password: 'x'.repeat(2000) })],
  ['an account without a password', (world) => keeping(world, {})],
  ['an account with a hash of another system', (world) => keeping(world, { passwordHash: OLD_HASH })],
  ['a disabled account', async (world) => withWrong(await changed(world, { status: 'disabled' }))],
  ['a pending account', async (world) => withWrong(await changed(world, { status: 'pending' }))],
  ['a muted account', async (world) => withWrong(await changed(world, { status: 'muted' }))],
  [
    'a password that must be changed, a wrong one',
    async (world) => withWrong(await changed(world, { isPasswordChangeDue: true })),
  ],
  ['a disabled account, the right password', (world) => changed(world, { status: 'disabled' })],
  ['a pending account, the right password', (world) => changed(world, { status: 'pending' })],
  ['a password that must be changed', (world) => changed(world, { isPasswordChangeDue: true })],
];

/** Those of them in which a password was guessed at: however often that is done, they look alike. */
export const GUESSING: readonly State[] = STATES.filter(([name]) => !/empty|2000/.test(name));
