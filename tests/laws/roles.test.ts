// The law that roles are checked by the server, after the password, and where a document asks for one.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { aStranger, invite, type Somebody, startWorld, type World } from './somebody.ts';
import { EVERY_SPEAKER, type Speaker, told } from './speakers.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.server.close());

const ADMINISTRATORS = ['管理员', '超级管理员', '组织管理员'] as const;
const OTHERS = [[], ['general_user'], ['admin'], ['管理'], ['管理员1'], ['超级管理员,管理员'], ['ADMIN', 'root']].map(
  (roles) => ({ roles }),
);

const NOT_ADMIN =
  '401 {"status":401,"token":"","code":"10007","result":"This account is not an admin account","data":{}}';

const adminLogin = EVERY_SPEAKER.find(({ name }) => name === 'aegisspeed.admin-login') as Speaker;
const otherLogins = EVERY_SPEAKER.filter((speaker) => speaker !== adminLogin);

/** Somebody with exactly these roles. */
async function holding(roles: readonly string[]): Promise<Somebody> {
  const person = aStranger();
  return { ...person, account: await world.server.addAccount({ ...person, roles: [...roles] }) };
}

describe('the administrator login', () => {
  it.each(ADMINISTRATORS)('R-67 lets in whoever is %s', async (role) => {
    expect(adminLogin.tokenIn(await world.signIn(adminLogin, await holding([role])))).toBeDefined();
  });

  it.each(OTHERS)('R-67 keeps out whoever is $roles, and says so to the right password alone', async ({ roles }) => {
    const person = await holding(roles);

    const right = await world.signIn(adminLogin, person);
    const wrong = await world.signIn(adminLogin, { ...person, password: 'not-this-password' });

    expect([told(right), told(wrong)]).toEqual([NOT_ADMIN, adminLogin.answers.wrong]);
  });

  it('R-67 believes the account, whatever roles the request claims', async () => {
    const person = await holding(['general_user']);

    const heard = await world.signIn(adminLogin, person, {
      fields: { roles: [ADMINISTRATORS[0]], role: ADMINISTRATORS[0], isAdmin: true },
      headers: { 'x-role': 'admin' },
    });

    expect(told(heard)).toBe(NOT_ADMIN);
  });
});

describe.each(otherLogins)('$name', (speaker) => {
  it('R-67 asks for no role', async () => {
    const person = await invite(world);
    const { accounts } = world.server.house.stores;
    const audit = { at: world.server.clock.now(), act: 'account.ungrant', outcome: 'success', source: 'cli' } as const;
    await accounts.change(person.account.id, { roles: [] }, audit);

    expect(speaker.tokenIn(await world.signIn(speaker, person))).toBeDefined();
  });
});
