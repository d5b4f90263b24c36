// What administrators see of the server and do with its apps and switches, within their realm, and what is written down about them.
import { Visitor } from '#tests/support/visitor';
import { matching } from '#tests/support/matchers';
import { aPassword, aUsername } from '#tests/support/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { aboutWhom, SCENARIOS, Stage, type Somebody } from './role-scenarios.ts';
import { call, saidNo, told } from './somebody.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open({ 'dialects.nobase.realm': 'shop' });
});
afterAll(() => stage.server.close());

async function signedIn(roles: readonly string[]): Promise<Somebody & { readonly token: string }> {
  const somebody = await stage.person(roles);
  return { ...somebody, token: await stage.token(somebody) };
}

const ask = (by: { readonly token: string }, on: string, body?: unknown) =>
  call(stage.server, on, { token: by.token, ...(body !== undefined && { body }) });

interface Entry {
  readonly act: string;
  readonly outcome: string;
  readonly reason?: string;
  readonly account_id?: string;
  readonly actor_id?: string;
  readonly source: string;
  readonly endpoint?: string;
}

const entriesOf = (heard: Awaited<ReturnType<typeof ask>>): readonly Entry[] =>
  told(heard)['entries'] as readonly Entry[];

/** The entries of the trail about what this administrator did, the oldest first. */
async function trailOf({ account }: Somebody): Promise<readonly Entry[]> {
  const auditor = await signedIn(['auditor']);
  const entries = entriesOf(await ask(auditor, 'GET /admin/audit?limit=100'));
  return entries.filter(({ actor_id: actor }) => actor === account.id).toReversed();
}

describe('the trail', () => {
  it('R-91 names who did it for every act, looking included', async () => {
    const operator = await signedIn(['operator']);

    for (const scenario of SCENARIOS) {
      const [whom = '-'] = aboutWhom(scenario)
        .toReversed()
        .filter((each) => each !== 'self');
      await stage.make(scenario, { token: operator.token, self: operator.account.id, whom });
    }

    const trail = await trailOf(operator);
    expect(trail.map(({ act, outcome, reason = '', endpoint }) => [act, outcome, reason, endpoint].join(' '))).toEqual([
      'account.list success  api.admin-list-accounts',
      'account.create success  api.admin-create-account',
      'account.create success  api.admin-create-account',
      'account.look success  api.admin-show-account',
      'account.change success profile api.admin-change-account',
      'account.change success status api.admin-change-account',
      'account.change success roles api.admin-change-account',
      'account.change success organisation api.admin-change-account',
      'account.remove success  api.admin-remove-account',
      'account.unlock success  api.admin-unlock-account',
      'account.set-password success  api.admin-renew-password',
      'session.list success  api.admin-list-sessions',
      'session.revoke-all success  api.admin-end-sessions',
      'account.look-budgets success  api.admin-show-budgets',
      'app.list success  api.admin-list-apps',
      'app.create success  api.admin-create-app',
      'app.look success  api.admin-show-app',
      'app.change success  api.admin-change-app',
      'app.remove success  api.admin-remove-app',
      'app.rotate-signature success  api.admin-rotate-signature',
      'endpoint.list success  api.admin-list-endpoints',
      'audit.read success  api.admin-read-audit',
    ]);
    expect(new Set(trail.map(({ source }) => source))).toEqual(new Set(['127.0.0.1']));
    expect(
      trail
        .filter(({ act }) => /^(?:account|session)\.(?!list|create)/.test(act))
        .every(({ account_id: id }) => id !== undefined),
    ).toBe(true);
  });

  it('R-91 names who tried to, without permission or in too old a session', async () => {
    const nobody = await signedIn([]);
    const operator = await signedIn(['operator']);
    const target = await stage.bystander(null);

    await ask(nobody, `DELETE /admin/accounts/${target}`);
    stage.server.clock.advance('10m');
    await ask(operator, `DELETE /admin/accounts/${target}`);

    const [tried, wasOld] = [await trailOf(nobody), await trailOf(operator)];
    expect([...tried, ...wasOld].map(({ act, outcome, reason, account_id: id }) => [act, outcome, reason, id])).toEqual(
      [
        ['account.remove', 'refused', 'permission.missing', target],
        ['account.remove', 'refused', 'session.too-old', target],
      ],
    );
  });

  it('is read page by page, the newest first', async () => {
    const auditor = await signedIn(['auditor']);

    const first = await ask(auditor, 'GET /admin/audit?limit=2');
    const second = await ask(auditor, `GET /admin/audit?limit=2&cursor=${String(told(first)['next'])}`);

    const ids = [first, second]
      .flatMap((heard) => entriesOf(heard) as unknown as readonly { readonly id: number }[])
      .map(({ id }) => id);
    expect(ids).toHaveLength(4);
    expect(ids).toEqual([...new Set(ids)].toSorted((left, right) => right - left));
    expect(saidNo(await ask(auditor, 'GET /admin/audit?cursor=1%27--'))).toBe('400 input.malformed');
  });

  it('leaves out what came through the dialect of another realm', async () => {
    const auditor = await signedIn(['auditor']);
    const app = await stage.server.addApp({ id: 'shop', realm: 'shop' });
    const visitor = new Visitor(stage.server.port, app);
    await visitor.noBaseForm(aUsername(), aPassword());
    await visitor.weidu(aUsername(), aPassword());

    const heard = await ask(auditor, 'GET /admin/audit?limit=100');

    const dialects = new Set(
      (entriesOf(heard) as unknown as readonly { readonly dialect?: string }[]).map(({ dialect }) => dialect),
    );
    expect([dialects.has('weidu'), dialects.has('api'), dialects.has('nobase')]).toEqual([true, true, false]);
  });
});

