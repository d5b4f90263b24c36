// One call of our own API: the flow it is, how it is documented, and the row that follows from both.
import type { AskOf, FlowName, JsonValue, OutcomeOf } from '#core';
import {
  type Answer,
  type AnyRow,
  json,
  type Reading,
  type Reply,
  type Static,
  type TObject,
  type TSchema,
  type TVoid,
} from '#wire';
import type { ApiSettings } from '../settings.ts';
import type { AnswerDocument, Auth, CallDocument } from './document.ts';
import { refusalsOf } from './problems.ts';
import { type Input, readInput } from './read-input.ts';

/** A row of our own API, and what it says of itself. */
export type ApiRow = AnyRow<ApiSettings> & { readonly document: CallDocument };

/** The one place a call of our own API has. */
export type ApiPath = `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /api/v1/${string}`;

type Nothing = TObject<Record<never, never>>;

/** A call as it is written down. */
export interface CallPlan<
  Name extends FlowName,
  Who extends Auth,
  Path extends TObject,
  Query extends TObject,
  Body extends TObject,
  Told extends TSchema,
> extends CallDocument {
  /** The act in kebab-case; `api.act` is the name the operator switches it by. */
  readonly endpoint: string;
  readonly on: ApiPath;
  readonly does: Name;
  readonly auth: Who;
  readonly path?: Path;
  readonly query?: Query;
  readonly body?: Body;
  readonly answer: AnswerDocument<Told>;
  /** What the flow is asked. @throws Refusal */
  readonly asks: (input: Input<Who, Path, Query, Body>, reading: Reading<ApiSettings>) => AskOf<Name>;
  /** The body of the answer; left out where there is none. */
  readonly tells?: (outcome: OutcomeOf<Name>, reply: Reply<ApiSettings>) => Static<Told>;
  /** The answer as it is, in the place of a body that is told. */
  readonly renders?: (outcome: OutcomeOf<Name>, reply: Reply<ApiSettings>) => string;
  /** Headers of the answer. */
  readonly heads?: (outcome: OutcomeOf<Name>, reply: Reply<ApiSettings>) => Readonly<Record<string, string>>;
  /** Whether the answer is the other one. */
  readonly isOtherwise?: (outcome: OutcomeOf<Name>) => boolean;
  readonly when?: AnyRow<ApiSettings>['when'];
  readonly bodyFields?: number;
}

/** Makes the row. Its schemas validate the request, and describe it. */
export function defineCall<
  Name extends FlowName,
  Who extends Auth,
  Path extends TObject = Nothing,
  Query extends TObject = Nothing,
  Body extends TObject = Nothing,
  Told extends TSchema = TVoid,
>(plan: CallPlan<Name, Who, Path, Query, Body, Told>): ApiRow {
  const { endpoint, on, does, asks, when, bodyFields } = plan;
  const row = {
    endpoint,
    on: [on],
    does,
    reads: (request: Parameters<ApiRow['reads']>[0], reading: Reading<ApiSettings>) =>
      asks(readInput(plan, on, request) as Input<Who, Path, Query, Body>, reading),
    writes: (outcome: OutcomeOf<Name>, reply: Reply<ApiSettings>) => answerOf(plan, outcome, reply),
    refuses: refusalsOf(plan),
    document: plan,
    ...(when && { when }),
    ...(bodyFields !== undefined && { bodyFields }),
  };
  // Which flow a row names and what that flow is asked were matched by the plan.
  return row as unknown as ApiRow;
}

type Telling<Name extends FlowName> = Pick<
  CallPlan<Name, Auth, TObject, TObject, TObject, TSchema>,
  'answer' | 'heads' | 'isOtherwise' | 'otherwise' | 'renders' | 'tells'
>;

function answerOf<Name extends FlowName>(
  { answer, heads, isOtherwise, otherwise, renders, tells }: Telling<Name>,
  outcome: OutcomeOf<Name>,
  reply: Reply<ApiSettings>,
): Answer {
  if (otherwise !== undefined && isOtherwise?.(outcome) === true) return { status: otherwise.status, body: '' };
  const headers = heads?.(outcome, reply) ?? {};
  if (renders !== undefined) {
    const type = answer.contentType && { contentType: answer.contentType };
    return { status: answer.status, headers, ...type, body: renders(outcome, reply) };
  }
  if (tells === undefined) return { status: answer.status, headers, body: '' };
  return json(tells(outcome, reply) as JsonValue, answer.status, headers);
}
