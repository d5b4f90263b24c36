// Carries out `backup`: a consistent copy of the database in one file, also while the server runs.
import { copyFileSync, constants, chmodSync, existsSync } from 'node:fs';
import { keyFileOf } from '#main';
import type { Act } from '../act.ts';
import { Misuse } from '../misuse.ts';
import { arrangementOf, withHouse } from '../open.ts';
import { databaseFileOf } from '../store-files.ts';

const PRIVATE = 0o600;

function copyKeys(from: string, to: string): void {
  if (!existsSync(from)) throw new Misuse(`there is no key file ${from}; the keys come from elsewhere`);
  copyFileSync(from, to, constants.COPYFILE_EXCL);
  chmodSync(to, PRIVATE);
}

/** Makes the copy; keys only if asked, because with them the copy gives id numbers away. */
export const backUp: Act<{ readonly withKeys?: true }> = async (call) => {
  const { config: arranged } = await arrangementOf(call);
  if (databaseFileOf(arranged) === undefined)
    throw new Misuse('backup copies an SQLite database; for PostgreSQL use pg_dump, and keep the keys as well');
  const file = call.arguments[0] ?? '';
  const keys = `${file}.keys`;
  const taken = [file, keys].find((path) => existsSync(path));
  if (taken !== undefined) throw new Misuse(`${taken} exists already`);
  return withHouse(call, async ({ config, storage }) => {
    await storage.backup(file);
    chmodSync(file, PRIVATE);
    const hasKeys = call.options.withKeys === true;
    if (hasKeys) copyKeys(keyFileOf(config), keys);
    const remark = hasKeys
      ? `The keys are in ${keys}; whoever has both can read id numbers.`
      : `The keys are not in it; keep ${keyFileOf(config)} elsewhere.`;
    return { text: `wrote ${file}. ${remark}`, json: { file, keys: hasKeys ? keys : null } };
  });
};
