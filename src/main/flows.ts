// Wires the flows of the core to the adapters of this process.
import { budgetLimitsOf } from '#config';
import {
  administrationFlows,
  AppGate,
  type BudgetLimits,
  calendarOf,
  describeSignIn,
  EndpointSwitches,
  type Errands,
  type Flows,
  introspectToken,
  introspectTokens,
  Reservations,
  type ServedEndpoint,
  sendCode,
  SessionDirectory,
  type SessionWithOwner,
  showReference,
  signInWithCode,
  signInWithPassword,
} from '#core';
import { LRUCache } from 'lru-cache';
import { accountFlows } from './account-flows.ts';
import { openChallenges } from './challenges.ts';
import { NOBODY_WATCHES, openCodes, type Watchers } from './codes.ts';
import type { House } from './house.ts';

/** The flows, and what else of the core a server keeps in memory. */
export interface Rulebook {
  readonly flows: Flows;
  readonly gate: AppGate;
  readonly switches: EndpointSwitches;
  /** What is still being done for answers that have left. */
  readonly errands: Errands;
}

/** An attempt that was not decided by then died with its process. */
const DECIDE_MS = 30_000;

/** One rulebook per process. */
export function openRulebook(
  house: House,
  watchers: Watchers = NOBODY_WATCHES,
  served: readonly ServedEndpoint[] = [],
): Rulebook {
  const { changes, clock, config, digests, passwords, randomness, stores, vault } = house;
  const limits = budgetLimitsOf(config);
  const { attempts } = stores;
  const gate = openGate(house, limits);
  const sessions = openSessions(house);
  const reservations = new Reservations({
    attempts,
    clock,
    timer: house.timer,
    randomness,
    limits,
    // As long as anybody may stand in the line for hashing, should the prediction be wrong.
    waitMs: config.kdf.waitMs * 2,
    decideMs: DECIDE_MS,
  });
  const codes = openCodes(house, watchers);
  const { gate: challenges, ...challengeFlows } = openChallenges(house, limits);
  const signIn = {
    accounts: stores.accounts,
    attempts,
    calendar: calendarOf(config.timeZone),
    challenges,
    clock,
    codes: stores.codes,
    digests,
    gate,
    limits,
    maxSessions: config.sessions.maxPerAccount,
    passwordPolicy: house.passwordPolicy,
    passwords,
    randomness,
    reservations,
    vault,
  };
  return {
    flows: {
      signInWithPassword: signInWithPassword(signIn),
      signInWithCode: signInWithCode({ ...signIn, ...codes }),
      sendCode: sendCode({ ...signIn, ...codes }),
      describeSignIn: describeSignIn({ challenges }),
      ...challengeFlows,
      ...accountFlows(house, { ...codes, sessions, signIn }),
      introspectToken: introspectToken({ gate, sessions }),
      introspectTokens: introspectTokens({ gate, sessions }),
      ...administrationFlows({ ...house, gate, sessions, served }),
      showReference,
    },
    gate,
    errands: codes.errands,
    switches: new EndpointSwitches(stores.endpoints, changes),
  };
}

function openSessions({ changes, clock, config, digests, stores }: House): SessionDirectory {
  const known = new LRUCache<string, SessionWithOwner>({ max: Math.max(1, config.cache.sessions) });
  return new SessionDirectory({ sessions: stores.sessions, changes, clock, digests, known });
}

function openGate({ changes, clock, digests, stores }: House, limits: BudgetLimits): AppGate {
  const { apps, attempts } = stores;
  return new AppGate({
    apps,
    attempts,
    changes,
    clock,
    digests,
    limits,
    known: new LRUCache({ max: 10_000 }),
    suspects: new LRUCache({ max: 100_000, ttl: limits.source.windowSeconds * 1000 }),
  });
}
