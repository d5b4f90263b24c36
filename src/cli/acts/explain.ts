// Carries out `explain`.
import { setTimeout as pause } from 'node:timers/promises';
import {
  ANYBODY,
  type AuditRecord,
  type BudgetKind,
  type DecisionRecord,
  type Explanation,
  explainRefusal,
  type JsonObject,
  REFUSALS,
} from '#core';
import type { House } from '#main';
import type { Act } from '../act.ts';
import { adviceOn } from '../advice.ts';
import { BUDGET_OF, standingJson, standingText } from '../budget-words.ts';
import { withHouse } from '../open.ts';
import { listing } from '../report.ts';

/** A server writes decisions down a moment after it has answered. */
const WRITTEN_BY_MS = 800;

const iso = (at: number): string => new Date(at).toISOString();

/** What the catalogue says about a reason. */
function meaning(reason: string | undefined): string {
  const entry = Object.entries(REFUSALS).find(([code]) => code === reason)?.[1];
  return entry === undefined ? (reason ?? '-') : `${reason ?? ''} (${entry.text})`;
}

function whenText({ count, firstAt, lastAt }: DecisionRecord): string {
  return count === 1 ? iso(firstAt) : `${count} times alike from ${iso(firstAt)} to ${iso(lastAt)}`;
}

function sourceText({ source, forwardedBy }: DecisionRecord): string {
  if (source === ANYBODY) return 'many, in a flood too large to tell them apart';
  return forwardedBy === undefined
    ? `${source}, as the socket has it`
    : `${source}, on the word of the proxy ${forwardedBy}`;
}

const isBudget = (field: string | undefined): field is BudgetKind => field !== undefined && field in BUDGET_OF;

type Line = readonly [name: string, value: string];

function budgetLines({ decision, counter }: Explanation, now: number): readonly Line[] {
  if (counter === undefined || decision === undefined || !isBudget(decision.field)) return [];
  return [
    ['rule', `budgets.${decision.field}: ${BUDGET_OF[decision.field]}`],
    ['counter', decision.key ?? '-'],
    ['counter now', standingText(counter, now)],
  ];
}

function decisionLines(explanation: Explanation, now: number): readonly Line[] {
  const { decision } = explanation;
  if (decision === undefined) return [];
  const { refusal, shown, field, remark, retryAfterSeconds: wait, lastAt } = decision;
  return [
    ['refused', meaning(refusal)],
    ...(shown === undefined ? [] : [['answered as', meaning(shown)] as const]),
    ['when', whenText(decision)],
    ...budgetLines(explanation, now),
    ...(field === undefined || isBudget(field) ? [] : [['about', field] as const]),
    ...(remark === undefined ? [] : [['remark', remark] as const]),
    ...(wait === undefined ? [] : [['told to wait', `${wait} s, until ${iso(lastAt + wait * 1000)}`] as const]),
    ['source', sourceText(decision)],
    ['endpoint', decision.endpoint ?? `none of ${decision.dialect}`],
    ['app', decision.appId ?? '-'],
  ];
}

function entryLines({
  at,
  act,
  outcome,
  reason,
  accountId,
  actorId,
  source,
  endpoint,
  appId,
}: AuditRecord): readonly Line[] {
  return [
    ['in the audit', `${act}, ${outcome}`],
    ['at', iso(at)],
    ['reason', meaning(reason)],
    ['account', accountId ?? '-'],
    ...(actorId === undefined ? [] : [['administrator', actorId] as const]),
    ['source', source],
    ['endpoint', endpoint ?? '-'],
    ['app', appId ?? '-'],
  ];
}

const NOTHING = [
  'nothing was decided under this code.',
  'Decision records go after decisions.retentionDays; of many refusals alike within a minute only the latest hundred codes are kept.',
  'A fault is no decision: it stands in the log under the same id.',
].join(' ');

function textOf(explanation: Explanation, now: number): string {
  const advice = adviceOn(explanation);
  const blocks = [
    decisionLines(explanation, now),
    ...explanation.entries.map(entryLines),
    advice === undefined ? [] : [['what to do', advice] as const],
  ];
  const told = blocks.filter(({ length }) => length > 0);
  return told.length === 0 ? NOTHING : told.map(listing).join('\n\n');
}

function jsonOf(explanation: Explanation, now: number): JsonObject {
  const { decision, counter, entries } = explanation;
  return {
    decision:
      decision === undefined ? null : { ...decision, firstAt: iso(decision.firstAt), lastAt: iso(decision.lastAt) },
    counter: counter === undefined ? null : standingJson(counter, now),
    audit: entries.map((record) => ({ ...record, at: iso(record.at) })),
    advice: adviceOn(explanation) ?? null,
  };
}

async function explained({ stores }: House, supportCode: string): Promise<Explanation> {
  const find = explainRefusal(stores);
  const first = await find({ supportCode });
  if (first.decision !== undefined) return first;
  await pause(WRITTEN_BY_MS);
  return find({ supportCode });
}

/** Tells everything under the code: why, by which rule, until when, and what to do about it. */
export const explain: Act = async (call) => {
  // People write down what they hear; the alphabet knows neither capitals nor blanks.
  const supportCode = (call.arguments[0] ?? '').trim().toLowerCase();
  return withHouse(call, async (house) => {
    const explanation = await explained(house, supportCode);
    const now = house.clock.now();
    const isKnown = explanation.decision !== undefined || explanation.entries.length > 0;
    return { text: textOf(explanation, now), json: jsonOf(explanation, now), exitCode: isKnown ? 0 : 1 };
  });
};
