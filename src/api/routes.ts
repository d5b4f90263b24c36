// The calls of our own API.
import type { AnyRow, CommonSettings } from '#wire';
import { challengeRows } from './challenges.ts';
import { readIntrospection } from './reads.ts';
import { writeIntrospection } from './writes.ts';

export const rows: readonly AnyRow<CommonSettings>[] = [
  // RFC 7662, section 2.
  {
    endpoint: 'introspect',
    on: ['POST /api/v1/tokens/introspect'],
    does: 'introspectToken',
    reads: readIntrospection,
    writes: writeIntrospection,
  },
  ...challengeRows,
];