describe('a decision', () => {
  it('is told under its support code, and that of another realm is not', async () => {
    const auditor = await signedIn(['auditor']);
    const app = await stage.server.addApp({ id: 'shop-of-decisions', realm: 'shop' });
    const visitor = new Visitor(stage.server.port, app);
    const codeOf = ({ heard }: Awaited<ReturnType<Visitor['weidu']>>) => String(heard.headers['x-support-code']);
    const own = codeOf(await visitor.weidu(aUsername(), aPassword()));
    const foreign = codeOf(await visitor.noBaseForm(aUsername(), aPassword()));

    await expect
      .poll(async () => (told(await ask(auditor, `GET /admin/decisions/${own}`))['decision'] ?? null) !== null)
      .toBe(true);
    const heard = told(await ask(auditor, `GET /admin/decisions/${own}`));
    const hidden = await ask(auditor, `GET /admin/decisions/${foreign}`);

    expect(heard).toMatchObject({
      decision: { refusal: 'account.unknown', dialect: 'weidu', endpoint: 'weidu.login' },
    });
    expect(heard['entries']).toEqual([
      expect.objectContaining({ act: 'sign-in.password', outcome: 'refused', request_id: own }),
    ]);
    expect(saidNo(hidden)).toBe('404 decision.unknown');
  });
});

describe('the endpoints', () => {
  it('are listed and switched, those of the realm alone', async () => {
    const operator = await signedIn(['operator']);
    const visitor = new Visitor(stage.server.port);
    const statusOf = async (name: string) =>
      (
        told(await ask(operator, 'GET /admin/endpoints'))['endpoints'] as readonly { name: string; status: string }[]
      ).find((each) => each.name === name)?.status;

    const closed = await ask(operator, 'PUT /admin/endpoints/weidu.login', { status: 'closed' });
    const whileClosed = [await statusOf('weidu.login'), (await visitor.weidu(aUsername(), aPassword())).code];
    const opened = await ask(operator, 'PUT /admin/endpoints/weidu.login', { status: 'open' });
    const foreign = await ask(operator, 'PUT /admin/endpoints/nobase.login', { status: 'closed' });

    expect([told(closed), told(opened)]).toEqual([
      { name: 'weidu.login', status: 'closed' },
      { name: 'weidu.login', status: 'open' },
    ]);
    expect([...whileClosed, await statusOf('weidu.login'), await statusOf('nobase.login')]).toEqual([
      'closed',
      4000,
      'open',
      undefined,
    ]);
    expect(saidNo(foreign)).toBe('404 endpoint.unknown');
  });
});

