// After a key rotation: brings every sensitive identifier under the current keys, batch by batch. Stopped anywhere, it can simply be started again.
import type { AccountStore } from '../accounts/account-store.ts';
import type { Identifier } from '../accounts/identifier.ts';
import type { AuditStore } from '../audit/audit-store.ts';
import type { Clock, IdentifierVault, Timer } from '../kernel/ports.ts';
import { operatorEntry } from './operator-entry.ts';

/** What resealing needs. */
export interface ResealDeps {
  readonly accounts: Pick<AccountStore, 'reseal' | 'sensitiveIdentifiers'>;
  readonly audit: Pick<AuditStore, 'append'>;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly vault: IdentifierVault;
}

/** How far it came. */
export interface ResealOutcome {
  readonly resealed: number;
  /** Under the current keys already, or changed by somebody meanwhile. */
  readonly untouched: number;
}

const BATCH = 100;
/** Between batches a running server gets its turn to write. */
const BREATH_MS = 5;

type Kept = Awaited<ReturnType<AccountStore['sensitiveIdentifiers']>>[number];

/** The identifier under the current keys, or undefined when it is there already. */
function underCurrentKeys(
  { kind, key, shown, verifiedAt }: Identifier,
  vault: IdentifierVault,
): Identifier | undefined {
  const value = vault.open(kind, shown);
  const [current = ''] = vault.indexKeys(kind, value);
  return current === key ? undefined : { kind, key: current, shown: vault.seal(kind, value), verifiedAt };
}

async function reseal({ accounts, vault }: ResealDeps, { accountId, identifier }: Kept): Promise<boolean> {
  const next = underCurrentKeys(identifier, vault);
  return next !== undefined && (await accounts.reseal(accountId, identifier, next));
}

/** Goes once through all sensitive identifiers, in order of account id. */
export const resealIdentifiers = (deps: ResealDeps) => async (): Promise<ResealOutcome> => {
  let [after, seen, resealed] = ['', 0, 0];
  for (;;) {
    const batch = await deps.accounts.sensitiveIdentifiers(after, BATCH);
    const last = batch.at(-1);
    if (last === undefined) break;
    const changed = await Promise.all(batch.map(async (kept) => reseal(deps, kept)));
    [after, seen, resealed] = [last.accountId, seen + batch.length, resealed + changed.filter(Boolean).length];
    await deps.timer.after(BREATH_MS);
  }
  await deps.audit.append([operatorEntry('keys.reseal', deps.clock.now())]);
  return { resealed, untouched: seen - resealed };
};
