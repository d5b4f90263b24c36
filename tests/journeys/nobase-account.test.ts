// A user's life with NoBase, from registering to signing out, told whole answer by whole answer.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { matching } from '../support/matchers.ts';
import { aMobile, anEmail, aPassword, aUsername } from '../support/people.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { type Heard, talk } from '../support/talk.ts';

const LAX = 'lax';
/** The app of a server under the strict policy. */
const STRICT = 'strict';

let server: TestServer;
let strict: TestServer;
const signatures = new Map<string, string>();
beforeAll(async () => {
  server = await startServer({ settings: ROOMY });
  strict = await startServer({ settings: { ...ROOMY, 'dialects.nobase.policy': 'strict' } });
  signatures.set('app-1', (await server.addApp()).signature);
  signatures.set(LAX, (await server.addApp({ id: LAX, demandsToken: false })).signature);
  signatures.set(STRICT, (await strict.addApp({ id: STRICT })).signature);
});
afterAll(() => Promise.all([server.close(), strict.close()]));

const ROOMY = { 'registration.source.perHour': 1000, 'budgets.source.failures': 1000 };
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

type Fields = Readonly<Record<string, string>>;

/** Posts a form with the app's id and signature. */
function call(name: string, fields: Fields, app = 'app-1'): Promise<Heard> {
  const body = new URLSearchParams({ appid: app, signature: signatures.get(app) ?? '', ...fields }).toString();
  return talk((app === STRICT ? strict : server).port, { path: `/api/user/${name}`, headers: FORM, body });
}

/** The same from an address of its own. */
function callFrom(from: string, name: string, fields: Fields): Promise<Heard> {
  const body = new URLSearchParams({ appid: 'app-1', signature: signatures.get('app-1') ?? '', ...fields }).toString();
  return talk(server.port, { from, path: `/api/user/${name}`, headers: FORM, body });
}

const success = (data: unknown): string => `200 ${JSON.stringify({ code: 200, msg: 'success', data })}`;
const failure = (data: string): string => `200 ${JSON.stringify({ code: 400, msg: 'fail', data })}`;
const told = ({ status, body }: Heard): string => `${status} ${body}`;
const dataOf = ({ body }: Heard): Record<string, unknown> =>
  (JSON.parse(body) as { data: Record<string, unknown> }).data;
const tokenOf = (heard: Heard): string => String(dataOf(heard)['token']);

const somebody = () => ({ user: aUsername(), pass: aPassword() });

/** Registers somebody and signs them in. */
async function registered(app = 'app-1'): Promise<{ user: string; pass: string; token: string }> {
  const person = somebody();
  await call('register', { ...person, nickname: 'Gu Jiang' }, app);
  return { ...person, token: tokenOf(await call('login', person, app)) };
}

