// The end of a successful sign-in: a fresh token, and one transaction that makes it count.
import type { AuditEntry } from '../audit/audit-entry.ts';
import type { Rehash } from '../budgets/attempt-store.ts';
import { Refusal } from '../kernel/refusal.ts';
import { type Attempt, type SignInDeps, whoAndWhence } from './attempt.ts';
import { disclose } from './disclose.ts';
import { type Drawn, sessionOf } from './draw-session.ts';
import type { SignedIn, SignInAsk } from './signed-in.ts';

/** A secret that was proven; the attempt is still reserved. */
export interface Proven {
  readonly reservationId: string;
  /** For the audit. */
  readonly remark?: string;
  readonly rehash?: Rehash;
}

interface Opening extends Proven {
  readonly act: string;
  readonly drawn: Drawn;
}

/** Opens the session. @throws Refusal `account.unknown` if the account vanished meanwhile */
export async function openSession(deps: SignInDeps, attempt: Attempt<SignInAsk>, proven: Opening): Promise<SignedIn> {
  const at = deps.clock.now();
  const session = sessionOf({ ...attempt, accountId: attempt.found?.account.id ?? '' }, proven.drawn, at);
  const { replaces } = attempt.ask.session;
  const audit: AuditEntry = {
    at,
    act: proven.act,
    outcome: 'success',
    ...reasonOf(attempt, proven),
    ...whoAndWhence(attempt),
  };
  const account = await deps.attempts.succeed({
    reservationId: proven.reservationId,
    session,
    epoch: attempt.found?.epoch ?? 0,
    maxSessions: deps.maxSessions,
    day: deps.calendar.dayOf(at),
    audit,
    ...(replaces && { replaces }),
    ...(proven.rehash && { rehash: proven.rehash }),
  });
  if (account === undefined) throw new Refusal('account.unknown', { remark: 'removed or disabled while signing in' });
  return {
    account,
    session: { ...proven.drawn.issued, issuedAt: at, expiresAt: session.expiresAt },
    app: attempt.app,
    disclosed: disclose(deps.vault, account, attempt.ask.discloses ?? []),
    at,
  };
}

function reasonOf({ ask }: Attempt<SignInAsk>, { remark }: Proven): Pick<AuditEntry, 'reason'> {
  const kinds = ask.showsUnmasked ?? [];
  const reasons = [...(kinds.length === 0 ? [] : [`shown ${kinds.join(' ')}`]), ...(remark ? [remark] : [])];
  return reasons.length === 0 ? {} : { reason: reasons.join(', ') };
}