describe('the apps', () => {
  it('are created, shown, changed, given a new signature and removed', async () => {
    const operator = await signedIn(['operator']);
    const id = `app-${aUsername().slice(5)}`;

    const created = told(await ask(operator, 'POST /admin/apps', { id, origins: ['https://shop.example'] }));
    const changed = told(
      await ask(operator, `PATCH /admin/apps/${id}`, { name: 'Shop', session_life_seconds: 3600, status: 'stopped' }),
    );
    const shown = told(await ask(operator, `GET /admin/apps/${id}`));
    const rotated = told(await ask(operator, `POST /admin/apps/${id}/signature`));
    const ended = told(await ask(operator, `POST /admin/apps/${id}/signature`, { ends_previous_at_once: true }));
    const removed = await ask(operator, `DELETE /admin/apps/${id}`);

    const app = {
      id,
      name: id,
      realm: 'main',
      origins: ['https://shop.example'],
      allows_get: true,
      demands_token: true,
      session_life_seconds: null,
      status: 'active',
      previous_signature_until: null,
      created_at: matching(/Z$/),
    };
    const revised = { ...app, name: 'Shop', session_life_seconds: 3600, status: 'stopped' };
    const signature = matching(/^[0-9a-f]{32}$/);
    expect([created, changed, shown]).toEqual([{ app, signature }, revised, revised]);
    expect([rotated, ended]).toEqual([
      { app: { ...revised, previous_signature_until: matching(/Z$/) }, signature },
      { app: revised, signature },
    ]);
    expect(new Set([created, rotated, ended].map((told) => told['signature'])).size).toBe(3);
    expect([removed.status, saidNo(await ask(operator, `GET /admin/apps/${id}`))]).toEqual([204, '404 app.absent']);
  });

  it('of another realm are not there', async () => {
    const operator = await signedIn(['operator']);
    const { id } = await stage.server.addApp({ id: 'elsewhere', realm: 'shop' });

    const answers = [
      await ask(operator, `GET /admin/apps/${id}`),
      await ask(operator, `PATCH /admin/apps/${id}`, { name: 'Mine' }),
      await ask(operator, `POST /admin/apps/${id}/signature`),
      await ask(operator, `DELETE /admin/apps/${id}`),
    ];
    const listed = told(await ask(operator, 'GET /admin/apps?limit=100'))['apps'] as readonly { id: string }[];

    expect(answers.map(saidNo)).toEqual(answers.map(() => '404 app.absent'));
    expect(listed.some((app) => app.id === id)).toBe(false);
    expect(saidNo(await ask(operator, 'POST /admin/apps', { id }))).toBe('409 app.exists');
  });

  it('are listed page by page', async () => {
    const operator = await signedIn(['operator']);
    for (const id of ['page-a', 'page-b', 'page-c']) await stage.server.addApp({ id });

    const first = told(await ask(operator, 'GET /admin/apps?limit=2&cursor=page-'));
    const second = told(await ask(operator, `GET /admin/apps?limit=2&cursor=${String(first['next'])}`));

    const idsOf = ({ apps }: Readonly<Record<string, unknown>>) =>
      (apps as readonly { id: string }[]).map(({ id }) => id);
    expect([idsOf(first), first['next'], idsOf(second)[0]]).toEqual([['page-a', 'page-b'], 'page-b', 'page-c']);
  });
});

describe('accounts of another realm', () => {
  it('R-67 are not there', async () => {
    const operator = await signedIn(['operator']);
    const { id } = await stage.server.addAccount({ realm: 'shop', username: aUsername(), password: aPassword() });

    const answers = [
      await ask(operator, `GET /admin/accounts/${id}`),
      await ask(operator, `PATCH /admin/accounts/${id}`, { status: 'disabled' }),
      await ask(operator, `PUT /admin/accounts/${id}/password`),
      await ask(operator, `DELETE /admin/accounts/${id}`),
    ];

    expect(answers.map(saidNo)).toEqual(answers.map(() => '404 account.absent'));
  });
});
