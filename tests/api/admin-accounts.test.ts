// What administrators do with the accounts of others, and what becomes of those.
import { talk } from '#tests/support/talk';
import { Visitor } from '#tests/support/visitor';
import { aMobile, anEmail, aPassword, aUsername } from '#tests/support/people';
import { matching } from '#tests/support/matchers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { OTHER, OWN, Stage, type Somebody } from './role-scenarios.ts';
import { call, saidNo, told } from './somebody.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open({ 'budgets.source.failures': 1000, 'budgets.subnet.failures': 1000 });
});
afterAll(() => stage.server.close());

/** Somebody with these roles, signed in. */
async function signedIn(
  roles: readonly string[],
  organisation: string | null = OWN,
): Promise<Somebody & { readonly token: string }> {
  const somebody = await stage.person(roles, organisation);
  return { ...somebody, token: await stage.token(somebody) };
}

const ask = (by: { readonly token: string }, on: string, body?: unknown) =>
  call(stage.server, on, { token: by.token, ...(body !== undefined && { body }) });

const answerOf = (heard: Awaited<ReturnType<typeof ask>>): string =>
  heard.status < 300 ? String(heard.status) : saidNo(heard);

const INSTANT = matching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
const UUID = matching(/^[0-9a-f-]{36}$/);
const UNKNOWN = {
  nickname: null,
  avatar: null,
  gender: 'unknown',
  birthday: null,
  country: null,
  province: null,
  city: null,
  county: null,
  address: null,
};

describe('an account from its beginning to its end', () => {
  it('is created, shown, changed and removed', async () => {
    const operator = await signedIn(['operator']);
    const username = aUsername();
    const mobile = aMobile();

    const created = await ask(operator, 'POST /admin/accounts', {
      username,
      mobile,
      organisation: 'Engines',
      roles: ['cashier'],
      profile: { nickname: 'Ada', city: 'London' },
    });
    const account = told(created);
    const on = `/admin/accounts/${String(account['id'])}`;
    const shown = await ask(operator, `GET ${on}`);
    const changed = await ask(operator, `PATCH ${on}`, {
      status: 'muted',
      roles: [],
      organisation: null,
      profile: { city: null },
    });
    const removed = await ask(operator, `DELETE ${on}`);
    const gone = await ask(operator, `GET ${on}`);

    expect([created, shown, changed, removed, gone].map(({ status }) => status)).toEqual([201, 200, 200, 204, 404]);
    expect(account).toEqual({
      id: UUID,
      number: expect.any(Number) as number,
      status: 'active',
      roles: ['cashier'],
      organisation: 'Engines',
      profile: { ...UNKNOWN, nickname: 'Ada', city: 'London' },
      identifiers: [
        { kind: 'mobile', value: `+86199****${mobile.slice(-4)}`, verified: true },
        { kind: 'username', value: username, verified: true },
      ],
      created_at: INSTANT,
      updated_at: INSTANT,
      last_sign_in_at: null,
    });
    expect(told(shown)).toEqual(account);
    expect(told(changed)).toEqual({
      ...account,
      status: 'muted',
      roles: [],
      organisation: null,
      profile: { ...UNKNOWN, nickname: 'Ada' },
    });
  });

  it('R-10 gets a password nobody has chosen, shown once and kept by nobody’s cache', async () => {
    const operator = await signedIn(['operator']);
    const username = aUsername();
    const { id } = told(await ask(operator, 'POST /admin/accounts', { username }));
    const on = `PUT /admin/accounts/${String(id)}/password`;

    const chosen = [
      await ask(operator, on, { password: aPassword() }),
      await ask(operator, 'POST /admin/accounts', { username: aUsername(), password: aPassword() }),
      await ask(operator, `PATCH /admin/accounts/${String(id)}`, { password: aPassword() }),
    ];
    const drawn = await ask(operator, on);
    const password = String(told(drawn)['password']);
    const signIn = await call(stage.server, 'POST /sessions', { body: { identifier: username, password } });

    expect(chosen.map(saidNo)).toEqual(Array.from({ length: 3 }, () => '400 input.malformed'));
    expect([drawn.status, drawn.headers['cache-control'], password]).toEqual([
      200,
      'no-store',
      matching(/^[A-Za-z2-9]{24}$/),
    ]);
    expect(signIn.status).toBe(201);
  });

  it('R-75 takes no member that is not for administrators to set', async () => {
    const operator = await signedIn(['operator']);
    const id = await stage.bystander(null);
    const members = {
      id: 'x',
      number: 7,
      realm: 'shop',
      verified: true,
      identifiers: [],
      epoch: 0,
      spares: [],
      attributes: {},
      expects: {},
    };

    const answers = await Promise.all(
      Object.entries(members).flatMap(([name, value]) => [
        ask(operator, `PATCH /admin/accounts/${id}`, { [name]: value }),
        ask(operator, 'POST /admin/accounts', { username: aUsername(), [name]: value }),
      ]),
    );

    expect(new Set(answers.map(saidNo))).toEqual(new Set(['400 input.malformed']));
  });
});

