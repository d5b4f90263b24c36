// The calls about one-time codes: having one sent, and setting a new password with it.
import { type AskOf, type IdentifierClaim, Refusal, Secret } from '#core';
import { type Static, Type } from '#wire';
import {
  ChallengeToken,
  CHALLENGED,
  challengeOf,
  claimsOf,
  Code,
  Password,
  passwordOf,
  SHUT,
  THROTTLED,
  UNFIT,
} from './credentials.ts';
import { type ApiRow, defineCall } from './kit/define-call.ts';
import { closed, oneOf } from './kit/schemas.ts';
import type { ApiSettings } from './settings.ts';

const Destination = Type.String({ minLength: 1, maxLength: 320, description: 'A mobile or an e-mail address.' });

const CODE = { alphabet: '0123456789', length: 6 } as const;
const CODE_TRIES = 5;

type Purpose = 'sign-in' | 'register' | 'reset';

/** Whose the destination has to be. */
const EXPECTS = { 'sign-in': 'account', register: 'nobody', reset: 'account' } as const;

const CodeRequest = closed({
  identifier: Destination,
  purpose: oneOf(['sign-in', 'register', 'reset'] satisfies Purpose[], {
    description: 'What it is going to be good for.',
  }),
  challenge_token: Type.Optional(ChallengeToken),
});

/** @throws Refusal `identifier.malformed` */
function destinationOf(text: string): IdentifierClaim {
  const claim = claimsOf(text).find(({ kind }) => kind === 'mobile' || kind === 'email');
  if (claim === undefined) throw new Refusal('identifier.malformed', { field: 'identifier' });
  return claim;
}

function askForCode(body: Static<typeof CodeRequest>, settings: ApiSettings): AskOf<'sendCode'> {
  const { identifier, purpose, challenge_token: token } = body;
  return {
    claim: destinationOf(identifier),
    purpose: `api.${purpose}`,
    message: `code.${purpose}`,
    code: CODE,
    lifeSeconds: settings.codeLifeSeconds,
    tries: CODE_TRIES,
    expects: EXPECTS[purpose],
    language: settings.locale,
    challenge: challengeOf(token, settings, 'api.send-code'),
  };
}

export const codeCalls: readonly ApiRow[] = [
  defineCall({
    endpoint: 'send-code',
    on: 'POST /api/v1/codes',
    does: 'sendCode',
    summary: 'Have a code sent',
    description: 'Under `policy: strict` the answer is the same whether or not anybody has an account there.',
    tag: 'Codes',
    auth: 'none',
    body: CodeRequest,
    answer: {
      status: 202,
      description: 'A code is on its way, as far as anybody may know.',
      body: closed({ resend_after: Type.Integer({ minimum: 0, description: 'Seconds until the next one.' }) }),
    },
    refuses: [
      'account.unknown',
      'code.too-many',
      'code.too-soon',
      'courier.failed',
      'identifier.malformed',
      'identifier.taken',
      ...CHALLENGED,
      ...THROTTLED,
    ],
    statuses: { 'account.unknown': 404 },
    asks: ({ body }, { settings }) => askForCode(body, settings),
    tells: ({ resendAfterSeconds }) => ({ resend_after: resendAfterSeconds }),
  }),
  defineCall({
    endpoint: 'reset-password',
    on: 'POST /api/v1/password-resets',
    does: 'resetPassword',
    summary: 'Set a new password with a code',
    description: 'With a code sent for `reset`. All sessions end, and nobody is signed in.',
    tag: 'Codes',
    auth: 'none',
    body: closed({ identifier: Destination, code: Code, new_password: Password }),
    answer: { status: 204, description: 'The password is another one now.' },
    refuses: [
      'account.unknown',
      'code.expired',
      'code.mismatch',
      'identifier.malformed',
      'password.common',
      ...SHUT,
      ...UNFIT,
      ...THROTTLED,
    ],
    asks: ({ body: { identifier, code, new_password: password } }, reading) => ({
      claim: destinationOf(identifier),
      purpose: 'api.reset',
      code: new Secret(code),
      password: passwordOf(password, reading),
    }),
  }),
];
