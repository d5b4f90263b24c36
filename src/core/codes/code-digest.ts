// How a code rests: as a keyed digest bound to what it is good for.
import type { Digests } from '../kernel/ports.ts';
import type { Secret } from '../kernel/secret.ts';
import type { CodePurpose } from './code-store.ts';

/** The digest under which a code for this purpose and destination is kept. */
export function codeDigest(digests: Digests, { realm, purpose, destination }: CodePurpose, code: Secret): string {
  return digests.keyed('code', JSON.stringify([realm, purpose, destination, code.reveal()]));
}
