// The calls about challenges: one poses, one takes the answer and gives a token for it.
import { type AskOf, isChallengePurpose, type OutcomeOf, type PuzzleKind, Refusal, Secret } from '#core';
import { type Static, Type } from '#wire';
import { type ApiRow, defineCall } from './kit/define-call.ts';
import { closed, oneOf } from './kit/schemas.ts';

const KINDS: readonly PuzzleKind[] = ['picture', 'proof-of-work', 'hosted'];

/** The longest answer any kind of challenge has. */
const LONGEST_ANSWER = 8192;

const Pose = closed({
  purpose: Type.String({
    minLength: 1,
    maxLength: 100,
    description: 'What the token will be good for: a dialect and an act, `api.sign-in`.',
  }),
  kind: Type.Optional(oneOf(KINDS, { description: 'Which kind is wanted; otherwise what is configured first.' })),
});

const Posed = closed({
  id: Type.String(),
  kind: oneOf(KINDS),
  expires_in: Type.Integer({ minimum: 1, description: 'Seconds.' }),
  picture: Type.Optional(Type.String({ description: 'A `data:` URL of a PNG, of a `picture`.' })),
  provider: Type.Optional(Type.String({ description: 'Whose widget to show, of a `hosted` one.' })),
  site_key: Type.Optional(Type.String({ description: 'For the widget, of a `hosted` one.' })),
  task: Type.Optional(Type.Unknown({ description: 'What to work on, of a `proof-of-work`.' })),
});

const Answer = closed({
  id: Type.String({ minLength: 1, description: 'Of the challenge.' }),
  answer: Type.String({ minLength: 1, maxLength: LONGEST_ANSWER }),
});

const Passed = closed({
  challenge_token: Type.String({ description: 'Good once, for the purpose it was posed for.' }),
  expires_in: Type.Integer({ minimum: 1, description: 'Seconds.' }),
});

function askToPose({ body: { purpose, kind } }: { readonly body: Static<typeof Pose> }): AskOf<'poseChallenge'> {
  if (!isChallengePurpose(purpose)) throw new Refusal('input.malformed', { field: 'purpose' });
  return { purpose, ...(kind && { kind }) };
}

/** What the client needs to answer. */
function tellPosed({ id, shown, lifeSeconds }: OutcomeOf<'poseChallenge'>): Static<typeof Posed> {
  const posed = { id, kind: shown.kind, expires_in: lifeSeconds };
  if (shown.kind === 'picture')
    return { ...posed, picture: `data:image/png;base64,${Buffer.from(shown.picture).toString('base64')}` };
  if (shown.kind === 'hosted') return { ...posed, provider: shown.provider, site_key: shown.siteKey };
  return { ...posed, task: shown.task };
}

export const challengeCalls: readonly ApiRow[] = [
  defineCall({
    endpoint: 'pose-challenge',
    on: 'POST /api/v1/challenges',
    does: 'poseChallenge',
    summary: 'Be posed a challenge',
    tag: 'Challenges',
    auth: 'none',
    body: Pose,
    answer: { status: 200, description: 'The challenge.', body: Posed },
    refuses: ['challenge.too-many', 'throttle.source', 'throttle.subnet'],
    asks: askToPose,
    tells: tellPosed,
  }),
  defineCall({
    endpoint: 'pass-challenge',
    on: 'POST /api/v1/challenges/answers',
    does: 'passChallenge',
    summary: 'Answer a challenge',
    tag: 'Challenges',
    auth: 'none',
    body: Answer,
    answer: { status: 200, description: 'Passed.', body: Passed },
    refuses: ['challenge.expired', 'challenge.mismatch', 'throttle.source', 'throttle.subnet'],
    asks: ({ body: { id, answer } }) => ({ id, answer: new Secret(answer) }),
    tells: ({ token, lifeSeconds }) => ({ challenge_token: token.reveal(), expires_in: lifeSeconds }),
  }),
];
