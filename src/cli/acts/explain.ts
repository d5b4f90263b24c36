// Carries out `explain`.
import { type AuditRecord, explainRefusal, REFUSALS } from '#core';
import type { Act } from '../act.ts';
import { withHouse } from '../open.ts';
import { listing } from '../report.ts';

/** What the catalogue says about a reason. */
function meaning(reason: string | undefined): string {
  const entry = Object.entries(REFUSALS).find(([code]) => code === reason)?.[1];
  return entry === undefined ? '-' : `${reason ?? ''} (${entry.text})`;
}

function lines({ at, act, outcome, reason, accountId, source, endpoint, appId }: AuditRecord): string {
  return listing([
    ['at', new Date(at).toISOString()],
    ['act', act],
    ['outcome', outcome],
    ['reason', meaning(reason)],
    ['account', accountId ?? '-'],
    ['source', source],
    ['endpoint', endpoint ?? '-'],
    ['app', appId ?? '-'],
  ]);
}

/** Tells every decision under the code. */
export const explain: Act = async (call) => {
  // People write down what they hear; the alphabet knows neither capitals nor blanks.
  const supportCode = (call.arguments[0] ?? '').trim().toLowerCase();
  return withHouse(call, async ({ stores }) => {
    const records = await explainRefusal(stores)({ supportCode });
    const isKnown = records.length > 0;
    const text = isKnown
      ? records.map(lines).join('\n\n')
      : 'nothing was decided under this code; what never came so far stands in the log under the same id';
    return {
      text,
      json: { decisions: records.map((record) => ({ ...record, at: new Date(record.at).toISOString() })) },
      exitCode: isKnown ? 0 : 1,
    };
  });
};
