// Signing in, as the rulebook has it: on a real store, with real hashes, without HTTP.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeDigest, Refusal, Secret, type Stores } from '#core';
import { aMobile, aPassword, aUsername } from '#tests/support/people';
import { asking, callFrom, openTestRulebook, type OpenRulebook, outcomeOf, TERMS } from '#tests/support/rulebook';

let rulebook: OpenRulebook;
beforeAll(async () => {
  rulebook = await openTestRulebook({
    'budgets.names.failures': 100_000,
    'budgets.source.failures': 100_000,
    'budgets.subnet.failures': 100_000,
  });
});
afterAll(() => rulebook.house.close());

/** Signs in from one of the addresses. */
const signIn = (from: number, ...ask: Parameters<typeof asking>) =>
  outcomeOf(rulebook.flows.signInWithPassword(asking(...ask), callFrom(from)));

/** One person with a password. */
async function someone(more: object = {}): Promise<{ username: string; password: string }> {
  const [username, password] = [aUsername(), aPassword()];
  await rulebook.addAccount({ username, password, ...more });
  return { username, password };
}

/** The same stores; which of their methods are called is noted. */
function watched(stores: Stores, touched: string[]): Stores {
  const noting = (name: string, store: object): object =>
    new Proxy(store, {
      get(target, method) {
        touched.push(`${name}.${String(method)}`);
        return Reflect.get(target, method) as unknown;
      },
    });
  return Object.fromEntries(
    Object.entries(stores).map(([name, store]) => [name, noting(name, store as object)]),
  ) as unknown as Stores;
}

/** So many sign-ins with a wrong password, one after the other. */
async function failing(times: number, username: string, from: number): Promise<string[]> {
  const outcomes: string[] = [];
  for (let time = 0; time < times; time += 1) outcomes.push(await signIn(from, username, 'not the password'));
  return outcomes;
}

