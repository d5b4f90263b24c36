// Locks hold across processes: those that die, and those that work on one database side by side.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { describe, expect, it } from 'vitest';

import { ChildServer, plainEnvironment, understudy } from '../support/child-server.ts';
import { aPassword, aUsername } from '../support/people.ts';
import { newFolder } from '../support/run-folder.ts';
import { type Heard, talkJson } from '../support/talk.ts';
import { times } from './world.ts';

interface Known {
  readonly username: string;
  readonly password: string;
}

async function aPerson(dataDir: string): Promise<Known> {
  const person = { username: aUsername(), password: aPassword() };
  const args = ['account', 'add', '--username', person.username, '--password-stdin'];
  const { code, err } = await understudy(args, { dataDir, input: person.password });
  if (code !== 0) throw new Error(err);
  return person;
}

const signIn = ({ port }: ChildServer, { username, password }: Known): Promise<Heard> =>
  talkJson(port, '/weidu/api/v1/users/login', { login_id: username, password });

const [WRONG, LOCKED] = [40013, 40021];
const codeOf = ({ body }: Heard): number => (JSON.parse(body) as { code: number }).code;

const ROUNDS = 5;
const PEOPLE = 4;

describe('killing the server after the fourth of five wrong passwords', () => {
  it('R-38 locks the account at the fifth all the same', { timeout: 180_000 }, async () => {
    const dataDir = newFolder('data');
    const env = {
      UNDERSTUDY_BUDGETS_SOURCE_FAILURES: '10000',
      UNDERSTUDY_BUDGETS_NAMES_FAILURES: '10000',
      UNDERSTUDY_DIALECTS_WEIDU_CAPTCHA: 'never',
    };
    const people = await Promise.all(
      (await times(PEOPLE * ROUNDS, async (round) => round)).map(() => aPerson(dataDir)),
    );
    let server = await ChildServer.start([], { dataDir, env });
    const outcomes = await times(ROUNDS, async (round) => {
      const victims = people.slice((round - 1) * PEOPLE, round * PEOPLE);
      const guess = ({ username }: Known) => signIn(server, { username, password: 'wrong-password' });
      for (const victim of victims) await times(4, () => guess(victim));
      await server.kill();
      server = await ChildServer.start([], { dataDir, env });
      const fifth = await Promise.all(victims.map(guess));
      const right = await Promise.all(victims.map((victim) => signIn(server, victim)));
      return { fifth: fifth.map(codeOf), right: right.map(codeOf) };
    });

    const expected = { fifth: Array(PEOPLE).fill(WRONG), right: Array(PEOPLE).fill(LOCKED) };
    expect(outcomes).toEqual(Array.from({ length: ROUNDS }, () => expected));
  });
});

interface Guesses {
  readonly verifications: number;
  readonly outcomes: readonly string[];
}

/** Another process that is about to guess; it begins when told to. */
async function aGuesser(dataDir: string, username: string): Promise<() => Promise<Guesses>> {
  const program = join(import.meta.dirname, 'guesser-process.ts');
  const child = spawn(process.execPath, [program, dataDir, username], {
    env: plainEnvironment(),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  await lines.next();
  return async () => {
    const ended = once(child, 'close');
    child.stdin.write('go\n');
    const { value } = await lines.next();
    await ended;
    return JSON.parse(value ?? '') as Guesses;
  };
}

describe('two processes on one database', () => {
  it('R-29 look at five of four hundred guesses together', { timeout: 120_000 }, async () => {
    const dataDir = newFolder('data');
    const { username } = await aPerson(dataDir);
    const guessers = await Promise.all([aGuesser(dataDir, username), aGuesser(dataDir, username)]);

    const guesses = await Promise.all(guessers.map((begin) => begin()));

    const looked = guesses.map(({ verifications }) => verifications);
    expect(looked.reduce((sum, each) => sum + each)).toBe(5);
    expect(new Set(guesses.flatMap(({ outcomes }) => outcomes))).toEqual(
      new Set(['credentials.mismatch', 'throttle.account']),
    );
  });
});
