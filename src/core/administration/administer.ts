// How every act of an administrator begins and ends: a session of today's roles, the permission, and an entry in the trail that names who acted.
import type { Account } from '../accounts/account.ts';
import type { CreateAccountDeps } from '../admin/create-account.ts';
import type { ActEntry, Subject } from '../admin/operator-entry.ts';
import { whence } from '../apps/app-gate.ts';
import type { Call } from '../flows/call.ts';
import { type HolderDeps, recogniseHolder, type SessionClaim } from '../flows/caller.ts';
import type { Flow } from '../flows/flow.ts';
import type { Clock } from '../kernel/ports.ts';
import { Refusal, type RefusalCode } from '../kernel/refusal.ts';
import { Authority } from '../roles/authority.ts';
import { isWeighty, type Permission } from '../roles/permissions.ts';
import type { Session } from '../sessions/session.ts';
import type { Stores } from '../stores.ts';

/** An endpoint this server answers at, and the pool of accounts it serves. */
export interface ServedEndpoint {
  /** `dialect.act`. */
  readonly name: string;
  readonly dialect: string;
  readonly realm: string;
}

/** What administering needs. */
export interface AdministrationDeps
  extends
    Omit<HolderDeps, 'accounts'>,
    Pick<CreateAccountDeps, 'passwordHashes' | 'passwordPolicy' | 'passwords' | 'randomness' | 'vault'> {
  readonly clock: Clock;
  readonly served: readonly ServedEndpoint[];
  readonly stores: Stores;
}

/** Asked by the holder of a session. */
export interface AdministratorAsk {
  readonly who: SessionClaim;
}

/** What an act of an administrator is, before anybody does it. */
export interface Duty<Ask> {
  /** Its name in the audit trail. */
  readonly act: string;
  readonly needs: (ask: Ask) => readonly Permission[];
  readonly about?: (ask: Ask) => Subject;
  /** It only looks: nothing else writes its entry. */
  readonly isLook?: true;
}

/** An act that may begin. */
export interface Administered<Ask> {
  readonly ask: Ask;
  readonly authority: Authority;
  readonly call: Call;
  /** The session that asks. */
  readonly sessionId: string;
  /** Entries that name the administrator. */
  readonly entry: ActEntry;
}

/** Whoever takes power has signed in so lately (RFC 9470): a session that was left open gives it to nobody else. */
export const YOUNG_SESSION_SECONDS = 600;

/** Refusals that say what somebody tried; the others only say that something was mistyped. */
const TOLD: ReadonlySet<RefusalCode> = new Set(['operator.last', 'permission.missing', 'session.too-old']);

/** Makes the flow of an act. @throws Refusal `session.unknown`, `permission.missing`, `session.too-old`, and as `work` */
export const administering =
  <Ask extends AdministratorAsk, Outcome>(
    deps: AdministrationDeps,
    duty: Duty<Ask>,
    work: (act: Administered<Ask>) => Promise<Outcome>,
  ): Flow<Ask, Outcome> =>
  async (ask, call) => {
    const { account, session } = await administratorOf(deps, ask, call);
    // Whoever may not speak may not give orders either.
    const authority = new Authority(account.status === 'active' ? account : { ...account, roles: [] });
    const entry: ActEntry = (act, at, subject) => ({
      at,
      act,
      outcome: 'success',
      actorId: account.id,
      ...whence(call),
      ...subject,
    });
    const note = (): ReturnType<ActEntry> => entry(duty.act, deps.clock.now(), duty.about?.(ask));
    try {
      assertAdmitted(deps, { authority, session }, duty.needs(ask));
      const outcome = await work({ ask, authority, call, sessionId: session.id, entry });
      if (duty.isLook === true) await deps.stores.audit.append([note()]);
      return outcome;
    } catch (reason) {
      if (reason instanceof Refusal && TOLD.has(reason.code))
        await deps.stores.audit.append([{ ...note(), outcome: 'refused', reason: reason.code }]);
      throw reason;
    }
  };

/** Roles count as they are now, whatever they were when the session began. @throws Refusal `session.unknown` */
async function administratorOf(
  deps: AdministrationDeps,
  { who }: AdministratorAsk,
  call: Call,
): Promise<{ readonly account: Account; readonly session: Session }> {
  const { accounts } = deps.stores;
  const { session } = await recogniseHolder({ ...deps, accounts }, { who }, call);
  const account = await accounts.get(session.accountId);
  if (account === undefined) throw new Refusal('session.unknown');
  return { account, session };
}

/** @throws Refusal `permission.missing`, `session.too-old` */
function assertAdmitted(
  { clock }: Pick<AdministrationDeps, 'clock'>,
  { authority, session }: { readonly authority: Authority; readonly session: Session },
  permissions: readonly Permission[],
): void {
  for (const permission of permissions) authority.assertHas(permission);
  const isYoung = clock.now() < session.issuedAt + YOUNG_SESSION_SECONDS * 1000;
  if (!isYoung && permissions.some(isWeighty)) throw new Refusal('session.too-old', { limit: YOUNG_SESSION_SECONDS });
}
