// One person, one account, four systems: the story of somebody whom every client knows by another name.
import { beforeEach, describe, expect, it } from 'vitest';

import { ChildServer, understudy } from '../support/child-server.ts';
import { matching, someNumber } from '../support/matchers.ts';
import { aMobile, anAegisSpeedId, anEmail, anIdNumber, aPassword, aUsername } from '../support/people.ts';
import { newFolder, noteSecret } from '../support/run-folder.ts';
import { type Visit, Visitor } from '../support/visitor.ts';

/** Everything one person is called. */
interface Person {
  readonly id: string;
  readonly username: string;
  readonly mobile: string;
  readonly email: string;
  readonly idNumber: string;
  readonly aegisSpeedId: string;
  readonly password: string;
}

/** One way in: the dialect whose session it opens, and how. */
interface WayIn {
  readonly dialect: string;
  readonly signIn: (password: string) => Promise<Visit>;
}

const APP = 'story';
const SHOPXO_URLS = [
  '/user/login',
  '/user/login/',
  '/user/login.html',
  '/User/Login',
  '/api.php?s=user/login',
  '/api.php?s=user/login&application=app&application_client_type=h5',
  '/api.php/user/login',
  '/index.php?s=/api/user/login',
  '/index.php/api/user/login',
  '/?s=api/user/login',
] as const;

/** Wrong guesses spread over all systems are all from one place here. */
const WITHOUT_CHALLENGES = {
  UNDERSTUDY_DIALECTS_SHOPXO_CAPTCHA: 'never',
  UNDERSTUDY_DIALECTS_WEIDU_CAPTCHA: 'never',
};

let dataDir: string;
let server: ChildServer;
let person: Person;
let visitor: Visitor;

