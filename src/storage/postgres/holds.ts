// How acts of several instances take turns at what they read, judge and then write: by locking rows made for nothing else.
import type { Kysely } from 'kysely';
import type { Act } from '../sql/act.ts';
import { Statement } from '../sql/statement.ts';

/** A table of numbered rows. */
export interface HoldsTable {
  holds: { slot: number };
}

/** So many that two keys hardly ever share one; if they do, their acts merely wait for each other. */
export const SLOTS = 1024;

/** In the order of the slots, so that no two acts wait for each other. */
const lock = new Statement((db, p: { one: number; two: number; three: number }) =>
  (db as unknown as Kysely<HoldsTable>)
    .selectFrom('holds')
    .select('slot')
    .where('slot', 'in', [p.one, p.two, p.three])
    .orderBy('slot')
    .forUpdate(),
);

/** Waits until nobody else holds any of the keys, three at most, and holds them to the end of the act. */
export async function holdSlots(act: Act, keys: readonly string[]): Promise<void> {
  const [one, two = one, three = two] = keys.map(slotOf);
  if (one === undefined || two === undefined || three === undefined || keys.length > 3)
    throw new TypeError('an act holds one key, two or three');
  await lock.all(act, { one, two, three });
}

/** FNV-1a: the same in every process. */
function slotOf(key: string): number {
  let hash = 0x81_1c_9d_c5;
  for (let index = 0; index < key.length; index += 1) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01_00_01_93);
  return (hash >>> 0) % SLOTS;
}
