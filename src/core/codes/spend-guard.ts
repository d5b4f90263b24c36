// Stands before the couriers and before the codes they carried: how many may leave, and how many may be guessed at.
import type { Allowance } from '../allowances/allowance.ts';
import type { AllowanceStore, SpendOutcome } from '../allowances/allowance-store.ts';
import { secondsTo } from '../allowances/spending.ts';
import { whence } from '../apps/app-gate.ts';
import type { AuditStore } from '../audit/audit-store.ts';
import type { AttemptStore } from '../budgets/attempt-store.ts';
import type { Source } from '../budgets/source.ts';
import type { Call } from '../flows/call.ts';
import type { Clock, Digests } from '../kernel/ports.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { CodeWatch } from './code-watch.ts';
import {
  allowanceOfLooks,
  allowancesOf,
  allowancesOfSource,
  creditedBy,
  RESEND,
  type Sending,
  type SendingRules,
} from './sending-rules.ts';

/** What the guard needs. */
export interface SpendGuardDeps {
  readonly allowances: Pick<AllowanceStore, 'settle' | 'spend'>;
  readonly attempts: Pick<AttemptStore, 'isKnown'>;
  readonly audit: Pick<AuditStore, 'append'>;
  readonly clock: Clock;
  readonly digests: Digests;
  readonly rules: SendingRules;
  readonly watch: CodeWatch;
}

/** Something that was charged, and can be given back. */
export interface Charged {
  readonly at: number;
  readonly allowances: readonly Allowance[];
}

type Used = Extract<SpendOutcome, { outcome: 'refused' }>;

/** Guards codes. One per process. */
export class SpendGuard {
  readonly #deps: SpendGuardDeps;

  constructor(deps: SpendGuardDeps) {
    this.#deps = deps;
  }

  /** How long a destination waits for its next code. */
  get resendSeconds(): number {
    return this.#deps.rules.destination.resendSeconds;
  }

  /**
   * Charges one message to everything it is charged to, or to nothing.
   * @throws Refusal `code.too-soon`, `code.too-many`; `courier.failed` while a guard is closed
   */
  async admit(sending: Sending, call: Call): Promise<Charged> {
    const { rules, digests } = this.#deps;
    return this.#charge(allowancesOf(rules, sending, digests), call);
  }

  /** Charges whoever asks for a message that will not be sent. @throws Refusal as `admit` */
  async admitAsking(call: Call): Promise<void> {
    await this.#charge(allowancesOfSource(this.#deps.rules, call.source), call);
  }

  /** Nothing was handed to a courier: all of it is as if it had not been. */
  async giveBack({ at, allowances }: Charged): Promise<void> {
    await this.#deps.allowances.settle({ spentAt: at, returned: allowances });
  }

  /**
   * A courier failed: the destination need not wait for its next code. Nothing else is given back, for a courier that says it
   * failed may have cost money, and may even have delivered: nobody is to get more messages than the hour and the day allow.
   */
  async spareWaiting({ at, allowances }: Charged): Promise<void> {
    await this.giveBack({ at, allowances: allowances.filter(({ name }) => name === RESEND) });
  }

  /** A code came to use: it speaks for the number's prefix, and for the source that used it. */
  async credit(sending: Sending): Promise<void> {
    const { allowances, clock, digests, rules } = this.#deps;
    await allowances.settle({ spentAt: clock.now(), used: creditedBy(rules, sending, digests) });
  }

  /**
   * Charges one look at a code of the account, or of the name nobody has.
   * @throws Refusal `throttle.account` when too many wrong ones were looked at within a day
   */
  async look(subject: string, source: Source): Promise<Charged> {
    const { allowances, attempts, clock, rules } = this.#deps;
    const at = clock.now();
    const isKnown = await attempts.isKnown(subject, source.bucket, at);
    const looks = [allowanceOfLooks(rules, subject, isKnown ? source : undefined)];
    const outcome = await allowances.spend(looks, at);
    if (outcome.outcome === 'granted') return { at, allowances: looks };
    throw new Refusal('throttle.account', { field: 'looks', retryAfterSeconds: secondsTo(outcome, at) });
  }

  async #charge(charged: readonly Allowance[], call: Call): Promise<Charged> {
    const { allowances, clock, watch } = this.#deps;
    const at = clock.now();
    const outcome = await allowances.spend(charged, at);
    if (outcome.outcome === 'granted') return { at, allowances: charged };
    watch.refused(outcome.allowance.name);
    if (outcome.isNews) await this.#raiseAlarm(outcome, call);
    throw refusalOf(outcome, at);
  }

  /** Once per closing; the floods that follow are counted, not written down. */
  async #raiseAlarm({ allowance: { name, key } }: Used, call: Call): Promise<void> {
    const { audit, clock } = this.#deps;
    const reason = name === 'prefix' ? `${name} ${key}` : name;
    await audit.append([{ at: clock.now(), act: 'codes.guard', outcome: 'refused', reason, ...whence(call) }]);
  }
}

/** A closed guard sounds like a courier that failed: whoever asks is not told what the operator can afford. */
function refusalOf(used: Used, now: number): Refusal {
  const { allowance, isGuard } = used;
  const field = allowance.name;
  const { most: limit, windowSeconds } = allowance.limit;
  if (isGuard) return new Refusal('courier.failed', { field, remark: `the guard "${field}" is closed` });
  const retryAfterSeconds = secondsTo(used, now);
  if (field === RESEND) return new Refusal('code.too-soon', { field, retryAfterSeconds, limit: windowSeconds });
  return new Refusal('code.too-many', { field, retryAfterSeconds, limit });
}
