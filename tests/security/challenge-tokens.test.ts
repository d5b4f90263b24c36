// Posing challenges and passing them: pictures, work, and a provider that is asked over HTTP.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Challenge, solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AskOf, type ChallengeAsk, type OutcomeOf, Refusal, Secret } from '#core';
import { aPassword, aUsername } from '#tests/support/people';
import { asking, callFrom, openTestRulebook, type OpenRulebook, outcomeOf } from '#tests/support/rulebook';
import type { NotedRandomness } from '#tests/support/test-machine';

const PURPOSE = 'test.login';

type Posed = OutcomeOf<'poseChallenge'>;

const pose = ({ flows }: OpenRulebook, ask: Partial<AskOf<'poseChallenge'>> = {}): Promise<Posed> =>
  flows.poseChallenge({ purpose: PURPOSE, ...ask }, callFrom(1));

/** The token an answer is worth, or why it is worth none. */
async function pass({ flows }: OpenRulebook, id: string, answer: string): Promise<string> {
  try {
    return (await flows.passChallenge({ id, answer: new Secret(answer) }, callFrom(1))).token.reveal();
  } catch (reason) {
    if (reason instanceof Refusal) return reason.code;
    throw reason;
  }
}

/** What a picture that was just posed says. */
const letters = ({ house }: OpenRulebook): string => (house.randomness as NotedRandomness).lastOf(6);

const TOKEN = /^[a-z0-9]{26}$/;

describe('a picture that is answered for a token', () => {
  let rulebook: OpenRulebook;
  beforeAll(async () => {
    rulebook = await openTestRulebook({ 'challenges.perMinute': 10_000 });
  });
  afterAll(() => rulebook.house.close());

  const signIn = async (token: string, purpose = PURPOSE) => {
    const person = { username: aUsername(), password: aPassword() };
    await rulebook.addAccount(person);
    const given = { kind: 'token', token: new Secret(token) } as const;
    const challenge: ChallengeAsk = { policy: 'always', purpose, given };
    return outcomeOf(
      rulebook.flows.signInWithPassword(asking(person.username, person.password, { challenge }), callFrom(1)),
    );
  };

  it('is worth 26 letters, good once', async () => {
    const { id, shown } = await pose(rulebook);
    const token = await pass(rulebook, id, letters(rulebook));

    expect(shown.kind).toBe('picture');
    expect(token).toMatch(TOKEN);
    expect([await signIn(token), await signIn(token)]).toEqual(['signed in', 'challenge.expired']);
  });

  it('R-40 is burned by any answer, though twenty come at once', async () => {
    const { id } = await pose(rulebook);
    const right = letters(rulebook);
    const wrongFirst = await pose(rulebook);
    const rightSecond = letters(rulebook);

    const answers = await Promise.all(Array.from({ length: 20 }, () => pass(rulebook, id, right)));
    const second = [await pass(rulebook, wrongFirst.id, '111111'), await pass(rulebook, wrongFirst.id, rightSecond)];

    expect(answers.filter((answer) => TOKEN.test(answer))).toHaveLength(1);
    expect(answers.filter((answer) => answer === 'challenge.expired')).toHaveLength(19);
    expect(second).toEqual(['challenge.mismatch', 'challenge.expired']);
  });

  it('R-40 gives one of twenty who bring the same token its worth', async () => {
    const { id } = await pose(rulebook);
    const token = await pass(rulebook, id, letters(rulebook));

    const outcomes = await Promise.all(Array.from({ length: 20 }, () => signIn(token)));

    expect(outcomes.filter((outcome) => outcome === 'signed in')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'challenge.expired')).toHaveLength(19);
  });

  it('R-40 is good for nothing but its purpose, and for no longer than its time', async () => {
    const { id } = await pose(rulebook);
    const elsewhere = await pass(rulebook, id, letters(rulebook));
    const next = await pose(rulebook);
    const late = await pass(rulebook, next.id, letters(rulebook));
    const forged = (await pose(rulebook)).id.replace(PURPOSE, 'test.other');
    const forgery = await pass(rulebook, forged, letters(rulebook));
    const outcome = await signIn(elsewhere, 'test.other');
    rulebook.clock.advance('300s');

    expect([outcome, await signIn(late), forgery]).toEqual([
      'challenge.expired',
      'challenge.expired',
      'challenge.expired',
    ]);
  });

  it.each(['', 'picture', 'picture:test.login:short', 'hosted:test.login:abcdefghijklmnopqrstuvwxyz', '\u0000'])(
    'knows no challenge %j',
    async (id) => {
      expect(await pass(rulebook, id, 'anything')).toBe('challenge.expired');
    },
  );

  it('is the only kind there is, where the operator says so', async () => {
    const strict = await openTestRulebook({ 'challenges.kinds': ['picture'] });

    const asked = pose(strict, { kind: 'proof-of-work' });

    await expect(asked).rejects.toMatchObject({ code: 'input.malformed' });
    await strict.house.close();
  });
});

