// Who has to pass a challenge, and what is accepted: on a real store, with real hashes, without HTTP.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AskOf, type ChallengeAsk, Secret } from '#core';
import { aPassword, aUsername } from '#tests/support/people';
import { asking, callFrom, openTestRulebook, type OpenRulebook, outcomeOf } from '#tests/support/rulebook';
import type { NotedRandomness } from '#tests/support/test-machine';

let rulebook: OpenRulebook;
let randomness: NotedRandomness;
beforeAll(async () => {
  rulebook = await openTestRulebook({ 'budgets.subnet.failures': 100_000, 'challenges.perMinute': 10_000 });
  randomness = rulebook.house.randomness as NotedRandomness;
});
afterAll(() => rulebook.house.close());

const PURPOSE = 'test.login';

/** What a form with a field for a picture says. */
const pictured = (holder: string, answer?: string, policy: ChallengeAsk['policy'] = 'always'): ChallengeAsk => ({
  policy,
  purpose: PURPOSE,
  given: { kind: 'picture', holder, answer: answer === undefined ? undefined : new Secret(answer) },
});

/** What a form with a field for a token says. */
const tokened = (token?: string, policy: ChallengeAsk['policy'] = 'afterFailures'): ChallengeAsk => ({
  policy,
  purpose: PURPOSE,
  given: { kind: 'token', token: token === undefined ? undefined : new Secret(token) },
});

type Ask = Partial<AskOf<'signInWithPassword'>>;

const signIn = (from: number, person: Person, more: Ask) =>
  outcomeOf(rulebook.flows.signInWithPassword(asking(person.username, person.password, more), callFrom(from)));

interface Person {
  readonly username: string;
  readonly password: string;
}

async function someone(): Promise<Person> {
  const person = { username: aUsername(), password: aPassword() };
  await rulebook.addAccount({ ...person });
  return person;
}

const WRONG = 'not the password';
const wrong = ({ username }: Person): Person => ({ username, password: WRONG });

/** So many wrong passwords, each from another address. */
async function failingFrom(addresses: readonly number[], person: Person): Promise<void> {
  for (const from of addresses) await signIn(from, wrong(person), {});
}

/** A picture for the holder; what it says. */
async function picture(holder: string, more: Partial<AskOf<'showPicture'>> = {}): Promise<string> {
  const ask = { purpose: PURPOSE, holder, length: 4, tries: 5, lifeSeconds: 600, ...more };
  await rulebook.flows.showPicture(ask, callFrom(1));
  return randomness.lastOf(4);
}

/** How many secrets were hashed or compared so far, decoys included. */
function looks(): number {
  const { decoys, hashes, verifications } = rulebook.house.passwords.stats();
  return decoys + hashes + verifications;
}

const tallied = (outcomes: readonly string[]) => Object.groupBy(outcomes, (outcome) => outcome);

describe('a form that has to show a picture', () => {
  it('lets in whoever has read it, whatever the letter case and width', async () => {
    const person = await someone();

    const letters = await picture('reader');
    const typed = letters.toLowerCase().replaceAll('2', '\uff12');

    expect(await signIn(1, person, { challenge: pictured('reader', ` ${typed}`) })).toBe('signed in');
  });

  it.each<[string, (right: string) => ChallengeAsk]>([
    ['challenge.missing', () => pictured('holder')],
    ['challenge.mismatch', () => pictured('holder', '1111')],
    ['challenge.expired', (right) => pictured('somebody else', right)],
    ['challenge.expired', (right) => ({ ...pictured('holder', right), purpose: 'test.other' })],
  ])('R-40 answers %s before any secret is looked at', async (code, challengeFor) => {
    const person = await someone();
    const right = await picture('holder');
    const before = looks();

    const outcome = await signIn(1, person, { challenge: challengeFor(right) });

    expect(outcome).toBe(code);
    expect(looks()).toBe(before);
  });

  it('R-40 takes no picture after its time, nor after five submissions', async () => {
    const person = await someone();
    const late = await picture('late');
    rulebook.clock.advance('600s');
    const tried = await picture('tried');
    const wrongs: string[] = [];
    for (let time = 0; time < 5; time += 1)
      wrongs.push(await signIn(1, person, { challenge: pictured('tried', '1111') }));

    expect(new Set(wrongs)).toEqual(new Set(['challenge.mismatch']));
    expect(await signIn(1, person, { challenge: pictured('tried', tried) })).toBe('challenge.expired');
    expect(await signIn(1, person, { challenge: pictured('late', late) })).toBe('challenge.expired');
  });

  it('keeps the picture over a wrong password, and uses it up with the right one', async () => {
    const person = await someone();
    const challenge = pictured('clumsy', await picture('clumsy'));

    const outcomes: string[] = [];
    for (const who of [wrong(person), person, person]) outcomes.push(await signIn(1, who, { challenge }));

    expect(outcomes).toEqual(['credentials.mismatch', 'signed in', 'challenge.expired']);
  });

  it('R-40 lets one of twenty in who send the same picture at once, and looks at five secrets at most', async () => {
    const person = await someone();
    const challenge = pictured('crowd', await picture('crowd'));
    const before = looks();

    const outcomes = await Promise.all(Array.from({ length: 20 }, () => signIn(1, person, { challenge })));

    const { 'signed in': winners, 'challenge.expired': losers } = tallied(outcomes);
    expect([winners?.length, losers?.length]).toEqual([1, 19]);
    expect(looks() - before).toBeLessThanOrEqual(5);
  });

  it('R-40 looks at no secret while a flood of wrong pictures goes on', async () => {
    const person = await someone();
    await picture('flood');
    const before = looks();

    const challenge = pictured('flood', '1111');
    const outcomes = await Promise.all(Array.from({ length: 200 }, () => signIn(1, person, { challenge })));

    expect(tallied(outcomes)['challenge.mismatch']?.length).toBe(5);
    expect(looks()).toBe(before);
  });

  it('tells an unknown name first where the document does, without a hash for it', async () => {
    const before = looks();

    const outcome = await signIn(
      40,
      { username: aUsername(), password: WRONG },
      { namesBeforeFailures: true, challenge: pictured('stranger') },
    );

    expect(outcome).toBe('account.unknown');
    expect(looks()).toBe(before);
  });
});