describe('the sessions of somebody whose account is changed', () => {
  const CHANGES: Readonly<Record<string, unknown>> = {
    'PATCH {"roles":["cashier"]}': { roles: ['cashier'] },
    'PATCH {"organisation":"Red"}': { organisation: OTHER },
    'PATCH {"status":"disabled"}': { status: 'disabled' },
    'PATCH {"status":"pending"}': { status: 'pending' },
    'PUT /password': undefined,
    'DELETE /sessions': undefined,
    DELETE: undefined,
  };

  it.each(Object.keys(CHANGES))('R-57 end at once, of whatever dialect: %s', async (change) => {
    const operator = await signedIn(['operator']);
    const person = await stage.person([]);
    const app = await stage.server.addApp({ id: `app-${aUsername().slice(5)}` });
    const visitor = new Visitor(stage.server.port, app);
    const tokens = [
      await stage.token(person),
      (await visitor.noBaseForm(person.username, person.password)).token ?? '',
    ];
    const live = () => Promise.all(tokens.map((token) => visitor.isLive(token)));
    const before = await live();
    const [method = '', rest = ''] = change.split(' ');
    const path = rest.startsWith('/') ? rest : '';

    const heard = await ask(operator, `${method} /admin/accounts/${person.account.id}${path}`, CHANGES[change]);

    expect(heard.status).toBeLessThan(300);
    expect([before, await live()]).toEqual([
      [true, true],
      [false, false],
    ]);
  });

  it('leave no trace of where the administrator was in what the owner takes along', async () => {
    const support = await signedIn(['support']);
    const person = await stage.person([]);
    await call(stage.server, `POST /admin/accounts/${person.account.id}/unlock`, {
      token: support.token,
      from: '127.0.0.77',
    });

    const exported = told(await ask({ token: await stage.token(person) }, 'GET /me/export'));

    expect(JSON.stringify(exported)).not.toContain('127.0.0.77');
    expect(exported['audit']).toContainEqual(
      expect.objectContaining({ act: 'account.unlock', outcome: 'success', source: 'administrator' }),
    );
  });

  it('go on when only the profile is another', async () => {
    const operator = await signedIn(['operator']);
    const person = await signedIn([]);

    await ask(operator, `PATCH /admin/accounts/${person.account.id}`, { profile: { nickname: 'Ada' } });

    expect((await ask(person, 'GET /me')).status).toBe(200);
  });

  it('R-60 are listed page by page and ended by an administrator', async () => {
    const operator = await signedIn(['operator']);
    const person = await stage.person([]);
    for (let count = 0; count < 3; count += 1) await stage.token(person);
    const on = `/admin/accounts/${person.account.id}/sessions`;

    const first = told(await ask(operator, `GET ${on}?limit=2`));
    const second = told(await ask(operator, `GET ${on}?limit=2&cursor=${String(first['next'])}`));
    await ask(operator, `DELETE ${on}`);
    const none = told(await ask(operator, `GET ${on}`));

    expect([first['sessions'], second['sessions'], second['next'], none]).toEqual([
      [expect.objectContaining({ dialect: 'api', current: false }), expect.objectContaining({ current: false })],
      [expect.objectContaining({ source: '127.0.0.1' })],
      null,
      { sessions: [], next: null },
    ]);
  });
});

