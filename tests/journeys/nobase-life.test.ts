// One user's way through every call of NoBase, whole answer by whole answer: with an application that checks tokens, and with one that does not.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { aPassword, aUsername, anEmail } from '../support/people.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { type Heard, talk } from '../support/talk.ts';

/** 2025-06-12 17:16:31 in Shanghai. */
const NOW = Date.UTC(2025, 5, 12, 9, 16, 31);
const WEEK_SECONDS = 7 * 24 * 60 * 60;
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
  server.clock.advance(`${(NOW - server.clock.now()) / 1000}s`);
});
afterAll(() => server.close());

type Fields = Readonly<Record<string, string>>;

const told = ({ status, body }: Heard): string => `${status} ${body}`;
const success = (data: unknown): string => `200 ${JSON.stringify({ code: 200, msg: 'success', data })}`;
const failure = (data: string): string => `200 ${JSON.stringify({ code: 400, msg: 'fail', data })}`;
const tokenOf = ({ body }: Heard): string => (JSON.parse(body) as { data: { token: string } }).data.token;

/** A client of an application, in each of the three ways its document knows. */
class Client {
  readonly #app: Fields;

  constructor(app: { readonly id: string; readonly signature: string }) {
    this.#app = { appid: app.id, signature: app.signature };
  }

  get(call: string, fields: Fields): Promise<Heard> {
    const query = new URLSearchParams({ ...this.#app, ...fields }).toString();
    return talk(server.port, { method: 'GET', path: `/api/user/${call}?${query}` });
  }

  form(call: string, fields: Fields): Promise<Heard> {
    const body = new URLSearchParams({ ...this.#app, ...fields }).toString();
    return talk(server.port, { path: `/api/user/${call}`, headers: FORM, body });
  }

  json(call: string, fields: Fields): Promise<Heard> {
    return talk(server.port, { path: `/api/user/${call}`, body: JSON.stringify({ ...this.#app, ...fields }) });
  }
}

/** Somebody as a login tells of them on their first day. */
const newcomer = (user: string, email: string) => ({
  username: user,
  nickname: '顾江',
  qq: '10001',
  useremail: email,
  exp: 0,
  grade: 0,
  title: 'Not equipped',
  createtime: '2025-06-12 17:16:31',
  logintime: '2025-06-12 17:16:31',
  viptime: 'Not activated',
  Continuous: 0,
  piastrenum: 0,
  likes: 0,
  Continuouslogin: 0,
  signature: 'This user is too lazy to leave a signature',
  icon: 'https://pictures.example.org/1.png',
  foll: 0,
  fans: 0,
  forum: 0,
  sex: 1,
});

const INVALID = failure('The token is invalid or has expired');

interface Somebody {
  readonly user: string;
  readonly pass: string;
}

/** How an application's clients say who asks, and what name and password are answered there. */
interface Mode {
  readonly name: string;
  readonly demandsToken: boolean;
  readonly who: (token: string, somebody: Somebody) => Fields;
  readonly byPassword: (data: object) => string;
}

const MODES: readonly Mode[] = [
  {
    name: 'checks tokens',
    demandsToken: true,
    who: (token) => ({ token }),
    byPassword: () => failure('Parameter error: token is missing or malformed'),
  },
  {
    name: 'takes name and password as well',
    demandsToken: false,
    who: (_, { user, pass }) => ({ user, pass }),
    byPassword: success,
  },
];

describe.each(MODES)('a user of an application that $name', ({ demandsToken, who, byPassword }) => {
  it('registers, signs in three ways, checks in, signs, changes the password, and signs out', async () => {
    const [user, pass, next, email] = [aUsername(), aPassword(), aPassword(), anEmail()];
    const client = new Client(await server.addApp({ id: `app-${demandsToken}`, demandsToken }));
    const as = (token: string): Fields => who(token, { user, pass });

    const about = { nickname: '顾江', qq: '10001', email, imag: 'https://pictures.example.org/1.png' };
    const joined = await client.form('register', { user, pass, ...about });
    const entered = [
      await client.get('login', { user, pass }),
      await client.form('login', { user, pass }),
      await client.json('login', { user, pass }),
    ];
    const [first = '', second = '', third = ''] = entered.map(tokenOf);
    const acts = [
      await client.get('data', as(first)),
      await client.form('signin', as(second)),
      await client.json('signin', as(third)),
      await client.form('update_sign', { ...as(third), sign: '慢慢来' }),
      await client.form('data', as(first)),
    ];
    const withPassword = await client.form('data', { user, pass });
    const changed = await client.form('new_pass', { user, pass, new_pass: next, token: third });
    const ended = [await client.form('data', { token: first }), await client.form('data', { token: second })];
    const goesOn = await client.form('data', { token: third });
    const old = await client.form('login', { user, pass });
    const out = [await client.form('logout', { token: third }), await client.form('data', { token: third })];
    const again = await client.json('login', { user, pass: next });

    const whole = newcomer(user, email);
    const token_dead = NOW / 1000 + WEEK_SECONDS;
    const checkedIn = { ...whole, exp: 5, Continuous: 1, piastrenum: 1, signature: '慢慢来' };
    expect(told(joined)).toBe(success('Registered'));
    expect(entered.map(told)).toEqual([first, second, third].map((token) => success({ ...whole, token, token_dead })));
    expect(acts.map(told)).toEqual([
      success(whole),
      success('Checked in!'),
      success('Checked in today already!'),
      success('Updated'),
      success(checkedIn),
    ]);
    expect(told(withPassword)).toBe(byPassword(checkedIn));
    expect(told(changed)).toBe(success('Updated'));
    expect(ended.map(told)).toEqual([INVALID, INVALID]);
    expect(told(goesOn)).toBe(success(checkedIn));
    expect(told(old)).toBe(failure('Password error'));
    expect(out.map(told)).toEqual([success('Logged out'), INVALID]);
    expect(told(again)).toBe(success({ ...checkedIn, token: tokenOf(again), token_dead }));
  });
});