describe('a dialect that demands challenges after failures', () => {
  it('demands one from the fourth attempt of a source on, whomever it tries', async () => {
    const [one, another] = [await someone(), await someone()];
    const challenge = pictured('suspect', undefined, 'afterFailures');

    const outcomes: string[] = [];
    for (const who of [wrong(one), wrong(another), wrong(one), another])
      outcomes.push(await signIn(50, who, { challenge }));

    expect(outcomes).toEqual([
      'credentials.mismatch',
      'credentials.mismatch',
      'credentials.mismatch',
      'challenge.missing',
    ]);
    expect(await signIn(51, one, { challenge: pictured('bystander', undefined, 'afterFailures') })).toBe('signed in');
  });

  it('tells the form beforehand, and whoever met one by surprise wherever they come from next', async () => {
    const person = await someone();
    const challenge = pictured('surprised', undefined, 'afterFailures');
    const isDue = async (from: number) =>
      (await rulebook.flows.describeSignIn({ challenge }, callFrom(from))).isChallengeDue;
    const atFirst = await isDue(60);
    for (let time = 0; time < 4; time += 1) await signIn(60, wrong(person), { challenge });

    const afterwards = [await isDue(60), await isDue(61)];
    await signIn(61, person, { challenge: pictured('surprised', await picture('surprised'), 'afterFailures') });

    expect([atFirst, ...afterwards]).toEqual([false, true, true]);
    expect(await isDue(61)).toBe(false);
  });

  it('never demands a picture for the failures of an account: a form that never drew the field must not need it', async () => {
    const person = await someone();
    await failingFrom([71, 72, 73], person);

    expect(await signIn(74, person, { challenge: pictured('unsuspecting', undefined, 'afterFailures') })).toBe(
      'signed in',
    );
  });

  it('R-28 demands a token for a name with failures, whether or not somebody has it', async () => {
    const [known, unknown] = [await someone(), { username: aUsername(), password: WRONG }];
    const sequence = async (person: Person, from: number): Promise<string[]> => {
      const outcomes: string[] = [];
      for (let time = 0; time < 6; time += 1)
        outcomes.push(await signIn(from + time, wrong(person), { challenge: tokened() }));
      return outcomes.map((outcome) => (outcome === 'account.unknown' ? 'credentials.mismatch' : outcome));
    };

    const [ofKnown, ofUnknown] = [await sequence(known, 80), await sequence(unknown, 90)];

    expect(ofKnown.slice(2)).toEqual([
      'credentials.mismatch',
      'challenge.missing',
      'challenge.missing',
      'challenge.missing',
    ]);
    expect(ofUnknown).toEqual(ofKnown);
  });

  it('R-36 asks the owner for nothing at home, whatever strangers did', async () => {
    const person = await someone();
    await signIn(100, person, {});
    await failingFrom([101, 102, 103], person);

    expect(await signIn(104, person, { challenge: tokened() })).toBe('challenge.missing');
    expect(await signIn(100, person, { challenge: tokened() })).toBe('signed in');
  });

  it('never demands one where the dialect says never', async () => {
    const person = await someone();
    await failingFrom([110, 110, 110], person);

    expect(await signIn(110, person, { challenge: tokened(undefined, 'never') })).toBe('signed in');
  });
});

describe('pictures asked for in numbers', () => {
  it('R-42 draws thirty a minute for one source, and as many for the next', async () => {
    const patient = await openTestRulebook();
    const show = (from: number) =>
      patient.flows
        .showPicture({ purpose: PURPOSE, holder: 'many', length: 4, tries: 5, lifeSeconds: 600 }, callFrom(from))
        .then(
          () => 'shown',
          (reason: { code: string }) => reason.code,
        );

    const shown = await Promise.all(Array.from({ length: 40 }, () => show(1)));
    const another = await show(2);
    patient.clock.advance('60s');

    expect([tallied(shown)['shown']?.length, tallied(shown)['challenge.too-many']?.length]).toEqual([30, 10]);
    expect([another, await show(1)]).toEqual(['shown', 'shown']);
    await patient.house.close();
  });
});
