// Entity tags of accounts (RFC 9110, section 8.8.3): another tag, another account.
import { createHash } from 'node:crypto';
import { type Account, Refusal } from '#core';
import { Type } from '#wire';
import { closed } from '../kit/schemas.ts';
import { tellAccount } from './account.ts';

const TAG = String.raw`(?:W/)?"[\x21\x23-\x7e]*"`;

/** The header by which a change is made to depend on what was read. */
export const IfMatch = closed({
  'if-match': Type.Optional(
    Type.String({
      pattern: String.raw`^(?:\*|${TAG}(?: *, *${TAG})*)$`,
      maxLength: 1000,
      description:
        'The `ETag` that was read, several of them, or `*`. Otherwise the change is made whatever has happened since.',
    }),
  ),
});

/** A strong one: of what is told, byte by byte. */
export function entityTagOf(account: Account): string {
  return `"${createHash('sha256')
    .update(JSON.stringify(tellAccount(account)))
    .digest('base64url')
    .slice(0, 27)}"`;
}

/** A weak tag matches nothing here (RFC 9110, section 13.1.1). @throws Refusal `version.stale` */
export function assertFresh(account: Account, ifMatch: string | undefined): void {
  if (ifMatch === undefined || ifMatch === '*') return;
  const given = ifMatch.split(',').map((tag) => tag.trim());
  if (!given.includes(entityTagOf(account))) throw new Refusal('version.stale');
}
