// Wires the flows of the core to the adapters of this process.
import { budgetLimitsOf } from '#config';
import {
  AppGate,
  calendarOf,
  describeSignIn,
  EndpointSwitches,
  type Flows,
  introspectToken,
  Reservations,
  SessionDirectory,
  signInWithCode,
  signInWithPassword,
} from '#core';
import { LRUCache } from 'lru-cache';
import type { House } from './house.ts';

/** The flows, and what else of the core a server keeps in memory. */
export interface Rulebook {
  readonly flows: Flows;
  readonly gate: AppGate;
  readonly switches: EndpointSwitches;
}

/** An attempt that was not decided by then died with its process. */
const DECIDE_MS = 30_000;

/** One rulebook per process. */
export function openRulebook(house: House): Rulebook {
  const { changes, clock, config, digests, passwords, randomness, stores, vault } = house;
  const limits = budgetLimitsOf(config);
  const { attempts } = stores;
  const gate = new AppGate({
    apps: stores.apps,
    attempts,
    changes,
    clock,
    digests,
    limits,
    known: new LRUCache({ max: 10_000 }),
    suspects: new LRUCache({ max: 100_000, ttl: limits.source.windowSeconds * 1000 }),
  });
  const sessions = new SessionDirectory({
    sessions: stores.sessions,
    changes,
    clock,
    digests,
    known: new LRUCache({ max: Math.max(1, config.cache.sessions) }),
  });
  const reservations = new Reservations({
    attempts,
    clock,
    timer: house.timer,
    randomness,
    limits,
    waitMs: config.kdf.waitMs,
    decideMs: DECIDE_MS,
  });
  const signIn = {
    accounts: stores.accounts,
    attempts,
    calendar: calendarOf(config.timeZone),
    clock,
    codes: stores.codes,
    digests,
    gate,
    limits,
    maxSessions: config.sessions.maxPerAccount,
    passwords,
    randomness,
    reservations,
    vault,
  };
  return {
    flows: {
      signInWithPassword: signInWithPassword(signIn),
      signInWithCode: signInWithCode(signIn),
      describeSignIn: describeSignIn(),
      introspectToken: introspectToken({ gate, sessions }),
    },
    gate,
    switches: new EndpointSwitches(stores.endpoints, changes),
  };
}