describe('a user', () => {
  it('registers, signs in, reads their data and signs out', async () => {
    const person = somebody();
    const more = { nickname: '顾江', qq: '10001', email: anEmail(), imag: 'https://pictures.example.org/1.png' };

    const joined = await call('register', { ...person, ...more });
    const signedIn = await call('login', person);
    const { token, token_dead: _, ...rest } = dataOf(signedIn);
    const data = await call('data', { token: String(token) });
    const out = await call('logout', { token: String(token) });

    expect(told(joined)).toBe(success('Registered'));
    expect(told(data)).toBe(success(rest));
    expect(rest).toMatchObject({
      username: person.user,
      nickname: '顾江',
      qq: '10001',
      useremail: more.email,
      icon: more.imag,
    });
    expect(told(out)).toBe(success('Logged out'));
    expect(told(await call('data', { token: String(token) }))).toBe(failure('The token is invalid or has expired'));
  });

  it('is told why nothing came of registering', async () => {
    const taken = await registered();
    const wrong: readonly Fields[] = [
      { user: taken.user.toUpperCase() },
      { user: '' },
      { pass: 'seven77' },
      { pass: 'password1' },
      { pass: '' },
      { nickname: '' },
      { nickname: 'n'.repeat(61) },
      { qq: 'not a number' },
      { email: 'nobody' },
      { imag: 'javascript:alert(1)' },
      { signature: 'not-the-signature' },
      { appid: 'nobody' },
    ];

    const heard = [];
    for (const fields of wrong) heard.push(told(await call('register', { ...somebody(), nickname: 'n', ...fields })));

    const missing = (name: string): string => failure(`Parameter error: ${name} is missing or malformed`);
    expect(heard).toEqual([
      failure('This account has already been registered!'),
      missing('user'),
      failure('The password must have at least 8 characters'),
      failure('The password is easy to guess, choose another one'),
      missing('pass'),
      missing('nickname'),
      missing('nickname'),
      missing('qq'),
      missing('email'),
      missing('imag'),
      failure('Signature error'),
      failure('Application does not exist'),
    ]);
  });

  it('R-74 signs in with a phone number as a name here, and nowhere else', async () => {
    const [user, pass] = [aMobile(), aPassword()];

    const joined = await call('register', { user, pass, nickname: 'n' });
    const again = await call('register', { user: `+86 ${user}`, pass: aPassword(), nickname: 'n' });
    const here = await call('login', { user, pass });
    const there = await talk(server.port, {
      path: '/weidu/api/v1/users/login',
      body: JSON.stringify({ login_id: user, password: pass }),
    });

    expect(told(joined)).toBe(success('Registered'));
    expect(told(again)).toBe(failure('This account has already been registered!'));
    expect(dataOf(here)['username']).toBe(user);
    expect(there.body).toBe('{"code":40013,"result":"密码错误"}');
  });

  it('R-74 yields such a name to whoever the number really belongs to', async () => {
    const [mobile, theirs, mine] = [aMobile(), aPassword(), aPassword()];
    await call('register', { user: mobile, pass: mine, nickname: 'n' });
    await server.addAccount({ mobile, password: theirs });

    const owner = await call('login', { user: mobile, pass: theirs });
    const namesake = await call('login', { user: mobile, pass: mine });
    const late = await call('register', { user: mobile, pass: aPassword(), nickname: 'n' });

    expect(dataOf(owner)['token']).toBeDefined();
    expect(told(namesake)).toBe(failure('Password error'));
    expect(told(late)).toBe(failure('This account has already been registered!'));
  });

  it('checks in once a day, though they try it twenty times at once', async () => {
    const { token } = await registered();
    const checkIn = () => call('signin', { token });

    const crowd = (await Promise.all(Array.from({ length: 20 }, checkIn))).map(told);
    server.clock.advance('24h');
    const nextDay = told(await checkIn());
    server.clock.advance('48h');
    const afterGap = told(await checkIn());

    expect(crowd.filter((each) => each === success('Checked in!'))).toHaveLength(1);
    expect(crowd.filter((each) => each === success('Checked in today already!'))).toHaveLength(19);
    expect([nextDay, afterGap]).toEqual([success('Checked in!'), success('Checked in!')]);
    expect(dataOf(await call('data', { token }))).toMatchObject({ Continuous: 1, exp: 15, piastrenum: 3 });
  });

  it('writes a personal signature, and loses nothing when twenty things change at once', async () => {
    const { token } = await registered();

    const heard = await Promise.all([
      ...Array.from({ length: 5 }, (_, index) => call('update_sign', { token, sign: `to be or not to be ${index}` })),
      call('signin', { token }),
    ]);

    expect(heard.map(told)).toEqual([...Array.from({ length: 5 }, () => success('Updated')), success('Checked in!')]);
    expect(dataOf(await call('data', { token }))).toMatchObject({
      signature: matching(/^to be or not to be \d$/),
      Continuous: 1,
      exp: 5,
    });
    expect(told(await call('update_sign', { token, sign: '' }))).toBe(
      failure('Parameter error: sign is missing or malformed'),
    );
  });
});