describe('signing in with a password', () => {
  it('gives a token that is recognised, and keeps only its digest', async () => {
    const { username, password } = await someone();

    const { session, account } = await rulebook.flows.signInWithPassword(asking(username, password), callFrom(1));

    const digest = rulebook.house.digests.ofToken(session.token.reveal());
    expect(await rulebook.house.stores.sessions.find(digest)).toMatchObject({
      session: { accountId: account.id, dialect: 'test' },
      username,
    });
  });

  it('makes a stranger wait a minute after the fifth wrong secret, and not longer', async () => {
    const { username, password } = await someone();

    const outcomes = await failing(6, username, 2);
    rulebook.clock.advance('60s');

    expect(outcomes).toEqual([...Array.from({ length: 5 }, () => 'credentials.mismatch'), 'throttle.account']);
    expect(await signIn(2, username, password)).toBe('signed in');
  });

  it('R-102 charges nobody for an attempt whose client went away before the secret was looked at', async () => {
    const { username, password } = await someone();
    const gone = { ...callFrom(2), isGone: () => true };
    const leave = () => outcomeOf(rulebook.flows.signInWithPassword(asking(username, 'not the password'), gone));

    const outcomes = await Promise.all(Array.from({ length: 10 }, leave));

    expect(outcomes).toEqual(Array.from({ length: 10 }, () => 'server.busy'));
    expect(await signIn(2, username, password)).toBe('signed in');
  });

  it('R-102 reads and writes nothing for whoever is turned away as busy', async () => {
    const { username, password } = await someone();
    const touched: string[] = [];
    const passwords = { ...rulebook.house.passwords, enter: () => Promise.reject(new Refusal('server.busy')) };
    const { flows } = rulebook.rebuilt({ passwords, stores: watched(rulebook.house.stores, touched) });

    const outcome = await outcomeOf(flows.signInWithPassword(asking(username, password), callFrom(40)));

    expect([outcome, touched]).toEqual(['server.busy', []]);
  });

  it('R-28 treats a name nobody has the same way, under every spelling', async () => {
    const username = aUsername();

    const outcomes = await failing(5, username, 3);

    expect(new Set(outcomes)).toEqual(new Set(['account.unknown']));
    expect(await signIn(3, ` ${username.toUpperCase()} `, 'not the password')).toBe('throttle.account');
  });

  it('R-36 lets the owner in from a known source while strangers are locked out', async () => {
    const { username, password } = await someone();
    await signIn(4, username, password);

    await failing(6, username, 5);

    expect(await signIn(6, username, password)).toBe('throttle.account');
    expect(await signIn(4, username, password)).toBe('signed in');
    expect(await signIn(5, username, password)).toBe('throttle.account');
  });

  it('R-29 evaluates no more guesses than are allowed, however many come at once', async () => {
    const { username } = await someone();
    const before = rulebook.house.passwords.stats().verifications;

    const outcomes = await Promise.all(Array.from({ length: 50 }, () => signIn(7, username, 'not the password')));

    expect(rulebook.house.passwords.stats().verifications - before).toBe(5);
    expect(outcomes.filter((outcome) => outcome === 'credentials.mismatch')).toHaveLength(5);
    expect(outcomes.filter((outcome) => outcome === 'throttle.account')).toHaveLength(45);
  });

  it('R-30 lets twenty right sign-ins at once all succeed', async () => {
    const { username, password } = await someone();

    const outcomes = await Promise.all(Array.from({ length: 20 }, () => signIn(8, username, password)));

    expect(outcomes).toEqual(Array.from({ length: 20 }, () => 'signed in'));
  });

  it('R-25 tells status and role only to whoever knows the password', async () => {
    const disabled = await someone({ status: 'disabled' });
    const ordinary = await someone();

    expect(await signIn(9, disabled.username, 'not the password')).toBe('credentials.mismatch');
    expect(await signIn(9, disabled.username, disabled.password)).toBe('account.disabled');
    expect(await signIn(9, ordinary.username, 'not the password', { roles: ['operator'] })).toBe(
      'credentials.mismatch',
    );
    expect(await signIn(9, ordinary.username, ordinary.password, { roles: ['operator'] })).toBe('account.role-missing');
  });

  it('counts a right secret of a disabled account as no failure', async () => {
    const { username, password } = await someone({ status: 'pending' });

    const outcomes = await Promise.all(Array.from({ length: 8 }, () => signIn(10, username, password)));

    expect(new Set(outcomes)).toEqual(new Set(['account.pending']));
  });

  it('renews a hash of another scheme and verifies the password against the new one', async () => {
    const username = aUsername();
    const passwordHash = '$pbkdf2-sha256$i=600000$c2FsdHNhbHRzYWx0c2FsdA$r1YA4pbWfFhFr0mTCGB3oYDk6oV7oKNHcsLhTPjbFsA';
    await rulebook.addAccount({ username, passwordHash });

    const outcome = await signIn(11, username, 'not the password');

    expect(outcome).toBe('credentials.mismatch');
  });
});

describe('signing in where the document looks at the name first', () => {
  const early = { namesBeforeFailures: true } as const;

  it('says that nobody has the name even when the name is locked', async () => {
    const username = aUsername();

    await failing(5, username, 20);

    expect(await signIn(20, username, 'not the password', early)).toBe('account.unknown');
  });

  it('says that a password is none only once somebody has the name', async () => {
    const { username } = await someone();
    const unfit = { ...early, password: new Refusal('password.too-short') };

    expect(await signIn(21, username, '', unfit)).toBe('password.too-short');
    expect(await signIn(21, aUsername(), '', unfit)).toBe('account.unknown');
  });
});

