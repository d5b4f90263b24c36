// What the contracts of the stores have in common: how one is opened, made-up data, and races.
import { afterEach, beforeEach } from 'vitest';
import type { Account } from './accounts/account.ts';
import type { NewAccount } from './accounts/account-store.ts';
import type { Identifier, IdentifierKind } from './accounts/identifier.ts';
import type { AuditEntry } from './audit/audit-entry.ts';
import type { Reservation, SignInRecord } from './budgets/attempt-store.ts';
import type { BudgetLimit, BudgetLimits } from './budgets/budget.ts';
import type { ChangeFeed } from './kernel/changes.ts';
import { Refusal } from './kernel/refusal.ts';
import type { Session } from './sessions/session.ts';
import type { Stores } from './stores.ts';

/** Stores over an empty database. */
export interface OpenStores {
  readonly stores: Stores;
  readonly changes: ChangeFeed;
  close(): Promise<void>;
}

/** Opens stores over an empty database of some engine. */
export type OpenEmpty = () => Promise<OpenStores>;

/** Opens stores afresh for every test of the suite this is called in. */
export function freshStores(open: OpenEmpty): () => OpenStores {
  let current: OpenStores | undefined;
  beforeEach(async () => {
    current = await open();
  });
  afterEach(() => current?.close());
  return () => {
    if (current === undefined) throw new Error('the stores are open only while a test runs');
    return current;
  };
}

/** The instant at which everything in these contracts begins. */
export const START = Date.UTC(2026, 4, 1, 8);
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const DAY = 24 * 60 * MINUTE;

const LIMIT: BudgetLimit = {
  failures: 5,
  windowSeconds: 900,
  firstWaitSeconds: 60,
  longestWaitSeconds: 3600,
  forgetAfterSeconds: 86_400,
  failuresInARow: 100,
};

/** Five failures for an account, twenty for a source and for the names it tries, a hundred for a subnet. */
export const LIMITS: BudgetLimits = {
  account: LIMIT,
  known: LIMIT,
  names: { ...LIMIT, failures: 20, failuresInARow: null },
  source: { ...LIMIT, failures: 20, failuresInARow: null },
  subnet: { ...LIMIT, failures: 100, failuresInARow: null },
};

export function auditOf(act: string, at = START): AuditEntry {
  return { at, act, outcome: 'success', source: 'cli' };
}

/** A made-up UUID of version 7 that sorts by its number. */
export function idOf(number: number): string {
  return `01968a00-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
}

export function identifierOf(kind: IdentifierKind, key: string, verifiedAt: number | null = START): Identifier {
  return { kind, key, shown: key, verifiedAt };
}

/** A new account; `number` tells it from others and makes its name. */
export function accountOf(number: number, more: Partial<NewAccount> = {}): NewAccount {
  return {
    id: idOf(number),
    realm: 'main',
    publicId: `public${String(number).padStart(20, '0')}`,
    status: 'active',
    isPasswordChangeDue: false,
    roles: [],
    profile: {},
    attributes: {},
    identifiers: [identifierOf('username', `person${number}`)],
    issuesAegisSpeedId: false,
    passwordHash: `$argon2id$made-up-${number}`,
    createdAt: START,
    ...more,
  };
}

/** Creates the account. */
export function given({ stores }: OpenStores, number: number, more: Partial<NewAccount> = {}): Promise<Account> {
  return stores.accounts.create(accountOf(number, more), auditOf('account.create'));
}

export function sessionOf(account: Pick<Account, 'id'>, name: string, more: Partial<Session> = {}): Session {
  return {
    id: `session-${name}`,
    digest: `digest-${name}`,
    csrfDigest: null,
    accountId: account.id,
    realm: 'main',
    dialect: 'weidu',
    appId: null,
    client: {},
    source: '192.0.2.1',
    issuedAt: START,
    expiresAt: START + DAY,
    idleSeconds: null,
    seenAt: START,
    ...more,
  };
}

export function reservationOf(id: string, subject: string, more: Partial<Reservation> = {}): Reservation {
  return {
    id,
    subject,
    sourceBucket: '192.0.2.1',
    subnet: '192.0.2.0/24',
    limits: LIMITS,
    now: START,
    expiresAt: (more.now ?? START) + MINUTE,
    ...more,
  };
}

/** How the sign-in with the session of that name ends well. */
export function signInOf(account: Pick<Account, 'id'>, name: string, more: Partial<SignInRecord> = {}): SignInRecord {
  return {
    reservationId: name,
    session: sessionOf(account, name),
    epoch: 0,
    maxSessions: 100,
    day: 20_000,
    audit: { ...auditOf('sign-in.password'), accountId: account.id },
    ...more,
  };
}

/** Reserves and succeeds in one go, as a person who knows the password does. */
export async function signedIn(
  { stores }: OpenStores,
  record: SignInRecord,
  from: Partial<Reservation> = {},
): Promise<Account | undefined> {
  const now = record.session.issuedAt;
  await stores.attempts.reserve(reservationOf(record.reservationId, record.session.accountId, { now, ...from }));
  return stores.attempts.succeed(record);
}

/** So many wrong secrets, one after the other, as far as they are granted; what each was answered. */
export async function guesses({ stores }: OpenStores, times: number, attempt: Reservation): Promise<string[]> {
  const outcomes: string[] = [];
  for (let time = 0; time < times; time += 1) {
    const id = `${attempt.id}-${time}`;
    const { outcome } = await stores.attempts.reserve({ ...attempt, id });
    outcomes.push(outcome);
    if (outcome === 'granted')
      await stores.attempts.fail(id, { limits: attempt.limits, at: attempt.now, audit: auditOf('sign-in.password') });
  }
  return outcomes;
}

/** Fifty at once; what became of each: its answer, or the code of its refusal. Faults are thrown. */
export function fiftyAtOnce<T>(act: (racer: number) => Promise<T>): Promise<(T | string)[]> {
  const racers = Array.from({ length: 50 }, (_, racer) => racer);
  return Promise.all(racers.map((racer) => outcomeOf(act(racer))));
}

async function outcomeOf<T>(answer: Promise<T>): Promise<T | string> {
  try {
    return await answer;
  } catch (reason) {
    if (!(reason instanceof Refusal)) throw reason;
    return reason.detail.field === undefined ? reason.code : `${reason.code} ${reason.detail.field}`;
  }
}

/** How often each answer was given; objects count as `something`. */
export function tally(answers: readonly unknown[]): Record<string, number> {
  const counted: Record<string, number> = {};
  for (const answer of answers) {
    const name = typeof answer === 'string' ? answer : nameOf(answer);
    counted[name] = (counted[name] ?? 0) + 1;
  }
  return counted;
}

function nameOf(answer: unknown): string {
  if (answer === undefined) return 'undefined';
  return typeof answer === 'object' ? 'something' : JSON.stringify(answer);
}

/** Texts that mean something to somebody who pastes them into SQL, LIKE or JSON. */
export const HOSTILE_TEXTS: readonly string[] = [
  `' OR '1'='1`,
  `'; DROP TABLE accounts; --`,
  `") UNION SELECT phc FROM credentials --`,
  '%',
  '_',
  '\\',
  '100%_\\',
  '$1',
  '?',
  ':id',
  '@name',
  '{"$gt":""}',
  '\u0001\u001f',
  '\u202egnp.exe',
  '中文与𠮷',
  'e\u0301',
];
