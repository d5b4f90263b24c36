// The calls of Harbour, one row each: where it is, which flow it is, how it is read and written.
import type { AnyRow } from '#wire';
import { readSession } from './reads.ts';
import type { HarbourSettings } from './settings.ts';
import { writeSession } from './writes.ts';

// oxfmt-ignore
export const rows: readonly AnyRow<HarbourSettings>[] = [
  { endpoint: 'session', on: ['POST /harbour/v1/session'], does: 'signInWithPassword', reads: readSession, writes: writeSession },
];
