// The documented calls of NoBase, one row each.
import type { AnyRow } from '#wire';
import { readLogin } from './reads.ts';
import type { NoBaseSettings } from './settings.ts';
import { writeLogin } from './writes.ts';

// oxfmt-ignore
export const rows: readonly AnyRow<NoBaseSettings>[] = [
  { endpoint: 'login', on: ['GET /api/user/login', 'POST /api/user/login'], does: 'signInWithPassword', reads: readLogin, writes: writeLogin },
];