async function operate(...args: readonly string[]): Promise<Record<string, unknown>> {
  const { code, out, err } = await understudy([...args, '--json'], { dataDir, input: person?.password ?? '' });
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${err}`);
  return JSON.parse(out) as Record<string, unknown>;
}

async function aPerson(): Promise<Person> {
  const known = {
    username: aUsername(),
    mobile: aMobile(),
    email: anEmail(),
    idNumber: anIdNumber(),
    aegisSpeedId: anAegisSpeedId(),
    password: aPassword(),
  };
  person = { id: '', ...known };
  const { username, mobile, email, idNumber, aegisSpeedId } = known;
  const names = [
    '--username',
    username,
    '--mobile',
    mobile,
    '--email',
    email,
    '--id-number',
    idNumber,
    '--aegisspeed-id',
    aegisSpeedId,
  ];
  const { id } = await operate('account', 'add', ...names, '--role', '管理员', '--password-stdin');
  return { ...known, id: String(id) };
}

/** Every documented way in, with the name each system knows this person by. */
function waysIn({ username, mobile, email, idNumber, aegisSpeedId }: Person): readonly WayIn[] {
  const way = (dialect: string, signIn: WayIn['signIn']): WayIn => ({
    dialect,
    signIn: async (password) => noted(await signIn(password)),
  });
  return [
    way('aegisspeed', (password) => visitor.aegisSpeedUser(idNumber, password)),
    way('aegisspeed', (password) => visitor.aegisSpeedAdmin(aegisSpeedId, password)),
    ...[mobile, email, username].map((name) => way('weidu', (password) => visitor.weidu(name, password))),
    ...[mobile, email, username].map((name) => way('nobase', (password) => visitor.noBaseGet(name, password))),
    way('nobase', (password) => visitor.noBaseForm(username, password)),
    way('nobase', (password) => visitor.noBaseJson(username, password)),
    ...[mobile, email].map((name) => way('shopxo', (password) => visitor.shopxo(name, password))),
    ...SHOPXO_URLS.map((url) => way('shopxo', (password) => visitor.shopxo(username, password, url))),
  ];
}

function noted(visit: Visit): Visit {
  if (visit.token !== undefined) noteSecret(visit.token);
  return visit;
}

async function inTurn<From, To>(all: readonly From[], work: (one: From) => Promise<To>): Promise<readonly To[]> {
  const results: To[] = [];
  for (const one of all) results.push(await work(one));
  return results;
}

async function liveAmong(tokens: readonly (string | undefined)[]): Promise<readonly boolean[]> {
  return inTurn(tokens, (token) => visitor.isLive(token ?? ''));
}

/** What each system answers, in the order of `waysIn`, with one way per dialect and login. */
function oneOfEach(ways: readonly WayIn[]): readonly WayIn[] {
  const [user, admin] = ways;
  const first = (dialect: string): WayIn | undefined => ways.find((way) => way.dialect === dialect);
  return [user, admin, first('weidu'), first('nobase'), first('shopxo')].filter((way) => way !== undefined);
}

const told = ({ heard, code, says }: Visit): readonly unknown[] => [heard.status, code, says];

beforeEach(async () => {
  dataDir = newFolder('data');
  person = await aPerson();
  const { signature } = await operate('app', 'add', APP);
  noteSecret(String(signature));
  server = await ChildServer.start([], { dataDir, env: WITHOUT_CHALLENGES });
  visitor = new Visitor(server.port, { id: APP, signature: String(signature) });
});

describe('one account that four systems know by different names', () => {
  it('signs in through every documented call, by every name and under every URL', async () => {
    const ways = waysIn(person);

    const visits = await inTurn(ways, ({ signIn }) => signIn(person.password));

    expect(visits.filter(({ token }) => token === undefined).map(told)).toEqual([]);
    expect(new Set(visits.map(({ token }) => token)).size).toBe(ways.length);
    expect(visits.map(({ code }) => code).filter((code) => ![10000, 200, 0].includes(code))).toEqual([]);
  });

  it('gets a token that introspection recognises, whichever system issued it', async () => {
    const ways = oneOfEach(waysIn(person));
    const visits = await inTurn(ways, ({ signIn }) => signIn(person.password));

    const found = await inTurn(visits, ({ token }) => visitor.introspect(token ?? ''));

    const common = {
      active: true,
      sub: person.id,
      username: person.username,
      token_type: 'Bearer',
      realm: 'main',
      iat: someNumber,
      exp: someNumber,
    };
    expect(found).toEqual(
      ways.map(({ dialect }) => ({ ...common, dialect, ...(dialect === 'nobase' && { client_id: APP }) })),
    );
    expect(found.filter(({ iat = 0, exp = 0 }) => exp - iat < 7 * 86_400)).toEqual([]);
  });

  it('loses every session in every system when the operator disables it, and is told so only with the right password', async () => {
    const ways = oneOfEach(waysIn(person));
    const visits = await inTurn(ways, ({ signIn }) => signIn(person.password));
    const tokens = visits.map(({ token }) => token);
    const before = await liveAmong(tokens);

    await operate('account', 'disable', person.username);

    expect(before).toEqual(tokens.map(() => true));
    await expect.poll(() => liveAmong(tokens), { interval: 50, timeout: 5000 }).toEqual(tokens.map(() => false));
    expect((await inTurn(ways, ({ signIn }) => signIn(person.password))).map(told)).toEqual([
      [401, 10001, 'This account is disabled'],
      [401, 10001, 'This account is disabled'],
      [200, 40021, '账号已被禁用'],
      [200, 400, 'This account is disabled'],
      [200, -10, '用户被禁止登录'],
    ]);
    expect((await inTurn(ways, ({ signIn }) => signIn(aPassword()))).map(({ code }) => code)).toEqual([
      10001, 10001, 40013, 400, -4,
    ]);
  });

  it('R-32 is locked everywhere after five wrong guesses spread over all systems, and free again when the operator says so', async () => {
    const ways = oneOfEach(waysIn(person));

    const guesses = await inTurn(ways, ({ signIn }) => signIn(aPassword()));
    const afterwards = await inTurn(ways, ({ signIn }) => signIn(person.password));
    await operate('account', 'unlock', person.mobile);
    const unlocked = await inTurn(ways, ({ signIn }) => signIn(person.password));

    expect(guesses.map(({ code }) => code)).toEqual([10001, 10001, 40013, 400, -4]);
    expect(afterwards.map(told)).toEqual([
      [429, 10001, matching(/^Too many failed attempts, try again in \d+ seconds$/)],
      [429, 10001, matching(/^Too many failed attempts, try again in \d+ seconds$/)],
      [200, 40021, matching(/^密码输入错误次数过多，账号已被锁定，请\d+秒后再试$/)],
      [200, 400, matching(/^Too many failed attempts, try again in \d+ seconds$/)],
      [200, -4, matching(/^密码错误次数过多，请\d+分钟后再试$/)],
    ]);
    expect(afterwards.map(({ heard }) => Number(heard.headers['retry-after']) > 0)).toEqual(ways.map(() => true));
    expect(unlocked.filter(({ token }) => token === undefined).map(told)).toEqual([]);
  });

  it('keeps its sessions over a restart of the server', async () => {
    const ways = oneOfEach(waysIn(person));
    const visits = await inTurn(ways, ({ signIn }) => signIn(person.password));
    const { code } = await server.stop();

    const next = await ChildServer.start(['--port', String(server.port)], { dataDir });

    expect(code).toBe(0);
    expect(next.port).toBe(server.port);
    expect(await liveAmong(visits.map(({ token }) => token))).toEqual(ways.map(() => true));
  });
});