describe('the strict policy', () => {
  const strictly = (from: number, username: string, password: string) =>
    outcomeOf(rulebook.flows.signInWithPassword(asking(username, password), callFrom(from, 'strict')));

  it('R-20 answers everything that would tell about an account alike', async () => {
    const disabled = await someone({ status: 'disabled' });
    const pending = await someone({ status: 'pending' });
    const withoutPassword = aUsername();
    await rulebook.addAccount({ username: withoutPassword });
    const known = await someone();

    const outcomes = [
      await strictly(30, aUsername(), 'whatever it is'),
      await strictly(30, known.username, 'not the password'),
      await strictly(30, withoutPassword, 'whatever it is'),
      await strictly(30, disabled.username, disabled.password),
      await strictly(30, pending.username, pending.password),
    ];

    expect(new Set(outcomes)).toEqual(new Set(['credentials.mismatch']));
  });

  it('answers an unfit password like a wrong one, whoever the name belongs to', async () => {
    const { username } = await someone();
    const ask = (name: string) => asking(name, '', { password: new Refusal('password.too-short') });

    const outcomes = [username, aUsername()].map((name) =>
      outcomeOf(rulebook.flows.signInWithPassword(ask(name), callFrom(31, 'strict'))),
    );

    expect(await Promise.all(outcomes)).toEqual(['credentials.mismatch', 'credentials.mismatch']);
  });
});

describe('signing in with a code', () => {
  const PURPOSE = 'test.login';

  const withCode = (from: number, mobile: string, code: string) =>
    outcomeOf(
      rulebook.flows.signInWithCode(
        {
          claims: [{ kind: 'mobile', text: mobile }],
          code: new Secret(code),
          purpose: PURPOSE,
          session: TERMS,
          client: {},
        },
        callFrom(from),
      ),
    );

  /** Somebody who was sent the code 4711. */
  async function someoneWithCode(): Promise<string> {
    const mobile = aMobile();
    await rulebook.addAccount({ mobile });
    const now = rulebook.clock.now();
    const where = { realm: 'main', purpose: PURPOSE, destination: `mobile:+86${mobile}` };
    const digest = codeDigest(rulebook.house.digests, where, new Secret('4711'));
    await rulebook.house.stores.codes.issue({ ...where, digest, issuedAt: now, expiresAt: now + 600_000, tries: 5 });
    return mobile;
  }

  it('takes the code once', async () => {
    const mobile = await someoneWithCode();

    expect(await withCode(40, mobile, '4711')).toBe('signed in');
    expect(await withCode(40, mobile, '4711')).toBe('code.expired');
  });

  it('R-43 takes it once even when it comes twenty times at the same moment', async () => {
    const mobile = await someoneWithCode();

    const outcomes = await Promise.all(Array.from({ length: 20 }, (_, index) => withCode(50 + index, mobile, '4711')));

    expect(outcomes.filter((outcome) => outcome === 'signed in')).toHaveLength(1);
  });

  it('tells a wrong code from an expired one, and an unknown number from both', async () => {
    const mobile = await someoneWithCode();

    expect(await withCode(41, mobile, '0815')).toBe('code.mismatch');
    rulebook.clock.advance('11m');
    expect(await withCode(41, mobile, '4711')).toBe('code.expired');
    expect(await withCode(41, aMobile(), '4711')).toBe('account.unknown');
  });
});

describe('a fault while the secret is examined', () => {
  it('gives the reservation back', async () => {
    const { username, password } = await someone();
    const died = () => Promise.reject(new Error('the thread died'));
    const place = { verify: died, hash: died, leave: () => undefined };
    const passwords = { ...rulebook.house.passwords, enter: () => Promise.resolve(place) };
    const { flows } = rulebook.rebuilt({ passwords });

    const faults = await Promise.allSettled(
      Array.from({ length: 7 }, () => flows.signInWithPassword(asking(username, password), callFrom(60))),
    );

    expect(faults.map(({ status }) => status)).toEqual(Array.from({ length: 7 }, () => 'rejected'));
    expect(await signIn(60, username, password)).toBe('signed in');
  });
});
