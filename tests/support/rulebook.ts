// The rulebook on a store in memory, without HTTP: for tests of the flows themselves.
import { loadConfig } from '#config';
import {
  type Account,
  type AskOf,
  type Call,
  createAccount,
  type JsonObject,
  type OutcomeOf,
  readAccountRecord,
  Refusal,
  type RefusalCode,
  Secret,
} from '#core';
import { DIALECTS, type House, openHouse } from '#main';

import { adminDeps } from '../../src/cli/admin-deps.ts';
import { openRulebook, type Rulebook } from '../../src/main/flows.ts';
import { newFolder } from './run-folder.ts';
import { NotedRandomness, PATIENT_MS, realTimer, TestClock } from './test-machine.ts';

/** An open rulebook and the house it stands in. */
export interface OpenRulebook extends Rulebook {
  readonly clock: TestClock;
  readonly house: House;
  /** The same rulebook in a house that differs in some part. */
  rebuilt(parts: Partial<House>): Rulebook;
  /** Makes an account from what a line of an import file would say. */
  addAccount(record: JsonObject): Promise<Account>;
}

/** Opens a rulebook with settings by dotted key. */
export async function openTestRulebook(settings: Readonly<Record<string, unknown>> = {}): Promise<OpenRulebook> {
  const clock = new TestClock();
  const flags = { dataDir: newFolder('data'), databaseUrl: 'sqlite::memory:', 'kdf.waitMs': PATIENT_MS, ...settings };
  const config = loadConfig({ flags, env: {}, dialects: DIALECTS });
  const house = await openHouse(config, 'tool', { clock, timer: realTimer, randomness: new NotedRandomness() });
  const addAccount = async (record: JsonObject): Promise<Account> =>
    createAccount(adminDeps(house))(readAccountRecord(record, 'main'));
  return { ...openRulebook(house), clock, house, addAccount, rebuilt: (parts) => openRulebook({ ...house, ...parts }) };
}

/** Sessions of an hour. */
export const TERMS = { token: { alphabet: '0123456789abcdef', length: 32 }, lifeSeconds: 3600 } as const;

/** What a sign-in with a user name and a password asks. */
export const asking = (
  username: string,
  password: string,
  more: Partial<AskOf<'signInWithPassword'>> = {},
): AskOf<'signInWithPassword'> => ({
  claims: [{ kind: 'username', text: username }],
  password: new Secret(password),
  session: TERMS,
  client: {},
  ...more,
});

/** A call from an address of the documentation range (RFC 5737). */
export function callFrom(lastByte: number, policy: Call['policy'] = 'documented'): Call {
  const bucket = `192.0.2.${lastByte}`;
  const source = { address: bucket, bucket, subnet: '192.0.2.0/24' };
  return { requestId: `r-${lastByte}`, dialect: 'test', endpoint: 'test.login', realm: 'main', policy, source };
}

/** What came of a sign-in: `signed in`, or the refusal's code. */
export async function outcomeOf(signIn: Promise<OutcomeOf<'signInWithPassword'>>): Promise<RefusalCode | 'signed in'> {
  try {
    await signIn;
    return 'signed in';
  } catch (reason) {
    if (reason instanceof Refusal) return reason.code;
    throw reason;
  }
}

/** What came of anything: `done`, or the refusal's code. */
export async function codeOf(flow: Promise<unknown>): Promise<RefusalCode | 'done'> {
  try {
    await flow;
    return 'done';
  } catch (reason) {
    if (reason instanceof Refusal) return reason.code;
    throw reason;
  }
}

export { adminDeps };
