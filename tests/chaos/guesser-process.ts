// A program: two hundred guesses at one account at once, on a database that other processes use as well.
// Usage: guesser-process.ts DATA_DIR USERNAME; it says `ready`, begins at the first line of its input, and prints how many guesses were looked at.
import { once } from 'node:events';
import { writeSync } from 'node:fs';

import { loadConfig } from '#config';
import { Refusal, Secret } from '#core';
import { DIALECTS, openHouse } from '#main';

import { openRulebook } from '../../src/main/flows.ts';
import { asking, callFrom } from '../support/rulebook.ts';

const GUESSES = 200;

const [dataDir = '', username = ''] = process.argv.slice(2);
const wide = { 'budgets.source.failures': 10_000, 'budgets.subnet.failures': 10_000 };
const config = loadConfig({ flags: { dataDir, 'kdf.waitMs': 30_000, ...wide }, env: {}, dialects: DIALECTS });
const house = await openHouse(config, 'tool');
const { signInWithPassword } = openRulebook(house).flows;

async function guess(number: number): Promise<string> {
  try {
    await signInWithPassword(
      asking(username, `guess ${process.pid} ${number}`, { password: new Secret(`guess ${number}`) }),
      callFrom(1),
    );
    return 'signed in';
  } catch (reason) {
    if (reason instanceof Refusal) return reason.code;
    throw reason;
  }
}

writeSync(1, 'ready\n');
await once(process.stdin, 'data');
const outcomes = await Promise.all(Array.from({ length: GUESSES }, (_, number) => guess(number)));
const { verifications } = house.passwords.stats();
await house.close();
writeSync(1, `${JSON.stringify({ verifications, outcomes: [...new Set(outcomes)] })}\n`);
process.stdin.destroy();
