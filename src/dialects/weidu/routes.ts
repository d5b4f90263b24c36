// The documented calls of weidu, one row each.
import type { AnyRow } from '#wire';
import { readLogin } from './reads.ts';
import type { WeiduSettings } from './settings.ts';
import { writeLogin } from './writes.ts';

// oxfmt-ignore
export const rows: readonly AnyRow<WeiduSettings>[] = [
  { endpoint: 'login', on: ['POST /weidu/api/v1/users/login'], does: 'signInWithPassword', reads: readLogin, writes: writeLogin },
];
