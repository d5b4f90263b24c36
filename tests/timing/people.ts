// People by number, all alike: whatever they are called has the same length, so that no request is longer than another.
import { checkCharacter, type JsonObject } from '#core';

import type { Somebody } from '../laws/speakers.ts';

/** Somebody who may or may not have an account. */
export type Person = Omit<Somebody, 'account' | 'password'>;

/** The person of that number, below a million. */
export function personOf(number: number): Person {
  const digits = String(number).padStart(6, '0');
  const first17 = `990${digits.slice(0, 3)}19900101${digits.slice(3)}`;
  return {
    username: `user_${digits}`,
    mobile: `19900${digits}`,
    email: `${digits}@example.org`,
    idNumber: first17 + checkCharacter(first17),
    aegisSpeedId: `TST${digits}`,
  };
}

/** A line of an import file. */
export function importLine(person: Person, account: JsonObject): string {
  return `${JSON.stringify({ ...person, roles: ['管理员'], ...account })}\n`;
}
