// The calls of our own API.
import type { AnyRow, CommonSettings } from '#wire';
import { readIntrospection } from './reads.ts';
import { writeIntrospection } from './writes.ts';

/** RFC 7662, section 2. */
export const rows: readonly AnyRow<CommonSettings>[] = [
  {
    endpoint: 'introspect',
    on: ['POST /api/v1/tokens/introspect'],
    does: 'introspectToken',
    reads: readIntrospection,
    writes: writeIntrospection,
  },
];
