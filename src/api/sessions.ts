// The calls about sessions: signing in and out, and looking after the sessions there are.
import { endOf, type OutcomeOf, Refusal, Secret, type Session } from '#core';
import { type Static, Type } from '#wire';
import {
  ChallengeToken,
  CHALLENGED,
  challengeOf,
  claimsOf,
  Code,
  Device,
  IdentifierText,
  Password,
  passwordOf,
  sessionFor,
  SHUT,
  SignedIn,
  tellSignedIn,
  THROTTLED,
  UNFIT,
} from './credentials.ts';
import { type ApiRow, defineCall } from './kit/define-call.ts';
import { closed, Instant, instant, Next, orNull, PAGE, PAGING, Uuid } from './kit/schemas.ts';

const SIGNED_IN = { status: 201, description: 'Signed in.', body: SignedIn } as const;
const SIGN_IN_DESCRIPTION =
  'With a password, or with the code that `POST /api/v1/codes` had sent for `sign-in`. Failures count for the account, whatever the dialect.';

/** A code proves somebody as a password does, but goes only to a mobile or an address. */
const signIn: readonly ApiRow[] = [
  defineCall({
    endpoint: 'sign-in-with-code',
    on: 'POST /api/v1/sessions',
    when: (request) => request.body('json')['code'] !== undefined,
    does: 'signInWithCode',
    summary: 'Sign in',
    description: SIGN_IN_DESCRIPTION,
    tag: 'Sessions',
    auth: 'none',
    body: closed({ identifier: IdentifierText, code: Code, device: Type.Optional(Device) }),
    answer: SIGNED_IN,
    refuses: ['account.unknown', 'code.expired', 'code.mismatch', ...SHUT, ...THROTTLED],
    asks: ({ body: { identifier, code, device } }, { settings }) => ({
      claims: claimsOf(identifier).filter(({ kind }) => kind === 'mobile' || kind === 'email'),
      code: new Secret(code),
      purpose: 'api.sign-in',
      ...sessionFor(device, settings),
    }),
    tells: tellSignedIn,
  }),
  defineCall({
    endpoint: 'sign-in',
    on: 'POST /api/v1/sessions',
    does: 'signInWithPassword',
    summary: 'Sign in',
    description: SIGN_IN_DESCRIPTION,
    tag: 'Sessions',
    auth: 'none',
    body: closed({
      identifier: IdentifierText,
      password: Password,
      challenge_token: Type.Optional(ChallengeToken),
      device: Type.Optional(Device),
    }),
    answer: SIGNED_IN,
    refuses: [
      'account.unknown',
      'account.password-missing',
      'credentials.mismatch',
      ...SHUT,
      ...UNFIT,
      ...CHALLENGED,
      ...THROTTLED,
    ],
    asks: ({ body: { identifier, password, challenge_token: token, device } }, reading) => ({
      claims: claimsOf(identifier),
      password: passwordOf(password, reading),
      challenge: challengeOf(token, reading.settings, 'api.sign-in'),
      ...sessionFor(device, reading.settings),
    }),
    tells: tellSignedIn,
  }),
];

/** One session of an account. */
export const SessionSchema = closed({
  id: Type.String({ description: 'Not the token.' }),
  dialect: Type.String({ description: 'What it was opened through.' }),
  app: orNull({ description: 'The application it was opened for.' }),
  source: Type.String({ description: 'The address it was opened from.' }),
  device: orNull({ description: 'As the client called it.' }),
  issued_at: Instant,
  last_seen_at: Instant,
  expires_at: Instant,
  current: Type.Boolean({ description: 'It is the one that asks.' }),
});

function tellSession(session: Session, currentId: string | undefined): Static<typeof SessionSchema> {
  const { deviceName, deviceModel, deviceId } = session.client;
  return {
    id: session.id,
    dialect: session.dialect,
    app: session.appId,
    source: session.source,
    device: deviceName ?? deviceModel ?? deviceId ?? null,
    issued_at: instant(session.issuedAt),
    last_seen_at: instant(session.seenAt),
    expires_at: instant(endOf(session)),
    current: session.id === currentId,
  };
}

/** The last session of a page, spelled as a cursor. */
const cursorOf = ({ issuedAt, id }: { readonly issuedAt: number; readonly id: string }): string => `${issuedAt}.${id}`;

/** @throws Refusal `input.malformed` */
export function placeAt(cursor: string): { readonly issuedAt: number; readonly id: string } {
  const [, issuedAt, id] = /^(\d{1,15})\.([\w-]{1,64})$/.exec(cursor) ?? [];
  if (issuedAt === undefined || id === undefined) throw new Refusal('input.malformed', { field: 'cursor' });
  return { issuedAt: Number(issuedAt), id };
}

export function tellSessions({ sessions, currentId, next }: OutcomeOf<'listSessions'>) {
  return { sessions: sessions.map((each) => tellSession(each, currentId)), next: next && cursorOf(next) };
}

const ENDED = { status: 204, description: 'Ended, everywhere and at once.' } as const;

const own: readonly ApiRow[] = [
  defineCall({
    endpoint: 'sign-out',
    on: 'DELETE /api/v1/sessions/current',
    does: 'signOut',
    summary: 'Sign out',
    tag: 'Sessions',
    auth: 'session',
    answer: ENDED,
    refuses: [],
    asks: ({ credential }) => ({ who: credential }),
  }),
  defineCall({
    endpoint: 'list-sessions',
    on: 'GET /api/v1/me/sessions',
    does: 'listSessions',
    summary: 'See one’s own sessions',
    description: 'Of every dialect, the newest first.',
    tag: 'Sessions',
    auth: 'session',
    query: closed(PAGING),
    answer: {
      status: 200,
      description: 'One page.',
      body: closed({ sessions: Type.Array(SessionSchema), next: Next }),
    },
    refuses: [],
    asks: ({ credential, query: { limit = PAGE, cursor } }) => ({
      who: credential,
      limit,
      ...(cursor !== undefined && { after: placeAt(cursor) }),
    }),
    tells: tellSessions,
  }),
  defineCall({
    endpoint: 'end-session',
    on: 'DELETE /api/v1/me/sessions/{id}',
    does: 'endSession',
    summary: 'End one of one’s own sessions',
    tag: 'Sessions',
    auth: 'session',
    path: closed({ id: Uuid }),
    answer: ENDED,
    refuses: ['session.absent'],
    asks: ({ credential, path: { id } }) => ({ who: credential, sessionId: id }),
  }),
  defineCall({
    endpoint: 'end-other-sessions',
    on: 'DELETE /api/v1/me/sessions',
    does: 'endOtherSessions',
    summary: 'End all one’s other sessions',
    tag: 'Sessions',
    auth: 'session',
    answer: ENDED,
    refuses: [],
    asks: ({ credential }) => ({ who: credential }),
  }),
];

export const sessionCalls: readonly ApiRow[] = [...signIn, ...own];
