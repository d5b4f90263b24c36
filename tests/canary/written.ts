// What the servers of a test run left behind, and the secrets that must not be in it.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { RUN_FOLDER } from '#tests/support/run-folder';

/** A shorter text might stand anywhere by chance; what is made up for tests is longer. */
const SHORTEST = 12;

/** Files that hold secrets because they are the place for them. */
const STRONGBOXES = /(?:^|\/)(?:keys\.json|key\.pem|cert\.pem)(?:\.|$)/;

/** What an operator gave a server: accounts to import, with their passwords, and configurations. */
const GIVEN = /\.(?:jsonl|toml)$/;

/** Every file a server wrote: logs, databases with what lies beside them, backups. */
export function writtenFiles(): readonly string[] {
  return ['data', 'log']
    .flatMap((kind) => globSync(`${kind}/**/*`, { cwd: RUN_FOLDER, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !STRONGBOXES.test(file) && !GIVEN.test(file) && existsSync(file));
}

/** Every answer our own clients have heard. */
export function heardAnswers(): readonly string[] {
  return globSync('answers/*.txt', { cwd: RUN_FOLDER }).map((name) => join(RUN_FOLDER, name));
}

/** Every secret of the run. */
export function notedSecrets(): readonly string[] {
  const noted = globSync('secrets/*.jsonl', { cwd: RUN_FOLDER }).flatMap((name) =>
    readFileSync(join(RUN_FOLDER, name), 'utf8').split('\n'),
  );
  const secrets = new Set(noted.filter((line) => line !== '').map((line) => JSON.parse(line) as string));
  return [...secrets].filter((secret) => secret.length >= SHORTEST);
}
