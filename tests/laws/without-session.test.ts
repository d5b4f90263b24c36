// The law that every documented call answers whoever has no session, or none that counts, in its dialect's own words.
import { DIALECTS } from '#main';
import { type Heard, talk } from '#tests/support/talk';
import type { Dialect } from '#wire';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { dialect as harbour } from '../../examples/own-dialect/index.ts';
import { invite, startWorld, type World } from './somebody.ts';
import { EVERY_SPEAKER, isLegal, type Speaker, told } from './speakers.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ settings: { 'dialects.shopxo.captcha': 'never' } });
});
afterAll(() => world.server.close());

type Row = Dialect['rows'][number];
type Name = Speaker['dialect'];

/** One documented call, once for each method and path it has. */
interface Call {
  readonly name: string;
  readonly call: string;
  readonly dialect: Name;
  readonly does: Row['does'];
}

/** Our own API has its document, from which its own tests are made. */
const CALLS: readonly Call[] = [...DIALECTS.filter(({ name }) => name !== 'api'), harbour].flatMap(({ name, rows }) =>
  rows.flatMap(({ endpoint, on, does }) =>
    on.map((call) => ({ name: `${name}.${endpoint}`, call, dialect: name as Name, does })),
  ),
);

/** What anybody may ask for; everything else is for whoever is signed in. */
const OPEN: ReadonlySet<Row['does']> = new Set([
  'changePassword', // which proves the password instead
  'checkIdentifier',
  'describeSignIn',
  'passChallenge',
  'poseChallenge',
  'registerAccount',
  'resetPassword',
  'sendCode',
  'showPicture',
  'signInWithCode',
  'signInWithPassword',
  'signUp',
]);
const CLOSED = CALLS.filter(({ does }) => !OPEN.has(does));

const TOKEN_INVALID = 'The token is invalid or has expired';
const LOG_IN_AGAIN = `${TOKEN_INVALID}, log in again`;
/** How a call says that there is no such session; by dialect, or by endpoint where a page has words of its own. */
const NO_SESSION: Readonly<Record<string, string>> = {
  aegisspeed: `401 ${JSON.stringify({ status: 401, token: '', code: '10001', result: LOG_IN_AGAIN, data: {} })}`,
  'aegisspeed.info': `401 ${JSON.stringify({ status: 401, code: '10001', result: LOG_IN_AGAIN, data: {} })}`,
  weidu: `200 ${JSON.stringify({ code: 1000, result: '未登录或者登录过期' })}`,
  nobase: `200 ${JSON.stringify({ code: 400, msg: 'fail', data: TOKEN_INVALID })}`,
  shopxo: `200 ${JSON.stringify({ msg: '登录失效，请重新登录', code: -400, data: [] })}`,
};

/** What `…` in a call of ShopXO's may stand for. */
const ANY_OTHER = 'order/index';

/** Says a call with fields that would do, were there a session: in the query of a GET, as JSON otherwise. */
function say({ call }: Call, fields: Readonly<Record<string, string>>, token?: string): Promise<Heard> {
  const [method = '', path = ''] = call.replace('…', ANY_OTHER).split(' ');
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  if (method !== 'GET') return talk(world.server.port, { method, path, headers, body: JSON.stringify(fields) });
  const query = new URLSearchParams(fields).toString();
  return talk(world.server.port, {
    method,
    path: [path, query].filter((part) => part !== '').join(path.includes('?') ? '&' : '?'),
    headers,
  });
}

function sayAs(call: Call, token: string): Promise<Heard> {
  const { id: appid, signature } = world.app;
  return say(call, { appid, signature, token, sign: 'a personal signature', nickname: 'n' }, token);
}

const wordsOf = ({ name, dialect }: Call): string | undefined => NO_SESSION[name] ?? NO_SESSION[dialect];

/** A live token of a login, for somebody new. */
async function tokenBy(speaker: Speaker | undefined): Promise<{ readonly token: string; readonly end: () => unknown }> {
  const person = await invite(world);
  const token = speaker && speaker.tokenIn(await world.signIn(speaker, person));
  if (token === undefined) throw new Error('nobody was signed in');
  return { token, end: () => world.server.setStatus(person.account, 'disabled') };
}

const ofDialect = ({ dialect }: Call): Speaker | undefined => EVERY_SPEAKER.find((each) => each.dialect === dialect);
const ofAnother = ({ dialect }: Call): Speaker | undefined => EVERY_SPEAKER.find((each) => each.dialect !== dialect);

describe.each(CALLS)('$name by $call', (call) => {
  it('answers in its own words when nothing is said', async () => {
    const heard = await say(call, {});

    const isPicture = heard.headers['content-type'] === 'image/png' && call.does === 'showPicture';
    expect(isPicture || isLegal(call, heard) || told(heard) === wordsOf(call)).toBe(true);
    expect([heard.headers['token'], heard.headers['set-cookie']]).toEqual(
      call.does === 'showPicture' ? [undefined, heard.headers['set-cookie']] : [undefined, undefined],
    );
  });
});

describe.each(CLOSED)('$name by $call', (call) => {
  it('says that there is no session to a token nobody has', async () => {
    expect(told(await sayAs(call, 'ybndrfg8ejkmcpqxot1uwisza3'))).toBe(wordsOf(call));
  });

  it('R-59 says it to a live token of another dialect', async () => {
    const { token } = await tokenBy(ofAnother(call));

    expect(told(await sayAs(call, token))).toBe(wordsOf(call));
  });

  it('R-57 says it to a token of its own that has ended', async () => {
    const { token, end } = await tokenBy(ofDialect(call));

    await end();

    expect(told(await sayAs(call, token))).toBe(wordsOf(call));
  });
});

describe('the calls that need a session', () => {
  it('are found in every dialect that has any', () => {
    expect(new Set(CLOSED.map(({ dialect }) => dialect))).toEqual(new Set(['aegisspeed', 'weidu', 'nobase', 'shopxo']));
  });
});
