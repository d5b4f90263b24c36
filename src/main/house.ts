// The house: everything a server or an operator's command works with, opened once and closed once.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Config, passwordPolicyOf } from '#config';
import type {
  ChangeFeed,
  Clock,
  Courier,
  Digests,
  PasswordHashes,
  NewPasswordPolicy,
  Randomness,
  Stores,
  Timer,
} from '#core';
import {
  digestsWith,
  isAcceptableHash,
  type Keyring,
  KEYS_VARIABLE,
  loadKeyring,
  makeKeyring,
  type OpenBlocklist,
  openBlocklist,
  type OpenPasswordPool,
  openPasswordPool,
  type SealedVault,
  SystemClock,
  SystemRandomness,
  vaultWith,
} from '#crypto';
import type { ChannelCouriers } from '#couriers';
import { openStorage, type Storage } from '#storage';
import { openCouriers } from './couriers.ts';
import { noticedStores } from './notices.ts';
import { Regulars } from './regulars.ts';

/** What stands in the way of opening the house, in words for the operator. */
class HouseError extends Error {
  override readonly name = 'HouseError';
}

/** What the house stands on: time and chance. */
export interface Machine {
  readonly clock: Clock;
  readonly timer: Timer;
  readonly randomness: Randomness;
}

/** The machine this process runs on. */
function thisMachine(): Machine {
  return {
    clock: new SystemClock(),
    timer: { after: (milliseconds) => pause(milliseconds, undefined, { ref: false }) },
    randomness: new SystemRandomness(),
  };
}

/** An open house. */
export interface House extends Machine {
  readonly config: Config;
  readonly couriers: Courier;
  readonly digests: Digests;
  readonly keyring: Keyring;
  readonly vault: SealedVault;
  readonly passwords: OpenPasswordPool;
  readonly regulars: Regulars;
  readonly passwordPolicy: NewPasswordPolicy;
  readonly blocklist: OpenBlocklist;
  readonly passwordHashes: PasswordHashes;
  readonly storage: Storage;
  readonly stores: Stores;
  readonly changes: ChangeFeed;
  /** Resolves when every notice told so far has been sent or given up. */
  noticesSettled(): Promise<void>;
  close(): Promise<void>;
}

/** Under this name the store remembers its keys. */
export const KEYS_FACT = 'keys';

/** Where the keys lie, unless the environment holds them. */
export function keyFileOf(config: Config): string {
  return join(config.dataDir, 'keys.json');
}

/**
 * Opens storage and keys. `server` for a process that serves the data directory, `tool` for commands beside it.
 * @throws HouseError, KeyringError
 */
export async function openHouse(
  config: Config,
  mode: 'server' | 'tool',
  machine: Machine = thisMachine(),
): Promise<House> {
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const { databaseUrl, databaseConnections: connections } = config;
  const storage = await openStorage({ databaseUrl, mode, connections, stopwatch: () => performance.now() });
  try {
    const keyring = await keysFor(config, storage.stores);
    const couriers = openCouriers(config, { ...machine, print: printerOf(mode) });
    return { ...machine, ...furnish(config, { storage, keyring, couriers }) };
  } catch (reason) {
    await storage.close();
    throw reason;
  }
}

/** What a tool prints on its standard output is its report, and may be meant for a program. */
function printerOf(mode: 'server' | 'tool'): (line: string) => void {
  const stream = mode === 'server' ? process.stdout : process.stderr;
  return (line) => void stream.write(`${line}\n`);
}

interface Opened {
  readonly storage: Storage;
  readonly keyring: Keyring;
  readonly couriers: ChannelCouriers;
}

function furnish(config: Config, { storage, keyring, couriers }: Opened): Omit<House, keyof Machine> {
  const { memoryKiB, passes, lanes, ...bounds } = config.kdf;
  const blocklist = openBlocklist(config.password.blocklistFile);
  const regulars = new Regulars();
  const isKnown = (source: string): boolean => regulars.isKnown(source);
  const passwords = openPasswordPool({ argon2: { memoryKiB, passes, lanes }, ...bounds, isKnown });
  const noticed = noticedStores(regulars.notedBy(storage.stores), config, couriers);
  return {
    config,
    couriers,
    digests: digestsWith(keyring),
    keyring,
    vault: vaultWith(keyring),
    passwords,
    regulars,
    passwordPolicy: { ...passwordPolicyOf(config), blocklist },
    blocklist,
    passwordHashes: { isAcceptable: isAcceptableHash },
    storage,
    stores: noticed.stores,
    changes: storage.changes,
    noticesSettled: () => noticed.idle(),
    async close() {
      await noticed.idle();
      await couriers.close();
      await passwords.close();
      await storage.close();
    },
  };
}

/** Keys are made only beside an empty store; other keys than the store's would find nobody and read nothing. */
async function keysFor(config: Config, { accounts, meta }: Stores): Promise<Keyring> {
  const file = keyFileOf(config);
  const known = await meta.get(KEYS_FACT);
  const found = loadKeyring({ file, fromEnvironment: process.env[KEYS_VARIABLE] });
  if (found === undefined && (known !== undefined || (await accounts.count(1)) > 0)) {
    throw new HouseError(`the keys of this store are missing: put ${file} back, or set ${KEYS_VARIABLE}`);
  }
  const keyring = found ?? makeKeyring(file);
  const remembered = await meta.claim(KEYS_FACT, keyring.fingerprint);
  if (!keyring.answersTo(remembered)) throw new HouseError(`the keys in ${file} are not those of this store`);
  return keyring;
}