describe('rising above oneself', () => {
  const ABOVE: Readonly<Record<string, readonly string[]>> = {
    管理员: ['operator', '超级管理员', 'auditor', 'organisation-admin'],
    support: ['operator', '管理员', 'auditor', 'organisation-admin'],
    'organisation-admin': ['operator', '管理员', 'support', 'auditor'],
  };

  it.each(Object.keys(ABOVE))('R-67 is not possible to %s by acting on somebody who may do more', async (role) => {
    const administrator = await signedIn([role]);
    const answers: string[] = [];

    for (const above of ABOVE[role] ?? []) {
      const id = await stage.bystander(OWN, [above]);
      answers.push(
        answerOf(await ask(administrator, `PUT /admin/accounts/${id}/password`)),
        answerOf(await ask(administrator, `POST /admin/accounts/${id}/unlock`)),
        answerOf(await ask(administrator, `DELETE /admin/accounts/${id}/sessions`)),
        answerOf(await ask(administrator, `PATCH /admin/accounts/${id}`, { status: 'disabled' })),
        answerOf(await ask(administrator, `PATCH /admin/accounts/${id}`, { roles: [] })),
      );
    }

    expect(answers).toHaveLength(20);
    expect(new Set(answers)).toEqual(new Set(['403 permission.missing']));
  });

  it('R-67 is not possible to the administrator of an organisation by giving or taking roles', async () => {
    const administrator = await signedIn(['organisation-admin']);
    const id = await stage.bystander(OWN);
    const cashier = await stage.bystander(OWN, ['cashier']);
    const patch = async (target: string, roles: readonly string[]) =>
      answerOf(await ask(administrator, `PATCH /admin/accounts/${target}`, { roles }));

    const refused = [
      await patch(id, ['operator']),
      await patch(id, ['organisation-admin', 'support']),
      await patch(id, ['cashier']),
      await patch(cashier, []),
      answerOf(await ask(administrator, 'POST /admin/accounts', { username: aUsername(), roles: ['管理员'] })),
      await patch(administrator.account.id, ['operator']),
    ];
    const allowed = [
      await patch(id, ['组织管理员']),
      await patch(id, []),
      await patch(cashier, ['cashier', 'organisation-admin']),
    ];

    expect(new Set(refused)).toEqual(new Set(['403 permission.missing']));
    expect(allowed).toEqual(['200', '200', '200']);
  });

  it('R-67 is not possible by what the request says of roles', async () => {
    const nobody = await signedIn([]);
    const headers = { 'x-role': 'operator', 'x-roles': 'operator', cookie: 'role=operator' };

    const heard = await call(stage.server, 'GET /admin/accounts', { token: nobody.token, headers });

    expect(saidNo(heard)).toBe('403 permission.missing');
  });

  it('R-67 is over with the role, and with the right to speak', async () => {
    const operator = await signedIn(['operator']);
    const other = await signedIn(['operator']);
    const muted = await signedIn(['operator']);
    await ask(operator, `PATCH /admin/accounts/${muted.account.id}`, { status: 'muted' });

    const before = await ask(other, 'GET /admin/accounts');
    await ask(operator, `PATCH /admin/accounts/${other.account.id}`, { roles: [] });

    expect([
      before.status,
      saidNo(await ask(other, 'GET /admin/accounts')),
      saidNo(await ask(muted, 'GET /admin/accounts')),
    ]).toEqual([200, '401 session.unknown', '403 permission.missing']);
  });
});

