// What of an answer could tell two situations apart, and sources nobody has come from yet.
import { randomInt } from 'node:crypto';

import type { Heard } from '#tests/support/talk';

/** An answer but for what differs from one request to the next. */
export function faceOf({ status, headers, body }: Heard): string {
  const { date: _date, 'x-support-code': _code, ...rest } = headers;
  return JSON.stringify([status, rest, body]);
}

/** An address of this machine: one network of sixty-five thousand, all sources of their own. */
export function newSource(): string {
  return `127.${randomInt(1, 255)}.${randomInt(0, 255)}.${randomInt(1, 255)}`;
}
