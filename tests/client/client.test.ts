// The calls of a person's own, through the package, at a real server.
import { inspect } from 'node:util';

import { aMobile, aPassword, aUsername } from '#tests/support/people';
import { noteSecret } from '#tests/support/run-folder';
import { describe, expect, it } from 'vitest';

import {
  type Account,
  type ServerOptions,
  type Session,
  type SignedInClient,
  UnderstudyClient,
} from '../../packages/client/src/index.ts';
import { Mailbox } from '../support/mailbox.ts';
import { Scene } from './asking.ts';

type Told = Readonly<Record<string, unknown>>;

type Fetch = NonNullable<ServerOptions['fetch']>;

const clientOf = ({ server }: Scene, fetch?: Fetch): UnderstudyClient =>
  new UnderstudyClient({ url: server.url, timeoutMs: 20_000, ...(fetch && { fetch }) });

const problem = (status: number, code: string): Told => ({ name: 'UnderstudyProblem', status, code });

async function allOf<One>(many: AsyncIterable<One>): Promise<readonly One[]> {
  const all: One[] = [];
  for await (const one of many) all.push(one);
  return all;
}

describe('registering', () => {
  it('makes an account and signs in', async () => {
    const scene = await Scene.open();
    const username = aUsername();

    const person = await clientOf(scene).register({
      username,
      password: aPassword(),
      profile: { nickname: 'Ann', city: 'Suzhou' },
    });

    const account: Account | undefined = (await person?.me())?.account;
    expect(account?.identifiers).toEqual([{ kind: 'username', value: username, verified: true }]);
    expect(account?.profile).toMatchObject({ nickname: 'Ann', city: 'Suzhou', country: null });
  });

  it('makes one account however often it is tried with the same key', async () => {
    const scene = await Scene.open();
    const [client, key] = [clientOf(scene), crypto.randomUUID()];
    const registration = { username: aUsername(), password: aPassword() };

    const first = await client.register(registration, key);
    const second = await client.register(registration, key);

    expect((await second?.me())?.account.id).toBe((await first?.me())?.account.id);
  });

  it('tries once more when the connection is lost, and makes nothing twice', async () => {
    const scene = await Scene.open();
    let count = 0;
    const client = clientOf(scene, async (url, init) => {
      const response = await fetch(url, init);
      count += 1;
      if (count === 1) throw Object.assign(new TypeError('fetch failed'), { code: 'ECONNRESET' });
      return response;
    });
    const username = aUsername();

    const person = await client.register({ username, password: aPassword() });

    expect(count).toBe(2);
    expect((await person?.me())?.account.identifiers).toMatchObject([{ value: username }]);
  });

  it('is told that a name is taken', async () => {
    const scene = await Scene.open();
    const { username } = await scene.invite();

    const again = clientOf(scene).register({ username, password: aPassword() });

    await expect(again).rejects.toMatchObject(problem(409, 'identifier.taken'));
  });

  it('is told nothing where the server keeps names to itself', async () => {
    const scene = await Scene.open({ settings: { 'dialects.api.policy': 'strict' } });

    const person = await clientOf(scene).register({ username: aUsername(), password: aPassword() });

    expect(person).toBeUndefined();
  });
});

describe('signing in', () => {
  it('opens a session an API recognises, and signing out ends it', async () => {
    const scene = await Scene.open();
    const { account, username, password } = await scene.invite();
    const introspector = scene.introspector({ maxAgeMs: 0 });

    const person = await clientOf(scene).signIn({ identifier: username, password });
    const during = await introspector.introspect(person.token);
    await person.signOut();
    const after = await introspector.introspect(person.token);

    expect(during).toMatchObject({ active: true, sub: account.id, dialect: 'api' });
    expect(after).toEqual({ active: false });
    await expect(person.me()).rejects.toMatchObject(problem(401, 'session.unknown'));
  });

  it('tells why it was refused, and under which code the operator finds it', async () => {
    const scene = await Scene.open();
    const { username } = await scene.invite();

    const signIn = clientOf(scene).signIn({ identifier: username, password: aPassword() });

    await expect(signIn).rejects.toMatchObject({
      ...problem(401, 'credentials.mismatch'),
      retryAfterSeconds: undefined,
      supportCode: expect.stringMatching(/^\S+$/) as unknown,
    });
  });

  it('tells how long to wait', async () => {
    const scene = await Scene.open({ settings: { 'dialects.api.challenge': 'never' } });
    const { username } = await scene.invite();
    const client = clientOf(scene);
    const guess = (): Promise<unknown> => client.signIn({ identifier: username, password: aPassword() });
    for (let count = 0; count < 5; count += 1) await guess().catch(() => undefined);

    const sixth = guess();

    await expect(sixth).rejects.toMatchObject({ ...problem(429, 'throttle.account'), retryAfterSeconds: 60 });
  });

  it('shows no token to whoever prints what it gave', async () => {
    const scene = await Scene.open();
    const { username, password } = await scene.invite();

    const person = await clientOf(scene).signIn({ identifier: username, password });

    noteSecret(person.token);
    expect(inspect(person, { depth: 9, showHidden: true }) + JSON.stringify(person)).not.toContain(person.token);
  });
});

