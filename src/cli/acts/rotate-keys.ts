// Carries out `keys rotate`: new keys beside the old ones, every protected identifier brought under them, then the old ones dropped.
import { setTimeout as pause } from 'node:timers/promises';
import { resealIdentifiers } from '#core';
import { type Keyring, KEYS_VARIABLE, saveKeyring } from '#crypto';
import { type House, keyFileOf, KEYS_FACT } from '#main';
import type { Act, ActCall } from '../act.ts';
import { Misuse } from '../misuse.ts';
import { inTurn } from '../in-turn.ts';
import { arrangementOf, withHouse } from '../open.ts';
import type { Report } from '../report.ts';

/** Unlike a server's, this one keeps the process alive: nothing else does while it waits. */
const TIMER = { after: async (milliseconds: number): Promise<void> => pause(milliseconds) };

/** Long enough for a running server to have gone over to the new keys. */
const ADOPTION_MS = 2_000;

async function adopt({ config, stores, vault }: House, keyring: Keyring): Promise<void> {
  saveKeyring(keyFileOf(config), keyring);
  vault.adopt(keyring);
  await stores.meta.set(KEYS_FACT, keyring.fingerprint);
}

/** Until a whole pass finds nothing left under the old keys: a server may have added some before it went over. */
async function resealEverything({ clock, stores, vault }: House): Promise<number> {
  const reseal = resealIdentifiers({ ...stores, clock, timer: TIMER, vault });
  let total = 0;
  for (;;) {
    const { resealed } = await reseal();
    if (resealed === 0) return total;
    total += resealed;
  }
}

/** Rotates, or finishes a rotation that was cut short. */
export const rotateKeys: Act = async (call) => {
  if ((call.terminal.environment[KEYS_VARIABLE] ?? '') !== '') {
    throw new Misuse(`the keys come from ${KEYS_VARIABLE}; move them into the key file to rotate them`);
  }
  const { config } = await arrangementOf(call);
  return inTurn(keyFileOf(config), async () => rotate(call));
};

async function rotate(call: ActCall<object>): Promise<Report> {
  return withHouse(call, async (house) => {
    const isResumed = house.keyring.live.length > 1;
    const rotated = isResumed ? house.keyring : house.keyring.rotated();
    await adopt(house, rotated);
    await pause(ADOPTION_MS);
    const resealed = await resealEverything(house);
    await adopt(house, rotated.settled());
    const text = `${resealed} protected identifiers are under the new keys. Backups made before need the keys of then: keep those with them.`;
    return { text, json: { resealed, isResumed } };
  });
}
