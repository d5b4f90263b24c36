// What calls that prove somebody have in common: their fields, and the session that comes of them.
import {
  type AskOf,
  fitPassword,
  type IdentifierClaim,
  normaliseIdentifier,
  type OutcomeOf,
  type RefusalCode,
  Secret,
} from '#core';
import { type Reading, type Static, Type } from '#wire';
import { tellAccount, AccountSchema } from './accounts/account.ts';
import { closed, Instant, instant } from './kit/schemas.ts';
import type { ApiSettings } from './settings.ts';

/** 256 bits and a little: nobody guesses it, and nothing in it means anything. */
const TOKEN = {
  alphabet: '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz',
  length: 43,
} as const;

export const Password = Type.String({ minLength: 1, maxLength: 4096, format: 'password' });

export const IdentifierText = Type.String({
  minLength: 1,
  maxLength: 320,
  description: 'A user name, a mobile, an e-mail address, an identity number or an AegisSpeed ID.',
});

export const Code = Type.String({ minLength: 1, maxLength: 20, description: 'As it came by message.' });

export const ChallengeToken = Type.String({
  minLength: 1,
  maxLength: 8192,
  description: 'From `POST /api/v1/challenges/answers`, once a `challenge.missing` has asked for it.',
});

export const Device = Type.String({
  minLength: 1,
  maxLength: 100,
  description: 'What the owner is to recognise the session by.',
});

const SESSION = {
  token: Type.String({ description: 'For `Authorization: Bearer`. It is told this once.' }),
  token_type: Type.Literal('Bearer'),
  expires_at: Instant,
};

export const SessionToken = closed(SESSION);

export const SignedIn = closed({ ...SESSION, session_id: Type.String({ format: 'uuid' }), account: AccountSchema });

/** What a sign-in or a registration may be refused with for its password. */
export const UNFIT = [
  'password.malformed',
  'password.too-long',
  'password.too-short',
] as const satisfies readonly RefusalCode[];

export const CHALLENGED = [
  'challenge.expired',
  'challenge.mismatch',
  'challenge.missing',
] as const satisfies readonly RefusalCode[];

export const THROTTLED = [
  'throttle.account',
  'throttle.source',
  'throttle.subnet',
  'server.busy',
] as const satisfies readonly RefusalCode[];

/** What keeps somebody out who has proven who they are. */
export const SHUT = [
  'account.disabled',
  'account.pending',
  'account.password-change-due',
] as const satisfies readonly RefusalCode[];

/** Ready for hashing, or why it cannot be a password. */
export const passwordOf = (given: string, { passwordMaxLength }: Pick<Reading<ApiSettings>, 'passwordMaxLength'>) =>
  fitPassword(given, passwordMaxLength);

const UNMISTAKABLE = ['mobile', 'email', 'id_number'] as const;

/** What can be a number or an address is taken for that alone; no user name of this API looks like one. */
export function claimsOf(text: string): readonly IdentifierClaim[] {
  const exact = UNMISTAKABLE.map((kind) => ({ kind, text })).filter(
    (claim) => normaliseIdentifier(claim) !== undefined,
  );
  if (exact.length > 0) return exact;
  return (['username', 'aegisspeed_id'] as const).map((kind) => ({ kind, text }));
}

export function challengeOf(
  token: string | undefined,
  { challenge }: ApiSettings,
  purpose: string,
): NonNullable<AskOf<'signInWithPassword'>['challenge']> {
  return {
    policy: challenge,
    purpose,
    given: { kind: 'token', token: token === undefined ? undefined : new Secret(token) },
  };
}

/** The session somebody asks for. */
export function sessionFor(
  device: string | undefined,
  { sessionLifeSeconds }: ApiSettings,
): Pick<AskOf<'signInWithPassword'>, 'client' | 'session'> {
  return {
    session: { token: TOKEN, lifeSeconds: sessionLifeSeconds },
    client: { type: 'api', ...(device !== undefined && { deviceName: device }) },
  };
}

export function tellToken({ session }: OutcomeOf<'signInWithPassword'>): Static<typeof SessionToken> {
  return { token: session.token.reveal(), token_type: 'Bearer', expires_at: instant(session.expiresAt) };
}

export function tellSignedIn(outcome: OutcomeOf<'signInWithPassword'>): Static<typeof SignedIn> {
  return { ...tellToken(outcome), session_id: outcome.session.id, account: tellAccount(outcome.account) };
}
