// Carries out `restore`: a backup takes the place of the database, checked before anything is touched.
import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { Config } from '#config';
import { KEYS_VARIABLE, loadKeyring, saveKeyring, type Keyring } from '#crypto';
import { KEYS_FACT, keyFileOf } from '#main';
import { openStorage } from '#storage';
import type { Act } from '../act.ts';
import { Misuse } from '../misuse.ts';
import { arrangementOf } from '../open.ts';
import { companionsOf, databaseFileOf } from '../store-files.ts';

interface Options {
  readonly replace?: true;
}

/** The keys the restored database needs, and whether they come with the backup. */
interface Keys {
  readonly keyring: Keyring;
  readonly isFromBackup: boolean;
}

/** Examines a copy of the backup: whole, of a version this program knows, and readable with keys that are at hand. */
async function examine(copy: string, keys: readonly Keys[]): Promise<Keys | undefined> {
  const storage = await openStorage({ databaseUrl: `sqlite:${copy}`, mode: 'server' });
  try {
    const damages = await storage.integrity();
    if (damages.length > 0) throw new Error(`the backup is damaged: ${damages[0]}`);
    const fingerprint = await storage.stores.meta.get(KEYS_FACT);
    if (fingerprint === undefined) return undefined;
    const fitting = keys.find(({ keyring }) => keyring.answersTo(fingerprint));
    if (fitting === undefined)
      throw new Error('the keys at hand are not those of the backup; put its key file in place first');
    return fitting;
  } finally {
    await storage.close();
  }
}

/** Those in force first, then those that lie beside the backup. */
function keysAtHand(config: Config, backup: string, fromEnvironment: string | undefined): readonly Keys[] {
  const present = loadKeyring({ file: keyFileOf(config), fromEnvironment });
  const brought = loadKeyring({ file: `${backup}.keys` });
  return [
    ...(present === undefined ? [] : [{ keyring: present, isFromBackup: false }]),
    ...(brought === undefined ? [] : [{ keyring: brought, isFromBackup: true }]),
  ];
}

/** Takes the place of a running server for a moment: refused while one runs. Tells whether there are accounts. */
async function isInUse(databaseUrl: string): Promise<boolean> {
  const storage = await openStorage({ databaseUrl, mode: 'server' });
  try {
    return (await storage.stores.accounts.count(1)) > 0;
  } finally {
    await storage.close();
  }
}

function putInPlace(copy: string, database: string): void {
  if (existsSync(database)) keepAside(database);
  // What SQLite kept beside the old database would be read into the new one.
  for (const companion of companionsOf(database)) rmSync(companion, { force: true });
  syncFile(copy);
  renameSync(copy, database);
  syncFile(dirname(database));
}

/** A second name for the file: the first one is taken over in one step later on. */
function keepAside(file: string): void {
  rmSync(asideOf(file), { force: true });
  linkSync(file, asideOf(file));
}

const asideOf = (file: string): string => `${file}.replaced`;

function syncFile(path: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(path, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
}

interface KeyPlan {
  readonly keyFile: string;
  readonly keys: readonly Keys[];
}

/** Works on a copy until everything is known to be right. */
async function replaceBy(backup: string, database: string, { keyFile, keys }: KeyPlan): Promise<void> {
  const copy = `${database}.restoring`;
  rmSync(copy, { force: true });
  copyFileSync(backup, copy, constants.COPYFILE_EXCL);
  try {
    const fitting = await examine(copy, keys);
    const bringsKeys = fitting?.isFromBackup === true;
    if (bringsKeys && existsSync(keyFile)) keepAside(keyFile);
    if (bringsKeys) saveKeyring(keyFile, fitting.keyring);
    putInPlace(copy, database);
  } finally {
    for (const leftOver of [copy, `${copy}.lock`, ...companionsOf(copy)]) rmSync(leftOver, { force: true });
  }
}

/** Restores the file. */
export const restore: Act<Options> = async (call) => {
  const backup = call.arguments[0] ?? '';
  const { config } = await arrangementOf(call);
  const database = databaseFileOf(config);
  if (database === undefined)
    throw new Misuse(
      'restore puts back an SQLite database; for PostgreSQL use pg_restore, and put the keys back as well',
    );
  if (!existsSync(backup)) throw new Misuse(`there is no file ${backup}`);
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const mayReplace = call.options.replace === true;
  const wasThere = existsSync(database);
  if (wasThere && (await isInUse(config.databaseUrl)) && !mayReplace) {
    throw new Misuse('there are accounts already; say --replace to replace them');
  }
  const fromEnvironment = call.terminal.environment[KEYS_VARIABLE];
  await replaceBy(backup, database, { keyFile: keyFileOf(config), keys: keysAtHand(config, backup, fromEnvironment) });
  const text = `restored ${backup}. Sessions, locks and passwords are those of the day the backup was made.`;
  return {
    text,
    json: { restored: backup, replacedDatabase: wasThere ? asideOf(database) : null },
  };
};
