// What `doctor` can tell of an open store: integrity, keys, switches, clock, demo.
import { isDemoPresent, readEnds } from '#core';
import { KEYS_VARIABLE } from '#crypto';
import { addressWarnings, type House, keyFileOf } from '#main';
import { databaseFileOf } from '../store-files.ts';
import type { Finding } from './circumstances.ts';
import { examinePostgres } from './postgres.ts';

type Examine = (house: House) => Promise<readonly Finding[]>;

const EXAMINATIONS: readonly Examine[] = [
  examineDatabase,
  examineKeys,
  examineAudit,
  examineEndpoints,
  examineBlocklist,
  examineAddresses,
  examineDemo,
];

/** All findings, in order. */
export async function examineHouse(house: House): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const examine of EXAMINATIONS) findings.push(...(await examine(house)));
  return findings;
}

async function examineDatabase({ config, storage }: House): Promise<readonly Finding[]> {
  await storage.check();
  if (databaseFileOf(config) === undefined) return examinePostgres(config);
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

/** Only the ends of the chain: what lies between them is `audit verify`'s to read. */
async function examineAudit({ config, stores, digests }: House): Promise<readonly Finding[]> {
  const about = 'audit';
  const { head, problems } = await readEnds({ audit: stores.audit, digests });
  const { retentionDays, allowShortRetention } = config.audit;
  const short: Finding = {
    about,
    verdict: 'note',
    text: `audit.allowShortRetention is set: events go after ${retentionDays} days`,
  };
  const ends: readonly Finding[] =
    problems.length === 0
      ? [
          {
            about,
            verdict: 'fine',
            text: `${head.number} segments sealed; the ends of the chain are as they were left`,
          },
        ]
      : problems.map((text) => ({ about, verdict: 'wrong', text: `${text}; run: understudy audit verify` }));
  return [...ends, ...(allowShortRetention ? [short] : [])];
}

async function examineEndpoints({ stores }: House): Promise<readonly Finding[]> {
  const closed = await stores.endpoints.closed();
  return closed.length === 0 ? [] : [{ about: 'endpoints', verdict: 'note', text: `closed: ${closed.join(', ')}` }];
}

async function examineBlocklist({ blocklist }: House): Promise<readonly Finding[]> {
  const problem = await blocklist.problem();
  if (problem === undefined) return [];
  return [{ about: 'passwords', verdict: 'wrong', text: `password.blocklistFile: ${problem}` }];
}

async function examineAddresses({ stores }: House): Promise<readonly Finding[]> {
  const warnings = await addressWarnings(stores.meta);
  return warnings.map((text) => ({ about: 'addresses', verdict: 'note', text }));
}

async function examineDemo({ stores }: House): Promise<readonly Finding[]> {
  if (!(await isDemoPresent(stores))) return [];
  const isAlone = (await stores.accounts.count(2)) < 2;
  const text = isAlone ? 'is there' : 'stands beside real accounts; run: understudy demo remove';
  return [{ about: 'demo', verdict: isAlone ? 'note' : 'wrong', text }];
}