describe('changing the password', () => {
  it('R-08 ends ten other sessions at once, and keeps the one it came with', async () => {
    const { user, pass, token } = await registered();
    const others = [];
    for (let count = 0; count < 10; count += 1) others.push(tokenOf(await call('login', { user, pass })));
    const next = aPassword();

    const changed = await call('new_pass', { user, pass, new_pass: next, token });

    const invalid = failure('The token is invalid or has expired');
    const heard = await Promise.all(others.map((other) => call('data', { token: other })));
    expect(told(changed)).toBe(success('Updated'));
    expect(heard.map(told)).toEqual(others.map(() => invalid));
    expect(dataOf(await call('data', { token }))).toMatchObject({ username: user });
    expect(told(await call('login', { user, pass }))).toBe(failure('Password error'));
    expect(dataOf(await call('login', { user, pass: next }))['token']).toBeDefined();
  });

  it('R-08 counts wrong current passwords with those of the login', async () => {
    const { user, pass } = await registered();
    const locked = matching(/Too many failed attempts, try again in \d+ seconds/);
    const guess = () => callFrom('127.9.1.1', 'new_pass', { user, pass: aPassword(), new_pass: aPassword() });

    const guesses = [];
    for (let count = 0; count < 6; count += 1) guesses.push(told(await guess()));
    const signIn = told(await callFrom('127.9.1.1', 'login', { user, pass }));
    const changed = told(await callFrom('127.9.1.2', 'new_pass', { user, pass, new_pass: aPassword() }));

    expect(guesses).toEqual([...Array.from({ length: 5 }, () => failure('Password error')), locked]);
    expect([signIn, changed]).toEqual([locked, locked]);
  });

  it('lets one of twenty through who change the same password at once', async () => {
    const { user, pass } = await registered();
    const wishes = Array.from({ length: 20 }, () => aPassword());

    const heard = await Promise.all(wishes.map((wish) => call('new_pass', { user, pass, new_pass: wish })));

    const winners = wishes.filter((_, index) => told(heard[index] as Heard) === success('Updated'));
    expect(winners).toHaveLength(1);
    expect(dataOf(await call('login', { user, pass: winners[0] ?? '' }))['token']).toBeDefined();
  });

  it('does not take a token for the current password, nor a weak new one', async () => {
    const { user, pass, token } = await registered();

    const heard = [
      await call('new_pass', { token, new_pass: aPassword() }),
      await call('new_pass', { user, token, new_pass: aPassword() }),
      await call('new_pass', { user, pass, new_pass: 'seven77' }),
      await call('new_pass', { user, pass, new_pass: user }),
      await call('new_pass', { user, pass }),
    ].map(told);

    expect(heard).toEqual([
      failure('Parameter error: user is missing or malformed'),
      failure('Parameter error: pass is missing or malformed'),
      failure('The password must have at least 8 characters'),
      failure('The password is easy to guess, choose another one'),
      failure('Parameter error: new_pass is missing or malformed'),
    ]);
  });

  it('keeps no session of somebody else', async () => {
    const [mine, theirs] = [await registered(), await registered()];

    const { user, pass } = mine;
    await call('new_pass', { user, pass, new_pass: aPassword(), token: theirs.token });

    expect(told(await call('data', { token: mine.token }))).toBe(failure('The token is invalid or has expired'));
    expect(dataOf(await call('data', { token: theirs.token }))).toMatchObject({ username: theirs.user });
  });
});

describe('the token check of an application', () => {
  it('takes name and password only where it is switched off', async () => {
    const { user, pass, token } = await registered();

    const refused = [
      await call('data', { user, pass }),
      await call('signin', { user, pass }),
      await call('update_sign', { user, pass, sign: 'x' }),
    ].map(told);
    const taken = [
      await call('data', { user, pass }, LAX),
      await call('signin', { user, pass }, LAX),
      await call('update_sign', { user, pass, sign: 'x' }, LAX),
    ];

    expect(refused).toEqual(refused.map(() => failure('Parameter error: token is missing or malformed')));
    expect(dataOf(taken[0] as Heard)).toMatchObject({ username: user });
    expect(taken.slice(1).map(told)).toEqual([success('Checked in!'), success('Updated')]);
    expect(dataOf(await call('data', { token }))).toMatchObject({ signature: 'x', Continuous: 1 });
  });

  it('R-32 counts wrong passwords there with those of the login', async () => {
    const { user, pass } = await registered();
    const body = (fields: Fields) =>
      new URLSearchParams({ appid: LAX, signature: signatures.get(LAX) ?? '', user, ...fields }).toString();
    const say = (name: string, secret: string) =>
      talk(server.port, { from: '127.9.2.1', path: `/api/user/${name}`, headers: FORM, body: body({ pass: secret }) });

    for (let count = 0; count < 5; count += 1) await say('data', aPassword());

    expect(told(await say('login', pass))).toContain('Too many failed attempts');
  });
});

describe('a token', () => {
  it('R-59 is good with its own application and its own dialect alone', async () => {
    const { token } = await registered();

    const foreignApp = await call('data', { token }, LAX);
    const foreignDialect = await talk(server.port, {
      method: 'GET',
      path: '/user/info/get_user_info',
      headers: { authorization: `Bearer ${token}` },
    });
    const asHeader = await talk(server.port, {
      path: '/api/user/data',
      headers: { ...FORM, authorization: `bearer ${token}` },
      body: new URLSearchParams({ appid: 'app-1', signature: signatures.get('app-1') ?? '' }).toString(),
    });

    expect(told(foreignApp)).toBe(failure('The token is invalid or has expired'));
    expect(foreignDialect.status).toBe(401);
    expect(dataOf(asHeader)['username']).toBeDefined();
  });
});

describe('registering under the strict policy', () => {
  it('R-26 says the same of a name that is taken and of one that is free', async () => {
    const person = somebody();
    const join = (fields: Fields) => call('register', { nickname: 'n', ...fields }, STRICT);
    await join(person);

    const [taken, free] = [await join({ ...person, pass: aPassword() }), await join(somebody())];
    const signedIn = await call('login', person, STRICT);

    expect([told(taken), told(free)]).toEqual([success('Registered'), success('Registered')]);
    expect(Object.keys(taken.headers)).toEqual(Object.keys(free.headers));
    expect(dataOf(signedIn)['username']).toBe(person.user);
  });
});
