// After everything else: no secret of the whole run lies in any log, database, write-ahead log or backup, nor in an answer it does not belong in.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

import { isIdNumber } from '#core';
import { logOf } from '#tests/support/log-file';
import { RUN_FOLDER } from '#tests/support/run-folder';
import { talk } from '#tests/support/talk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { aStranger, introspect, invite, type Somebody, startWorld, type World } from '../laws/somebody.ts';
import { type Speaker, SPEAKERS } from '../laws/speakers.ts';
import { Scanner, type Sighting } from './scanner.ts';
import { PASSWORD_MARK } from './spellings.ts';
import { heardAnswers, notedSecrets, writtenFiles } from './written.ts';

let world: World;
let person: Somebody;
let token: string;

/** So that there is something to find even when this is all that runs: every login, right and wrong, and a backup. */
beforeAll(async () => {
  world = await startWorld();
  person = await invite(world);
  for (const speaker of SPEAKERS) {
    const heard = await world.signIn(speaker, person);
    token = speaker.tokenIn(heard) ?? '';
    await introspect(world, token);
    await world.signIn(speaker, { ...person, password: aStranger().password });
    await world.signIn(speaker, aStranger());
  }
  const nobase = SPEAKERS.find(({ dialect }) => dialect === 'nobase') as Speaker;
  const query = new URLSearchParams(nobase.fields(person, world.app) as Record<string, string>).toString();
  await talk(world.server.port, { method: 'GET', path: `${nobase.path}?${query}` });
  await world.server.house.storage.backup(join(world.server.dataDir, 'copy.db'));
}, 120_000);
afterAll(() => world.server.close());

/** A sighting in words that do not repeat the secret. */
const told =
  (file: string, secrets: readonly string[]) =>
  ({ spelling, at, secret }: Sighting): string =>
    `${relative(RUN_FOLDER, file)} at ${at}: ${spelling}, ${(secrets[secret] ?? '').slice(0, 3)}… of ${secrets[secret]?.length} letters`;

/** Nobody reads more. */
const MOST_TOLD = 20;

/** The bytes of a file; none if it went since it was listed, as a server's journals do when it ends at last. */
function bytesOf(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return new Uint8Array();
    throw fault;
  }
}

function scanFiles(files: readonly string[], secrets: readonly string[]): readonly string[] {
  const scanner = new Scanner(secrets);
  return files.flatMap((file) => scanner.scan(bytesOf(file)).slice(0, MOST_TOLD).map(told(file, secrets)));
}

describe('what the servers of this run have written', () => {
  it('R-89 is there to be looked at: a log, a database, a write-ahead log and a backup', () => {
    const files = writtenFiles().map((file) => relative(world.server.dataDir, file));

    expect(files).toEqual(expect.arrayContaining(['understudy.db', 'understudy.db-wal', 'copy.db']));
    expect(statSync(join(world.server.dataDir, 'understudy.db-wal')).size).toBeGreaterThan(0);
    expect(writtenFiles()).toContain(world.server.logFile);
    expect(logOf(world.server).filter(({ msg }) => msg === 'answered').length).toBeGreaterThan(SPEAKERS.length * 4);
  });

  it('R-89 is held against every secret of the run', () => {
    const secrets = new Set(notedSecrets());

    expect(
      [person.password, person.idNumber, world.app.signature, token].filter((secret) => !secrets.has(secret)),
    ).toEqual([]);
    expect(secrets.has(person.account.publicId)).toBe(false);
  });

  it('R-89 holds none of them in any spelling', () => {
    expect(scanFiles(writtenFiles(), notedSecrets())).toEqual([]);
  }, 300_000);

  it('R-89 would not hide one: the same search finds what is planted in each kind of file', () => {
    const secrets = notedSecrets();
    const kinds = [
      world.server.logFile,
      ...['understudy.db', 'understudy.db-wal', 'copy.db'].map((name) => join(world.server.dataDir, name)),
    ];
    const scanner = new Scanner(secrets);

    const found = kinds.map((file) => {
      const bytes = readFileSync(file);
      const middle = bytes.length >> 1;
      return scanner.scan(
        Buffer.concat([bytes.subarray(0, middle), Buffer.from(person.password), bytes.subarray(middle)]),
      ).length;
    });

    expect(found.every((count) => count > 0)).toBe(true);
  });

  it('R-94 holds no id number that could be one', () => {
    const found = writtenFiles().flatMap((file) =>
      [...readFileSync(file, 'latin1').matchAll(/(?<![\dA-Za-z])\d{17}[\dX](?![\dA-Za-z])/g)]
        .filter(([text]) => isIdNumber(text, new Date('2100-01-01')))
        .map(({ index }) => `${relative(RUN_FOLDER, file)} at ${index}`),
    );

    expect(found).toEqual([]);
  });

  it('R-89 leaves the server’s own keys out of all else', () => {
    const keyFile = join(world.server.dataDir, 'keys.json');
    const keys = [...readFileSync(keyFile, 'utf8').matchAll(/"([A-Za-z0-9+/_=-]{32,})"/g)].map(([, key]) => key ?? '');

    expect(existsSync(keyFile)).toBe(true);
    expect(keys.length).toBeGreaterThan(0);
    expect(scanFiles(writtenFiles(), keys)).toEqual([]);
  });
});

describe('what the clients of this run have heard', () => {
  it('R-68 holds no password, no id number and no hash', () => {
    const kept = notedSecrets().filter((secret) => secret.startsWith(PASSWORD_MARK) || /^\d{17}[\dX]$/.test(secret));
    const hashes = [
      '$argon2id$',
      '$argon2i$',
      '$scrypt$',
      '$pbkdf2',
      '$2a$',
      '$2b$',
      '$2y$',
      '"phc"',
      'password_hash',
      'passwordHash',
    ];
    const answers = heardAnswers();

    const texts = answers.flatMap((file) => hashes.filter((hash) => readFileSync(file, 'latin1').includes(hash)));

    expect(answers.length).toBeGreaterThan(0);
    expect(scanFiles(answers, kept)).toEqual([]);
    expect(texts).toEqual([]);
  }, 300_000);
});
