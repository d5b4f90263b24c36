// An account as our own API tells it.
import { type Account, ACCOUNT_STATUSES, IDENTIFIER_KINDS, type Identifier, type IdentifierKind } from '#core';
import { type Static, Type } from '#wire';
import { closed, Instant, instant, InstantOrNull, instantOrNull, oneOf, orNull } from '../kit/schemas.ts';
import { ProfileSchema, tellProfile } from './profile.ts';

const IdentifierSchema = closed({
  kind: oneOf(IDENTIFIER_KINDS),
  value: Type.String({ description: 'Masked, unless it is a user name.' }),
  verified: Type.Boolean({ description: 'Its owner has proven it. An unproven mobile or e-mail signs nobody in.' }),
});

/** One account. */
export const AccountSchema = closed({
  id: Type.String({ format: 'uuid' }),
  number: Type.Integer({ minimum: 1 }),
  status: oneOf(ACCOUNT_STATUSES),
  roles: Type.Array(Type.String()),
  organisation: orNull(),
  profile: ProfileSchema,
  identifiers: Type.Array(IdentifierSchema),
  created_at: Instant,
  updated_at: Instant,
  last_sign_in_at: InstantOrNull,
});

export function tellAccount(account: Account): Static<typeof AccountSchema> {
  const { id, number, status, roles, organisation, profile, identifiers } = account;
  return {
    id,
    number,
    status,
    roles: [...roles],
    organisation,
    profile: tellProfile(profile),
    identifiers: identifiers.map(tellIdentifier),
    created_at: instant(account.createdAt),
    updated_at: instant(account.updatedAt),
    last_sign_in_at: instantOrNull(account.lastSignInAt),
  };
}

function tellIdentifier({ kind, shown, verifiedAt }: Identifier): Static<typeof IdentifierSchema> {
  return { kind, value: MASKS[kind](shown), verified: verifiedAt !== null };
}

/** Enough to recognise one's own by, and too little to use it. */
const MASKS: Record<IdentifierKind, (shown: string) => string> = {
  username: (shown) => shown,
  mobile: (shown) => `${shown.slice(0, -8)}****${shown.slice(-4)}`,
  email: (shown) => shown.replace(/^(.).*(@[^@]*)$/u, '$1***$2'),
  // What is stored is sealed, and stays so.
  id_number: () => '******************',
  aegisspeed_id: (shown) => `${shown.slice(0, 3)}***${shown.slice(-3)}`,
};
