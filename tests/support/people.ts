// Made-up people: identifiers valid by construction, passwords that are found again wherever they leak.
import { randomBytes, randomInt } from 'node:crypto';

import { checkCharacter } from '#core';

import { noteSecret } from './run-folder.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** A password nobody has used before, so rich that even a few letters of it are found nowhere else; noted as a secret. */
export function aPassword(): string {
  const password = `Cnry-${Array.from({ length: 26 }, () => LETTERS[randomInt(LETTERS.length)]).join('')}`;
  noteSecret(password);
  return password;
}

/** A resident id number with a right check character and a region that does not exist; noted as a secret. */
export function anIdNumber(): string {
  const first17 = `990${digits(3)}19${randomInt(50, 99)}0${randomInt(1, 9)}1${randomInt(0, 9)}${digits(3)}`;
  const idNumber = first17 + checkCharacter(first17);
  noteSecret(idNumber);
  return idNumber;
}

export function aUsername(): string {
  return `user_${randomBytes(5).toString('hex')}`;
}

/** A mobile number of mainland China by its form. */
export function aMobile(): string {
  return `199${digits(8)}`;
}

export function anEmail(): string {
  return `${randomBytes(6).toString('hex')}@example.org`;
}

export function anAegisSpeedId(): string {
  return `TST${digits(6)}`;
}

function digits(count: number): string {
  return Array.from({ length: count }, () => randomInt(0, 10)).join('');
}
