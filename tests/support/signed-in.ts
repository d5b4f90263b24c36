// A sign-in that succeeded, for writers to tell of; whoever needs another account says what differs.
import { type Account, type Identifier, type IdentifierKind, type OutcomeOf, Secret } from '#core';

type SignedIn = OutcomeOf<'signInWithPassword'>;

const ACCOUNT: Account = {
  id: '0196a3c4-5b00-7000-8000-000000000001',
  realm: 'main',
  number: 1,
  publicId: 'abcdefghijklmnopqrstuvwxyz',
  status: 'active',
  isPasswordChangeDue: false,
  roles: [],
  organisation: null,
  profile: {},
  attributes: {},
  identifiers: [],
  createdAt: Date.UTC(2025, 1, 9, 3, 48, 23),
  updatedAt: Date.UTC(2025, 1, 9, 3, 48, 23),
  lastSignInAt: null,
  signInDayRun: 0,
  passwordChangedAt: null,
};

/** The instant at which these sign-ins happen: 2025-06-12 17:16:31 in Shanghai. */
export const SIGNED_IN_AT = Date.UTC(2025, 5, 12, 9, 16, 31);

/** An identifier as its owner sees it. */
export function shown(kind: IdentifierKind, text: string): Identifier {
  return { kind, key: text, shown: text, verifiedAt: SIGNED_IN_AT };
}

/** A sign-in of an account that differs from a bare one in what is given. */
export function signedIn(account: Partial<Account> = {}, outcome: Partial<SignedIn> = {}): SignedIn {
  return {
    account: { ...ACCOUNT, ...account },
    session: {
      id: '0196a3c4-5b00-7000-8000-000000000002',
      token: new Secret('token-of-the-session'),
      issuedAt: SIGNED_IN_AT,
      expiresAt: SIGNED_IN_AT + 7 * 24 * 60 * 60 * 1000,
    },
    app: undefined,
    disclosed: {},
    at: SIGNED_IN_AT,
    ...outcome,
  };
}