describe('the administrator of an organisation', () => {
  it('R-67 finds the accounts of no other, by list, search, page or id', async () => {
    const organisation = `Org ${aUsername()}`;
    const administrator = await signedIn(['organisation-admin'], organisation);
    const own = [await stage.bystander(organisation), await stage.bystander(organisation)];
    const foreign = await stage.person([], OTHER);
    const idsOf = (heard: Awaited<ReturnType<typeof ask>>) =>
      (told(heard)['accounts'] as readonly { readonly id: string }[]).map(({ id }) => id);

    const all = await ask(administrator, 'GET /admin/accounts');
    const page = await ask(administrator, `GET /admin/accounts?limit=1&cursor=${administrator.account.id}`);
    const found = await ask(administrator, `GET /admin/accounts?search=${foreign.username}`);
    const byId = await ask(administrator, `GET /admin/accounts/${foreign.account.id}`);
    const nobody = await ask(administrator, 'GET /admin/accounts/01968a00-0000-7000-8000-000000000000');

    expect(idsOf(all)).toEqual([administrator.account.id, ...own]);
    expect([idsOf(page), told(page)['next']]).toEqual([[own[0]], own[0]]);
    expect(idsOf(found)).toEqual([]);
    expect(byId.body).toBe(nobody.body);
  });

  it('creates accounts there alone, whose numbers and addresses their owners have yet to prove', async () => {
    const administrator = await signedIn(['organisation-admin']);
    const claims = { username: aUsername(), mobile: aMobile(), email: anEmail() };

    const made = told(await ask(administrator, 'POST /admin/accounts', claims));
    const elsewhere = await ask(administrator, 'POST /admin/accounts', { username: aUsername(), organisation: OTHER });
    const nowhere = await ask(administrator, 'POST /admin/accounts', { username: aUsername(), organisation: null });

    expect(made['organisation']).toBe(OWN);
    expect(
      (made['identifiers'] as readonly { kind: string; verified: boolean }[]).map(({ kind, verified }) => [
        kind,
        verified,
      ]),
    ).toEqual([
      ['email', false],
      ['mobile', false],
      ['username', true],
    ]);
    expect([elsewhere, nowhere].map(saidNo)).toEqual(['403 permission.missing', '403 permission.missing']);
  });
});

describe('the last operator', () => {
  it('R-67 cannot delete itself', async () => {
    const alone = await Stage.open();
    const operator = await alone.person(['超级管理员']);
    const token = await alone.token(operator);

    const refused = await call(alone.server, 'DELETE /me', { token, body: { password: operator.password } });
    await alone.person(['operator']);
    const allowed = await call(alone.server, 'DELETE /me', { token, body: { password: operator.password } });

    expect([saidNo(refused), allowed.status]).toEqual(['409 operator.last', 204]);
    await alone.server.close();
  });

  it('R-67 is left when two shut each other out at once', async () => {
    const two = await Stage.open();
    const [one, other] = [await two.person(['operator']), await two.person(['operator'])];
    const tokens = [await two.token(one), await two.token(other)];
    const patch = (token: string | undefined, id: string) =>
      call(two.server, `PATCH /admin/accounts/${id}`, { token: token ?? '', body: { status: 'disabled' } });

    const answers = await Promise.all([patch(tokens[0], other.account.id), patch(tokens[1], one.account.id)]);

    const accounts = await Promise.all(
      [one, other].map(({ account }) => two.server.house.stores.accounts.get(account.id)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(accounts.filter((account) => account?.status === 'active')).toHaveLength(1);
    await two.server.close();
  });
});

describe('a locked account', () => {
  it('is seen to be, and is unlocked', async () => {
    const support = await signedIn(['support']);
    const person = await stage.person([]);
    const guess = () =>
      call(stage.server, 'POST /sessions', {
        body: { identifier: person.username, password: aPassword() },
        from: '127.0.0.9',
      });
    for (let count = 0; count < 5; count += 1) await guess();
    const on = `/admin/accounts/${person.account.id}`;

    const locked = told(await ask(support, `GET ${on}/budgets`));
    const refused = await guess();
    await ask(support, `POST ${on}/unlock`);
    const unlocked = told(await ask(support, `GET ${on}/budgets`));

    expect(locked).toEqual({
      budgets: [
        {
          kind: 'account',
          source: null,
          failures: 5,
          in_a_row: 5,
          failed_at: INSTANT,
          locked_until: INSTANT,
          locked_for_good: false,
        },
      ],
      known_sources: 0,
    });
    expect(refused.status).toBe(429);
    expect(unlocked).toEqual({ budgets: [], known_sources: 0 });
  });
});

describe('paths that are nearly those of administrators', () => {
  it('R-85 are nobody’s', async () => {
    const operator = await signedIn(['operator']);
    const paths = [
      '/api/v1//admin/accounts',
      '/api/v1/admin/accounts/',
      '/api/v1/Admin/accounts',
      '/api/v1/admin/../admin/accounts',
      '/api/v1/admin%2Faccounts',
    ];
    const headers = { authorization: `Bearer ${operator.token}` };

    const statuses = await Promise.all(paths.map((path) => talk(stage.server.port, { method: 'GET', path, headers })));

    expect(statuses.map(({ status }) => status)).toEqual(paths.map(() => 404));
  });
});
