// Hashes of older systems are renewed at the first sign-in: killed in the middle of it, or unable to, the server loses nobody.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { ChildServer, understudy } from '../support/child-server.ts';
import { aUsername } from '../support/people.ts';
import { asking, callFrom, openTestRulebook, type OpenRulebook, outcomeOf } from '../support/rulebook.ts';
import { newFolder } from '../support/run-folder.ts';
import { Visitor } from '../support/visitor.ts';
import { inspect } from './store-file.ts';
import { unlessCutOff } from './world.ts';

const PASSWORD = 'correct horse battery';
/** That password as another system kept it. */
const OLD_HASH = '$pbkdf2-sha256$i=1000$c2FsdHNhbHRzYWx0c2FsdA$Cf9xjlisAEzRbMZsosxST/5+wkpfUV6uoqiZkYtP6iQ';

const ROUNDS = 20;
const AT_ONCE = 12;
const LONG = { timeout: 240_000 };

/** People whose hashes are old, in a data folder: a crowd for each round. */
async function moveIn(dataDir: string): Promise<readonly (readonly string[])[]> {
  const crowds = Array.from({ length: ROUNDS }, () => Array.from({ length: AT_ONCE }, () => aUsername()));
  const file = join(newFolder('data'), 'people.jsonl');
  const lines = crowds.flat().map((username) => JSON.stringify({ username, passwordHash: OLD_HASH }));
  writeFileSync(file, lines.join('\n'));
  const { code, err } = await understudy(['account', 'import', file], { dataDir });
  if (code !== 0) throw new Error(err);
  return crowds;
}

const signInAll = ({ port }: ChildServer, names: readonly string[]) =>
  names.map((name) => unlessCutOff(new Visitor(port).shopxo(name, PASSWORD)));

describe('killing the server while it renews hashes', () => {
  it('R-18 leaves everybody a hash their password fits', LONG, async () => {
    const dataDir = newFolder('data');
    const crowds = await moveIn(dataDir);
    let server = await ChildServer.start([], { dataDir });

    const env = { UNDERSTUDY_KDF_WAIT_MS: '30000' };
    const turnedAway: string[][] = [];
    for (const crowd of crowds) {
      const signIns = signInAll(server, crowd);
      await Promise.race(signIns);
      await server.kill();
      await Promise.all(signIns);
      server = await ChildServer.start([], { dataDir, env });
      const visits = await Promise.all(signInAll(server, crowd));
      turnedAway.push(visits.flatMap((visit) => (visit?.token === undefined ? [visit?.heard.body ?? 'cut off'] : [])));
    }

    expect(turnedAway).toEqual(Array.from({ length: ROUNDS }, () => []));
    expect(inspect(dataDir).integrity).toBe('ok');
  });
});

describe('a hash that is due for renewal', () => {
  async function opened(): Promise<OpenRulebook> {
    const rulebook = await openTestRulebook();
    onTestFinished(() => rulebook.house.close());
    return rulebook;
  }

  const hashOf = async ({ house }: OpenRulebook, username: string): Promise<string | null | undefined> =>
    (await house.stores.accounts.find('main', [{ kind: 'username', key: username }]))?.passwordHash;

  it('R-18 serves on while no newer one can be made', async () => {
    const rulebook = await opened();
    const { passwords } = rulebook.house;
    const failing = rulebook.rebuilt({
      passwords: Object.assign(Object.create(passwords) as typeof passwords, {
        enter: async () => ({ ...(await passwords.enter()), hash: () => Promise.reject(new Error('no memory')) }),
      }),
    });
    const username = aUsername();
    await rulebook.addAccount({ username, passwordHash: OLD_HASH });

    const outcome = await outcomeOf(failing.flows.signInWithPassword(asking(username, PASSWORD), callFrom(1)));

    expect(outcome).toBe('signed in');
    expect(await hashOf(rulebook, username)).toBe(OLD_HASH);
  });

  it('R-14 R-18 is renewed once by twenty sign-ins at once, and all of them succeed', async () => {
    const rulebook = await opened();
    const username = aUsername();
    await rulebook.addAccount({ username, passwordHash: OLD_HASH });
    const signIn = () => outcomeOf(rulebook.flows.signInWithPassword(asking(username, PASSWORD), callFrom(2)));

    const outcomes = await Promise.all(Array.from({ length: 20 }, signIn));

    const renewed = await hashOf(rulebook, username);
    expect(outcomes).toEqual(Array.from({ length: 20 }, () => 'signed in'));
    expect(renewed).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await signIn()).toBe('signed in');
    expect(await hashOf(rulebook, username)).toBe(renewed);
  });
});
