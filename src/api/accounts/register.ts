// The call by which somebody registers.
import { type AskOf, type IdentifierClaim, Refusal, Secret } from '#core';
import { type Reading, type Static, Type } from '#wire';
import {
  ChallengeToken,
  CHALLENGED,
  challengeOf,
  Code,
  Device,
  Password,
  passwordOf,
  sessionFor,
  SessionToken,
  SHUT,
  tellToken,
  THROTTLED,
  UNFIT,
} from '../credentials.ts';
import { defineCall } from '../kit/define-call.ts';
import { closed } from '../kit/schemas.ts';
import type { ApiSettings } from '../settings.ts';
import { AccountSchema, tellAccount } from './account.ts';
import { mergeProfile, ProfileChange } from './profile.ts';

const KINDS = ['username', 'mobile', 'email'] as const;

const Registration = closed({
  username: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  mobile: Type.Optional(Type.String({ minLength: 1, maxLength: 32 })),
  email: Type.Optional(Type.String({ minLength: 1, maxLength: 320 })),
  password: Password,
  profile: Type.Optional(ProfileChange),
  code: Type.Optional(
    Type.String({ ...Code, description: 'Proves the mobile or, where there is none, the e-mail address.' }),
  ),
  challenge_token: Type.Optional(ChallengeToken),
  device: Type.Optional(Device),
});

const KeyHeader = closed({
  'idempotency-key': Type.Optional(
    Type.String({
      pattern: String.raw`^[\x21-\x2b\x2d-\x7e]{16,200}$`,
      description:
        'Drawn at random. Whoever asks once more with it and the same body gets the same account, for 24 hours.',
    }),
  ),
});

type Body = Static<typeof Registration>;

function claimsIn(body: Body): readonly IdentifierClaim[] {
  const claims = KINDS.flatMap((kind) => (body[kind] === undefined ? [] : [{ kind, text: body[kind] }]));
  if (claims.length === 0) throw new Refusal('input.malformed', { remark: 'no identifier' });
  return claims;
}

function proofIn({ code }: Body, claims: readonly IdentifierClaim[]): Pick<AskOf<'join'>, 'proof'> {
  if (code === undefined) return {};
  const claim = claims.find(({ kind }) => kind !== 'username');
  if (claim === undefined) throw new Refusal('input.malformed', { field: 'code' });
  return { proof: { purpose: 'api.register', code: new Secret(code), claim } };
}

/** Everything that is asked for but what is secret or good only once. */
function spelled({ username, mobile, email, profile = {}, device }: Body): string {
  const sorted = Object.entries(profile).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return JSON.stringify([username, mobile, email, sorted, device]);
}

function askToJoin(body: Body, key: string | undefined, reading: Reading<ApiSettings>): AskOf<'join'> {
  const identifiers = claimsIn(body);
  return {
    identifiers,
    password: passwordOf(body.password, reading),
    profile: mergeProfile({}, body.profile ?? {}),
    challenge: challengeOf(body.challenge_token, reading.settings, 'api.register'),
    request: spelled(body),
    ...(key !== undefined && { key }),
    ...proofIn(body, identifiers),
    ...sessionFor(body.device, reading.settings),
  };
}

export const register = defineCall({
  endpoint: 'register',
  on: 'POST /api/v1/accounts',
  does: 'join',
  summary: 'Register',
  description:
    'At least one of `username`, `mobile` and `email`. What no code has proven is kept unproven, and signs nobody in. Under `policy: strict` the answer is 202 whether or not the name was taken: whoever has registered signs in then.',
  tag: 'Accounts',
  auth: 'none',
  headers: KeyHeader,
  body: Registration,
  answer: {
    status: 201,
    description: 'Registered, and signed in.',
    body: closed({ account: AccountSchema, session: SessionToken }),
  },
  otherwise: { status: 202, description: 'Under `policy: strict`: registered, unless the name was taken.' },
  isOtherwise: ({ signedIn }) => signedIn === undefined,
  refuses: [
    'code.expired',
    'code.mismatch',
    'credentials.mismatch',
    'idempotency.mismatch',
    'identifier.malformed',
    'identifier.taken',
    'password.common',
    'registration.too-many',
    ...SHUT,
    ...UNFIT,
    ...CHALLENGED,
    ...THROTTLED,
  ],
  asks: ({ body, header }, reading) => askToJoin(body, header('idempotency-key'), reading),
  tells: ({ signedIn }) => {
    if (signedIn === undefined) throw new Error('whoever is not signed in is answered otherwise');
    return { account: tellAccount(signedIn.account), session: tellToken(signedIn) };
  },
});
