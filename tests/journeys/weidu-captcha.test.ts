// A person under suspicion: weidu wants a captcha_token, and who solves a challenge of ours gets one.
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { type Challenge, solveChallenge } from 'altcha-lib';
import { aMobile, aPassword } from '#tests/support/people';
import { Mailbox } from '#tests/support/mailbox';
import { startServer, type TestServer } from '#tests/support/server';
import { type Heard, talk, talkJson } from '#tests/support/talk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const DUE = '{"code":40020,"result":"行为验证码错误"}';
const WRONG = '{"code":40013,"result":"密码错误"}';

let server: TestServer;
beforeAll(async () => {
  const roomy = { 'budgets.subnet.failures': 10_000, 'codes.subnet.perHour': 10_000 };
  server = await startServer({ couriers: new Mailbox(), settings: { ...roomy, 'challenges.workRounds': 100 } });
});
afterAll(() => server.close());

/** Every test speaks from an address of its own, so that no suspicion is inherited. */
let addresses = 1;
const anAddress = (): string => `127.0.1.${(addresses += 1)}`;

interface Person {
  readonly mobile: string;
  readonly password: string;
}

async function somebody(): Promise<Person> {
  const person = { mobile: aMobile(), password: aPassword() };
  await server.addAccount({ ...person });
  return person;
}

const post = (act: string, fields: object, from: string): Promise<Heard> =>
  talk(server.port, { path: `/weidu/api/v1/users/${act}`, body: JSON.stringify(fields), from });

const login = ({ mobile, password }: Person, from: string, captcha_token?: unknown): Promise<Heard> =>
  post('login', { login_id: mobile, password, captcha_token }, from);

/** Three wrong passwords, one after the other. */
async function arouseSuspicion(person: Person, from: string): Promise<readonly string[]> {
  const wrong = { ...person, password: 'not the password' };
  return [(await login(wrong, from)).body, (await login(wrong, from)).body, (await login(wrong, from)).body];
}

/** The answer to a challenge, worked out as the widget does. */
async function solved(purpose: string): Promise<{ readonly captcha_id: string; readonly captcha_answer: string }> {
  const posed = await talkJson(server.port, '/api/v1/challenges', { purpose, kind: 'proof-of-work' });
  const { id, task } = JSON.parse(posed.body) as { readonly id: string; readonly task: Challenge };
  const solution = await solveChallenge({ challenge: task, deriveKey });
  const payload = JSON.stringify({ challenge: task, solution });
  return { captcha_id: id, captcha_answer: Buffer.from(payload).toString('base64') };
}

async function tokenFor(purpose: string): Promise<string> {
  const { body } = await post('behavior/verification', await solved(purpose), anAddress());
  return (JSON.parse(body) as { readonly captcha_token: string }).captcha_token;
}

const verifications = (): number => {
  const { verifications: ofAccounts, decoys } = server.house.passwords.stats();
  return ofAccounts + decoys;
};

describe('a person under suspicion', () => {
  it('logs in with the token of a challenge that was passed, which is good once', async () => {
    const [person, from] = [await somebody(), anAddress()];
    const before = await arouseSuspicion(person, from);

    const without = await login(person, from);
    const token = await tokenFor('weidu.login');
    const within = await login(person, from, token);

    expect([before, without.body]).toEqual([[WRONG, WRONG, WRONG], DUE]);
    expect(token).toMatch(/^[a-z0-9]{26}$/);
    expect(JSON.parse(within.body)).toMatchObject({ code: 200 });
  });

  it('R-40 gets no password looked at with a token that is missing, wrong, of another purpose, used or expired', async () => {
    const [person, from] = [await somebody(), anAddress()];
    await arouseSuspicion(person, from);
    const used = await tokenFor('weidu.login');
    await login({ ...person, password: 'wrong again' }, from, used);
    const [expired, foreign] = [await tokenFor('weidu.login'), await tokenFor('weidu.sms')];
    server.clock.advance('301s');
    const before = verifications();

    const heard = [
      await login(person, from),
      await login(person, from, ''),
      await login(person, from, null),
      await login(person, from, 'ybndrfg8ejkmcpqxot1uwisza3'),
      await login(person, from, used),
      await login(person, from, expired),
      await login(person, from, foreign),
      await login(person, from, ['x']),
    ];

    expect(heard.slice(0, -1).map(({ body }) => body)).toEqual(Array(7).fill(DUE));
    expect(heard.at(-1)?.body).toBe('{"code":4000,"result":"Invalid input params: captcha_token"}');
    expect(verifications() - before).toBe(0);
  });

  it('R-40 gets one password looked at with one token, though twenty come with it at once', async () => {
    const [person, from] = [await somebody(), anAddress()];
    await arouseSuspicion(person, from);
    const token = await tokenFor('weidu.login');
    const before = verifications();

    const heard = await Promise.all(Array.from({ length: 20 }, () => login(person, from, token)));

    expect(verifications() - before).toBe(1);
    expect(heard.filter(({ body }) => body === DUE)).toHaveLength(19);
  });

  it('R-28 is asked alike whether anybody has the name or not, and from wherever', async () => {
    const [known, unknown] = [await somebody(), { mobile: aMobile(), password: aPassword() }];
    await arouseSuspicion(known, anAddress());
    await arouseSuspicion(unknown, anAddress());

    const heard = [await login(known, anAddress()), await login(unknown, anAddress())];

    expect(heard.map(({ body }) => body)).toEqual([DUE, DUE]);
  });

  it('R-36 is not brought under it by strangers where they logged in before', async () => {
    const [person, home] = [await somebody(), anAddress()];
    await login(person, home);
    await arouseSuspicion(person, anAddress());

    expect(JSON.parse((await login(person, home)).body)).toMatchObject({ code: 200 });
  });

  it('gets codes by short message with a token of that purpose only', async () => {
    const [person, from] = [await somebody(), anAddress()];
    await arouseSuspicion(person, from);
    const { mobile } = person;
    const [ofLogin, ofSms] = [await tokenFor('weidu.login'), await tokenFor('weidu.sms')];

    const heard = [
      await post('mobile/sms', { mobile }, from),
      await post('mobile/sms', { mobile, captcha_token: ofLogin }, from),
      await post('mobile/sms', { mobile, captcha_token: ofSms }, from),
      await post('mobile/sms', { mobile: aMobile(), captcha_token: ofSms }, from),
    ];

    expect(heard.map(({ body }) => body)).toEqual([DUE, DUE, '{"code":200,"result":"ok"}', DUE]);
  });
});

describe('an answer to a challenge', () => {
  it('R-40 is worth a token once', async () => {
    const answer = await solved('weidu.login');

    const heard = await Promise.all(
      Array.from({ length: 20 }, () => post('behavior/verification', answer, anAddress())),
    );

    expect(heard.filter(({ body }) => body !== DUE)).toHaveLength(1);
  });
});
