// The letters on a drawn picture, and what counts as having read them.
import type { RandomSpelling } from '../kernel/ports.ts';
import { Secret } from '../kernel/secret.ts';

/** Digits and letters no two of which are drawn alike: without 0 and O, 1 and I. Four of these 32 are 20 bits. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** So many letters. */
export function pictureLetters(length: number): RandomSpelling {
  return { alphabet: ALPHABET, length };
}

/** What was typed, as it is compared: letter case, spaces and the width of letters make no difference. */
export function pictureText(typed: Secret): Secret {
  return new Secret(typed.reveal().slice(0, 64).normalize('NFKC').replaceAll(/\s/g, '').toUpperCase());
}
