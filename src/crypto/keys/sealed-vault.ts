// Keeps sensitive identifiers: encrypted with AES-256-GCM, found through a keyed blind index.
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

import type { IdentifierVault } from '#core';

import { separated } from './keyed-digests.ts';
import type { IdentifierKeys, Keyring } from './keyring.ts';

const VERSION = 'v1';
const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** A vault that can go over to other keys while the server runs, as after `keys rotate`. */
export interface SealedVault extends IdentifierVault {
  /** Uses these keys from now on. */
  adopt(keyring: Keyring): void;
}

/**
 * A vault over the keyring. A sealed text reads `v1.<key id>.<iv>.<ciphertext>.<tag>`, in base64url; an index key reads
 * `<key id>.<HMAC-SHA-256>`, so that a rotation can tell which rows are still to be rewritten.
 */
export function vaultWith(keyring: Keyring): SealedVault {
  let keys = keyring;
  return {
    indexKeys: (kind, value) => keys.live.map((set) => indexKey(set, kind, value)),
    seal: (kind, value) => seal(keys.current, kind, value),
    open: (kind, sealed) => open(keys.live, kind, sealed),
    adopt(next) {
      keys = next;
    },
  };
}

function indexKey({ id, index }: IdentifierKeys, kind: string, value: string): string {
  return `${id}.${createHmac('sha256', index).update(separated(kind, value)).digest('base64url')}`;
}

function seal({ id, encryption }: IdentifierKeys, kind: string, value: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, encryption, iv, { authTagLength: TAG_BYTES }).setAAD(boundTo(id, kind));
  const text = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
  return [VERSION, id, ...[iv, text, cipher.getAuthTag()].map((part) => part.toString('base64url'))].join('.');
}

function open(live: readonly IdentifierKeys[], kind: string, sealed: string): string {
  const [version, id = '', iv = '', text = '', tag = '', ...rest] = sealed.split('.');
  if (version !== VERSION || rest.length > 0) throw new Error('a sealed identifier is damaged');
  const keys = live.find((set) => set.id === id);
  if (!keys) throw new Error(`the keys ${id} of a sealed identifier are gone`);
  const [ivBytes, textBytes, tagBytes] = [iv, text, tag].map((part) => Buffer.from(part, 'base64url')) as [
    Buffer,
    Buffer,
    Buffer,
  ];
  if (ivBytes.length !== IV_BYTES || tagBytes.length !== TAG_BYTES) throw new Error('a sealed identifier is damaged');
  const decipher = createDecipheriv(CIPHER, keys.encryption, ivBytes, { authTagLength: TAG_BYTES });
  decipher.setAAD(boundTo(id, kind)).setAuthTag(tagBytes);
  return Buffer.concat([decipher.update(textBytes), decipher.final()]).toString('utf8');
}

/** A sealed text moved to another kind of identifier, or renamed to another key, does not open. */
function boundTo(id: string, kind: string): Buffer {
  return Buffer.from(separated(`${VERSION}.${id}`, kind));
}
