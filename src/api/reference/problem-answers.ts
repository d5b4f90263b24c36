// The answers by which a call says no, described for machines.
import { type JsonObject, type RefusalCode, REFUSALS } from '#core';
import type { CallDocument } from '../kit/document.ts';
import { nameOf, PROBLEM_TYPE, statusOf } from '../kit/problems.ts';
import { refusalsWithin } from '../kit/refusals.ts';

interface Problem {
  readonly status: number;
  readonly name: string;
  readonly text: string;
}

/** Not a refusal, and always possible. */
const FAULT: Problem = { status: 500, name: 'fault', text: 'Something went wrong on our side' };

const SUPPORT = { description: 'Names the refusal to the operator.', schema: { type: 'string' } };
const WAIT = { description: 'Seconds until it makes sense to come back.', schema: { type: 'integer', minimum: 1 } };

/** By status, each with the codes that stand for it. */
export function problemsOf(documents: readonly CallDocument[]): JsonObject {
  const problems = documents.flatMap((document) => refusalsWithin(document).map((code) => problemOf(code, document)));
  const byStatus = Map.groupBy([...problems, FAULT], ({ status }) => status);
  return Object.fromEntries([...byStatus].map(([status, each]) => [String(status), answerOf(status, each)]));
}

function problemOf(code: RefusalCode, document: CallDocument): Problem {
  return { status: statusOf(code, document), name: nameOf(code), text: REFUSALS[code].text };
}

function answerOf(status: number, problems: readonly Problem[]): JsonObject {
  const texts = new Map(problems.map(({ name, text }) => [name, text]));
  const isForLater = status === 429 || status === 503;
  return {
    description: [...texts].map(([name, text]) => `\`${name}\`: ${text}.`).join(' '),
    headers: { 'x-support-code': SUPPORT, ...(isForLater && { 'retry-after': WAIT }) },
    content: { [PROBLEM_TYPE]: { schema: schemaOf(status, [...texts.keys()]) } },
  };
}

function schemaOf(status: number, names: readonly string[]): JsonObject {
  return {
    type: 'object',
    required: ['type', 'title', 'status', 'code'],
    properties: {
      type: { type: 'string', format: 'uri' },
      title: { type: 'string' },
      status: { const: status },
      code: { enum: names },
    },
    additionalProperties: false,
  };
}