describe('work that is done for a token', () => {
  let rulebook: OpenRulebook;
  beforeAll(async () => {
    rulebook = await openTestRulebook({ 'challenges.workRounds': 100 });
  });
  afterAll(() => rulebook.house.close());

  const taskOf = ({ shown }: Posed): Challenge => {
    if (shown.kind !== 'proof-of-work') throw new Error('no work was posed');
    return shown.task as unknown as Challenge;
  };

  /** What the widget sends once it has solved the task. */
  async function solved(challenge: Challenge, as: Challenge = challenge): Promise<string> {
    const solution = await solveChallenge({ challenge, deriveKey });
    return Buffer.from(JSON.stringify({ challenge: as, solution })).toString('base64');
  }

  it('R-41 is an alternative for those who cannot read pictures, and is paid once', async () => {
    const posed = await pose(rulebook, { kind: 'proof-of-work' });
    const answer = await solved(taskOf(posed));

    const answers = await Promise.all(Array.from({ length: 20 }, () => pass(rulebook, posed.id, answer)));

    expect(answers.filter((text) => TOKEN.test(text))).toHaveLength(1);
  });

  it('is not paid for the work of another challenge, nor for a task somebody made easier', async () => {
    const [one, other, third] = [
      await pose(rulebook, { kind: 'proof-of-work' }),
      await pose(rulebook, { kind: 'proof-of-work' }),
      await pose(rulebook, { kind: 'proof-of-work' }),
    ];
    const stolen = await pass(rulebook, one.id, await solved(taskOf(other)));
    const task = taskOf(third);
    const easy = { ...task, parameters: { ...task.parameters, cost: 1, keyPrefix: '0' } };

    expect(stolen).toBe('challenge.mismatch');
    expect(await pass(rulebook, third.id, await solved(easy))).toBe('challenge.mismatch');
  });

  it.each([
    '',
    'not base64',
    Buffer.from('null').toString('base64'),
    Buffer.from('{"challenge":{},"solution":{}}').toString('base64'),
  ])('is not paid for %j', async (answer) => {
    const { id } = await pose(rulebook, { kind: 'proof-of-work' });

    expect(await pass(rulebook, id, answer)).toBe('challenge.mismatch');
  });

  it('is not paid for a task with no solution to speak of', async () => {
    const posed = await pose(rulebook, { kind: 'proof-of-work' });
    const solution = { counter: -1, derivedKey: '00' };
    const answer = Buffer.from(JSON.stringify({ challenge: taskOf(posed), solution })).toString('base64');

    expect(await pass(rulebook, posed.id, answer)).toBe('challenge.mismatch');
  });
});

describe('a challenge that a provider judges', () => {
  let provider: Server;
  let heard: Record<string, string>[];
  let verdict: { readonly status: number; readonly body: string };
  let rulebook: OpenRulebook;
  const portOf = (): number => (provider.address() as AddressInfo).port;

  beforeEach(async () => {
    heard = [];
    verdict = { status: 200, body: '{"success":true}' };
    provider = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        heard.push(Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString())));
        response.writeHead(verdict.status, { 'content-type': 'application/json', location: '/elsewhere' });
        response.end(verdict.body);
      });
    });
    await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
    rulebook = await openTestRulebook({
      'challenges.kinds': ['hosted', 'picture'],
      'challenges.hosted.siteKey': 'site-1',
      'challenges.hosted.secret': 'provider-secret-of-a-test',
      'challenges.hosted.url': `http://127.0.0.1:${portOf()}/turnstile/v0/siteverify`,
    });
  });
  afterEach(async () => {
    await rulebook.house.close();
    provider.closeAllConnections();
    provider.close();
  });

  it('is shown with the key of the site, and passed when the provider says so', async () => {
    const { id, shown } = await pose(rulebook);

    const token = await pass(rulebook, id, 'answer-of-the-widget');

    expect(shown).toEqual({ kind: 'hosted', provider: 'turnstile', siteKey: 'site-1' });
    expect(token).toMatch(TOKEN);
    expect(heard).toEqual([
      { secret: 'provider-secret-of-a-test', response: 'answer-of-the-widget', remoteip: '192.0.2.1' },
    ]);
  });

  it('is not passed when the provider says no, and asked about once', async () => {
    verdict = { status: 200, body: '{"success":false,"error-codes":["timeout-or-duplicate"]}' };
    const { id } = await pose(rulebook);

    const answers = [await pass(rulebook, id, 'wrong'), await pass(rulebook, id, 'wrong')];

    expect(answers).toEqual(['challenge.mismatch', 'challenge.expired']);
    expect(heard).toHaveLength(1);
    expect((await pose(rulebook)).shown.kind).toBe('hosted');
  });

  it.each([
    { status: 503, body: '' },
    { status: 302, body: '' },
    { status: 200, body: 'no JSON' },
    { status: 200, body: 'null' },
    { status: 200, body: '{"success":"true"}' },
    { status: 200, body: '{"success":false,"error-codes":["internal-error"]}' },
    { status: 200, body: '{"success":false,"error-codes":["invalid-input-secret"]}' },
  ])('is never passed by an answer that is no judgement (%j), and gives way to a picture', async (answer) => {
    verdict = answer;
    const { id } = await pose(rulebook);

    const outcome = await pass(rulebook, id, 'answer');
    const kinds = [(await pose(rulebook)).shown.kind, (await pose(rulebook, { kind: 'hosted' })).shown.kind];
    rulebook.clock.advance('60s');

    expect(outcome).toBe('challenge.expired');
    expect(kinds).toEqual(['picture', 'picture']);
    expect((await pose(rulebook)).shown.kind).toBe('hosted');
  });

  it('gives way to a picture when nobody answers at all', async () => {
    const { id } = await pose(rulebook);
    provider.close();
    provider.closeAllConnections();

    expect(await pass(rulebook, id, 'answer')).toBe('challenge.expired');
    expect((await pose(rulebook)).shown.kind).toBe('picture');
  });
});
