// What was decided under a support code, so that whoever answers the telephone can tell why.
import type { AuditRecord } from '../audit/audit-entry.ts';
import type { AuditStore } from '../audit/audit-store.ts';
import { seekAudit } from '../audit/seek-audit.ts';
import { type BudgetKind, type BudgetState, FRESH_BUDGET } from '../budgets/budget.ts';
import type { BudgetRegister } from '../decisions/budget-register.ts';
import type { DecisionRecord } from '../decisions/decision.ts';
import type { DecisionStore } from '../decisions/decision-store.ts';

/** What explaining needs. */
export interface ExplainDeps {
  readonly audit: Pick<AuditStore, 'list'>;
  readonly budgets: Pick<BudgetRegister, 'get'>;
  readonly decisions: Pick<DecisionStore, 'find'>;
}

/** Everything there is under a support code. */
export interface Explanation {
  /** Undefined when it is past its age, or was one of too many in a flood. */
  readonly decision?: DecisionRecord;
  /** The budget that refused, as it stands now. */
  readonly counter?: BudgetState;
  /** Every entry of the trail that carries the code, oldest first. */
  readonly entries: readonly AuditRecord[];
}

const PAGE = 2000;
/** An entry is dated before its answer and written after it was hashed: so far apart they are never. */
const SPREAD_MS = 600_000;

/** With a decision record the trail is read around its time only; without one, from its beginning. */
export const explainRefusal =
  (deps: ExplainDeps) =>
  async ({ supportCode }: { readonly supportCode: string }): Promise<Explanation> => {
    const decision = await deps.decisions.find(supportCode);
    const isIt = ({ requestId }: AuditRecord): boolean => requestId === supportCode;
    if (decision === undefined) return { entries: await collect(deps, { after: 0, until: Infinity, isIt }) };
    const { firstAt, lastAt } = decision;
    const after = await seekAudit(deps)(firstAt - SPREAD_MS);
    const entries = await collect(deps, { after, until: lastAt + SPREAD_MS, isIt });
    const counter = await counterOf(deps, decision);
    return { decision, entries, ...(counter && { counter }) };
  };

/** What a throttled attempt was held against. */
async function counterOf({ budgets }: ExplainDeps, decision: DecisionRecord): Promise<BudgetState | undefined> {
  const { refusal, field, key } = decision;
  if (!refusal.startsWith('throttle.') || field === undefined || key === undefined) return undefined;
  return (await budgets.get({ kind: field as BudgetKind, key })) ?? FRESH_BUDGET;
}

interface Search {
  readonly after: number;
  readonly until: number;
  readonly isIt: (record: AuditRecord) => boolean;
}

async function collect({ audit }: ExplainDeps, { after, until, isIt }: Search): Promise<readonly AuditRecord[]> {
  const found: AuditRecord[] = [];
  for (let last = after; ;) {
    const page = await audit.list(last, PAGE);
    found.push(...page.filter(isIt));
    const end = page.at(-1);
    if (end === undefined || end.at > until + SPREAD_MS) return found;
    last = end.id;
  }
}
