// The calls about challenges: one poses, one takes the answer and gives a token for it.
import {
  type AskOf,
  isChallengePurpose,
  type JsonObject,
  type OutcomeOf,
  type PuzzleKind,
  Refusal,
  Secret,
} from '#core';
import { type Answer, type AnyRow, type CommonSettings, type Fields, json, type WireRequest } from '#wire';
import { assertKnown } from './fields.ts';

const KINDS: readonly PuzzleKind[] = ['picture', 'proof-of-work', 'hosted'];
const POSE_FIELDS: ReadonlySet<string> = new Set(['purpose', 'kind']);
const ANSWER_FIELDS: ReadonlySet<string> = new Set(['id', 'answer']);

/** The longest answer any kind of challenge has. */
const LONGEST_ANSWER = 8192;

// oxfmt-ignore
export const challengeRows: readonly AnyRow<CommonSettings>[] = [
  { endpoint: 'pose-challenge', on: ['POST /api/v1/challenges'],         does: 'poseChallenge', reads: readPose,   writes: writePosed },
  { endpoint: 'pass-challenge', on: ['POST /api/v1/challenges/answers'], does: 'passChallenge', reads: readAnswer, writes: writePassed },
];

/** `purpose` is what the token will be good for: a dialect and an act, `weidu.login`. */
function readPose(request: WireRequest): AskOf<'poseChallenge'> {
  const fields = request.body('json');
  assertKnown(fields, POSE_FIELDS);
  const purpose = textIn(fields, 'purpose');
  if (!isChallengePurpose(purpose)) throw new Refusal('input.malformed', { field: 'purpose' });
  if (fields['kind'] === undefined) return { purpose };
  const kind = KINDS.find((name) => name === fields['kind']);
  if (kind === undefined) throw new Refusal('input.malformed', { field: 'kind' });
  return { purpose, kind };
}

function readAnswer(request: WireRequest): AskOf<'passChallenge'> {
  const fields = request.body('json');
  assertKnown(fields, ANSWER_FIELDS);
  const answer = textIn(fields, 'answer');
  if (answer.length > LONGEST_ANSWER) throw new Refusal('input.malformed', { field: 'answer' });
  return { id: textIn(fields, 'id'), answer: new Secret(answer) };
}

function textIn(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value !== 'string' || value === '') throw new Refusal('input.malformed', { field: name });
  return value;
}

function writePosed({ id, shown, lifeSeconds }: OutcomeOf<'poseChallenge'>): Answer {
  return json({ id, kind: shown.kind, expires_in: lifeSeconds, ...spelled(shown) });
}

/** What the client needs to answer. */
function spelled(shown: OutcomeOf<'poseChallenge'>['shown']): JsonObject {
  if (shown.kind === 'picture')
    return { picture: `data:image/png;base64,${Buffer.from(shown.picture).toString('base64')}` };
  return shown.kind === 'hosted' ? { provider: shown.provider, site_key: shown.siteKey } : { task: shown.task };
}

function writePassed({ token, lifeSeconds }: OutcomeOf<'passChallenge'>): Answer {
  return json({ challenge_token: token.reveal(), expires_in: lifeSeconds });
}
