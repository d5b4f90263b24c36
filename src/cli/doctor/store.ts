// What `doctor` can tell of an open store: integrity, keys, switches, clock, demo.
import { isDemoPresent } from '#core';
import { KEYS_VARIABLE } from '#crypto';
import { type House, keyFileOf } from '#main';
import type { Finding } from './circumstances.ts';

type Examine = (house: House) => Promise<readonly Finding[]>;

const EXAMINATIONS: readonly Examine[] = [examineDatabase, examineKeys, examineEndpoints, examineDemo];

/** All findings, in order. */
export async function examineHouse(house: House): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const examine of EXAMINATIONS) findings.push(...(await examine(house)));
  return findings;
}

async function examineDatabase({ storage }: House): Promise<readonly Finding[]> {
  await storage.check();
  const damages = await storage.integrity();
  if (damages.length === 0) return [{ about: 'database', verdict: 'fine', text: 'reachable, migrated and whole' }];
  return damages.slice(0, 10).map((text) => ({ about: 'database', verdict: 'wrong', text }));
}

/** Opening the house has compared the fingerprints already. */
async function examineKeys({ config, keyring }: House): Promise<readonly Finding[]> {
  const place = (process.env[KEYS_VARIABLE] ?? '') === '' ? keyFileOf(config) : KEYS_VARIABLE;
  const unfinished: Finding = {
    about: 'keys',
    verdict: 'wrong',
    text: 'a rotation was cut short; run: understudy keys rotate',
  };
  return [
    { about: 'keys', verdict: 'fine', text: `those of this store, from ${place}` },
    ...(keyring.live.length > 1 ? [unfinished] : []),
  ];
}

async function examineEndpoints({ stores }: House): Promise<readonly Finding[]> {
  const closed = await stores.endpoints.closed();
  return closed.length === 0 ? [] : [{ about: 'endpoints', verdict: 'note', text: `closed: ${closed.join(', ')}` }];
}

async function examineDemo({ stores }: House): Promise<readonly Finding[]> {
  if (!(await isDemoPresent(stores))) return [];
  const isAlone = (await stores.accounts.count(2)) < 2;
  const text = isAlone ? 'is there' : 'stands beside real accounts; run: understudy demo remove';
  return [{ about: 'demo', verdict: isAlone ? 'note' : 'wrong', text }];
}
