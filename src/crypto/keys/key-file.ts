// Where the keys lie: in a file nobody else may read, or in the environment of the process.
import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

import { Keyring, KeyringError } from './keyring.ts';

/** The variable that holds the keys themselves, as JSON or as base64 of it. */
export const KEYS_VARIABLE = 'UNDERSTUDY_KEYS';

const READABLE_BY_OTHERS = 0o077;

/** Where to look for the keys. */
export interface KeyPlace {
  /** Path of the key file. */
  readonly file: string;
  /** The value of `UNDERSTUDY_KEYS`; when it is set, the file is not looked at. */
  readonly fromEnvironment?: string | undefined;
}

/**
 * Reads the keys; undefined when there are none.
 * @throws KeyringError when they are damaged, or when others than the owner may read the file
 */
export function loadKeyring({ file, fromEnvironment }: KeyPlace): Keyring | undefined {
  if (fromEnvironment !== undefined && fromEnvironment.trim() !== '')
    return Keyring.parse(decode(fromEnvironment.trim()));
  const text = readPrivateFile(file);
  return text === undefined ? undefined : Keyring.parse(text);
}

/**
 * Makes keys and keeps them in the file, unless another process was quicker; gives the keys that are kept.
 * Call it only beside an empty store.
 */
export function makeKeyring(file: string): Keyring {
  const written = writePrivately(file, Keyring.make().text());
  try {
    // Unlike a rename, a link never replaces what stands there already.
    linkSync(written, file);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    rmSync(written);
  }
  syncFolder(file);
  return Keyring.parse(readPrivateFile(file) ?? '');
}

/** Replaces the keys in the file in one step: whoever reads it finds the old ones or the new ones. */
export function saveKeyring(file: string, keyring: Keyring): void {
  renameSync(writePrivately(file, keyring.text()), file);
  syncFolder(file);
}

function decode(text: string): string {
  return text.startsWith('{') ? text : Buffer.from(text, 'base64').toString('utf8');
}

function readPrivateFile(file: string): string | undefined {
  try {
    const { mode } = statSync(file);
    if (process.platform !== 'win32' && (mode & READABLE_BY_OTHERS) !== 0) {
      throw new KeyringError(`others may read the keys in ${file}; run: chmod 600 ${file}`);
    }
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function writePrivately(file: string, text: string): string {
  const path = `${file}.${process.pid}.new`;
  rmSync(path, { force: true });
  const descriptor = openSync(path, 'wx', 0o600);
  try {
    writeSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  return path;
}

/** Makes the name durable as well; Windows does not let a folder be opened. */
function syncFolder(file: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(dirname(file), 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