describe('looking after one’s account', () => {
  it('changes the profile, unless somebody else was faster', async () => {
    const scene = await Scene.open();
    const { username, password } = await scene.invite();
    const person = await clientOf(scene).signIn({ identifier: username, password });
    const before = await person.me();

    const after = await person.updateMe({ nickname: 'Ann', city: null }, before.etag);
    const late = person.updateMe({ nickname: 'Bob' }, before.etag);

    await expect(late).rejects.toMatchObject(problem(412, 'version.stale'));
    expect(after.account.profile.nickname).toBe('Ann');
    expect(after.etag).not.toBe(before.etag);
    expect(await person.me()).toEqual(after);
  });

  it('changes the password, which ends all sessions but this one', async () => {
    const scene = await Scene.open();
    const { username, password } = await scene.invite();
    const client = clientOf(scene);
    const [here, there] = [
      await client.signIn({ identifier: username, password }),
      await client.signIn({ identifier: username, password }),
    ];
    const next = aPassword();

    await here.changePassword({ current_password: password, new_password: next });

    expect((await here.me()).account.identifiers[0]?.value).toBeDefined();
    await expect(there.me()).rejects.toMatchObject(problem(401, 'session.unknown'));
    await expect(client.signIn({ identifier: username, password: next })).resolves.toBeDefined();
  });

  it('goes through sessions page by page, and ends them', async () => {
    const scene = await Scene.open();
    const person = await scene.invite();
    const elsewhere = [await scene.signIn(person), await scene.signIn(person), await scene.signIn(person)];
    const pages: string[] = [];
    const client: SignedInClient = await clientOf(scene, (url, init) => {
      pages.push(new URL(url).pathname);
      return fetch(url.replace('limit=100', 'limit=2'), init);
    }).signIn({ identifier: person.username, password: person.password });
    const introspector = scene.introspector({ maxAgeMs: 0 });
    const howManyLive = async (): Promise<number> => {
      const found = await Promise.all(elsewhere.map((token) => introspector.introspect(token)));
      return found.filter(({ active }) => active).length;
    };

    const sessions: readonly Session[] = await allOf(client.sessions());
    const asked = pages.filter((path) => path.endsWith('/me/sessions')).length;
    await client.revoke(sessions.find(({ current }) => !current)?.id ?? '');
    const afterOne = await howManyLive();
    await client.revokeOthers();

    expect(asked).toBe(2);
    expect(sessions.map(({ dialect, current }) => `${dialect} ${current}`)).toEqual(
      expect.arrayContaining(['api true', 'shopxo false', 'shopxo false', 'shopxo false']),
    );
    expect(new Set(sessions.map(({ id }) => id)).size).toBe(4);
    expect(afterOne).toBe(2);
    expect(await howManyLive()).toBe(0);
    expect(await allOf(client.sessions())).toHaveLength(1);
  });

  it('takes everything along, and deletes it', async () => {
    const scene = await Scene.open();
    const { account, username, password } = await scene.invite();
    const client = clientOf(scene);
    const person = await client.signIn({ identifier: username, password });

    const exported = await person.exportMe();
    await person.deleteMe(password);

    expect(exported.account.id).toBe(account.id);
    await expect(person.me()).rejects.toMatchObject(problem(401, 'session.unknown'));
  });
});

describe('proving a mobile', () => {
  it('signs in with a code, and sets a new password with another', async () => {
    const mailbox = new Mailbox();
    const scene = await Scene.open({ couriers: mailbox });
    const [mobile, next] = [aMobile(), aPassword()];
    const { id } = await scene.server.addAccount({ mobile, password: aPassword() });
    const client = clientOf(scene);

    const waitSeconds = await client.requestCode({ identifier: mobile, purpose: 'sign-in' });
    const byCode = await client.signIn({ identifier: mobile, code: mailbox.codeFor(mobile) });
    const { account } = await byCode.me();
    scene.server.clock.advance('2m');
    await client.requestCode({ identifier: mobile, purpose: 'reset' });
    await client.resetPassword({ identifier: mobile, code: mailbox.codeFor(mobile), new_password: next });

    expect(waitSeconds).toBe(60);
    expect(account.id).toBe(id);
    await expect(byCode.me()).rejects.toMatchObject(problem(401, 'session.unknown'));
    await expect(client.signIn({ identifier: mobile, password: next })).resolves.toBeDefined();
  });

  it('registers with one that is proven', async () => {
    const mailbox = new Mailbox();
    const scene = await Scene.open({ couriers: mailbox });
    const mobile = aMobile();
    const client = clientOf(scene);
    await client.requestCode({ identifier: mobile, purpose: 'register' });

    const person = await client.register({ mobile, password: aPassword(), code: mailbox.codeFor(mobile) });

    expect((await person?.me())?.account.identifiers).toMatchObject([{ kind: 'mobile', verified: true }]);
  });
});
