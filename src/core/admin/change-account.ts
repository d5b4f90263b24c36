// What an operator changes about an account: password, status, roles, identifiers, locks, sessions, existence.
import type { Account, AccountStatus } from '../accounts/account.ts';
import { identifierOf } from '../accounts/account.ts';
import type { AccountStore } from '../accounts/account-store.ts';
import { claimOf, type IdentifierClaim, type IdentifierKind } from '../accounts/identifier.ts';
import type { AttemptStore } from '../budgets/attempt-store.ts';
import type { Clock, IdentifierVault } from '../kernel/ports.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Secret } from '../kernel/secret.ts';
import type { SessionStore } from '../sessions/session-store.ts';
import { type AdmitIdentifiersDeps, admitIdentifiers } from './admit-identifiers.ts';
import { type HashNewPasswordDeps, hashNewPassword } from './hash-new-password.ts';
import { operatorEntry } from './operator-entry.ts';
import { readOrganisation } from './profile-fields.ts';

interface AccountDeps<Methods extends keyof AccountStore> {
  readonly accounts: Pick<AccountStore, Methods>;
  readonly clock: Clock;
}

/** Names one account by its id. */
interface OfAccount {
  readonly accountId: string;
}

function existing<T>(account: T | undefined): T {
  if (account === undefined) throw new Refusal('account.unknown');
  return account;
}

interface VaultDeps {
  readonly vault: Pick<IdentifierVault, 'open'>;
}

/** Sets the password, or (null) takes it away; ends every session, lifts the account's own lock, and with it no change is due any more. @throws Refusal `account.unknown`, `password.*`, `server.busy` */
export const setPassword =
  (deps: AccountDeps<'get' | 'setPassword'> & HashNewPasswordDeps & VaultDeps) =>
  async ({ accountId, password }: OfAccount & { readonly password: Secret | null }): Promise<Account> => {
    const account = existing(await deps.accounts.get(accountId));
    const owner = { ...account, identifiers: account.identifiers.map((each) => claimOf(each, deps.vault)) };
    const hash = password === null ? null : await hashNewPassword(deps, password, owner);
    const at = deps.clock.now();
    const entry = operatorEntry(hash === null ? 'account.remove-password' : 'account.set-password', at, { accountId });
    return existing(await deps.accounts.setPassword(accountId, hash, entry));
  };

const ACT_OF_STATUS: Record<AccountStatus, string> = {
  active: 'account.enable',
  disabled: 'account.disable',
  muted: 'account.mute',
  pending: 'account.suspend',
};

/** Disabling ends every session. @throws Refusal `account.unknown` */
export const changeStatus =
  (deps: AccountDeps<'change'>) =>
  async ({ accountId, status }: OfAccount & { readonly status: AccountStatus }): Promise<Account> => {
    const at = deps.clock.now();
    return existing(
      await deps.accounts.change(accountId, { status }, operatorEntry(ACT_OF_STATUS[status], at, { accountId })),
    );
  };

/** Roles to give and to take; a real change ends every session. @throws Refusal `account.unknown` */
export const changeRoles =
  (deps: AccountDeps<'change' | 'get'>) =>
  async (
    command: OfAccount & { readonly grant?: readonly string[]; readonly ungrant?: readonly string[] },
  ): Promise<Account> => {
    const { accountId, grant = [], ungrant = [] } = command;
    const account = existing(await deps.accounts.get(accountId));
    const roles = [...new Set([...account.roles, ...grant])].filter((role) => !ungrant.includes(role));
    if (roles.join('\n') === account.roles.join('\n')) return account;
    const at = deps.clock.now();
    const act = grant.length > 0 ? 'account.grant' : 'account.ungrant';
    return existing(await deps.accounts.change(accountId, { roles }, operatorEntry(act, at, { accountId })));
  };

/** The organisation it belongs to from now on, or (null) none; a real change ends every session. @throws Refusal `account.unknown`, `input.malformed` */
export const changeOrganisation =
  (deps: AccountDeps<'change'>) =>
  async ({ accountId, organisation }: OfAccount & { readonly organisation: string | null }): Promise<Account> => {
    const entry = operatorEntry('account.organise', deps.clock.now(), { accountId });
    return existing(await deps.accounts.change(accountId, { organisation: readOrganisation(organisation) }, entry));
  };

/** Adds an identifier, verified; replaces one of its kind only when told to. @throws Refusal `account.unknown`, `identifier.malformed`, `identifier.taken` */
export const addIdentifier =
  (deps: AccountDeps<'find' | 'get' | 'putIdentifier'> & AdmitIdentifiersDeps) =>
  async (command: OfAccount & { readonly claim: IdentifierClaim; readonly mayReplace: boolean }): Promise<Account> => {
    const { accountId, claim, mayReplace } = command;
    const account = existing(await deps.accounts.get(accountId));
    if (!mayReplace && identifierOf(account, claim.kind) !== undefined) {
      throw new Refusal('identifier.taken', { field: claim.kind, remark: 'the account has one of this kind already' });
    }
    const [identifier] = await admitIdentifiers(deps, account.realm, [claim]);
    if (identifier === undefined) throw new Refusal('identifier.malformed', { field: claim.kind });
    const at = deps.clock.now();
    return existing(
      await deps.accounts.putIdentifier(
        accountId,
        identifier,
        operatorEntry('account.add-identifier', at, { accountId }),
      ),
    );
  };

/** @throws Refusal `account.unknown`, `identifier.unknown` */
export const removeIdentifier =
  (deps: AccountDeps<'removeIdentifier'>) =>
  async ({ accountId, kind }: OfAccount & { readonly kind: IdentifierKind }): Promise<Account> => {
    const at = deps.clock.now();
    return existing(
      await deps.accounts.removeIdentifier(
        accountId,
        kind,
        operatorEntry('account.remove-identifier', at, { accountId }),
      ),
    );
  };

/** Removes the account and everything that belongs to it. @throws Refusal `account.unknown` */
export const removeAccount =
  (deps: AccountDeps<'remove'>) =>
  async ({ accountId }: OfAccount): Promise<void> => {
    const isGone = await deps.accounts.remove(
      accountId,
      operatorEntry('account.remove', deps.clock.now(), { accountId }),
    );
    if (!isGone) throw new Refusal('account.unknown');
  };

/** Forgets the account's failed attempts, whatever lock they led to. */
export const unlockAccount =
  (deps: { readonly attempts: Pick<AttemptStore, 'unlock'>; readonly clock: Clock }) =>
  async ({ accountId }: OfAccount): Promise<void> =>
    deps.attempts.unlock(accountId, operatorEntry('account.unlock', deps.clock.now(), { accountId }));

/** Ends all sessions of the account, or the one of that id; tells how many ended. @throws Refusal `session.unknown` */
export const revokeSessions =
  (deps: { readonly sessions: Pick<SessionStore, 'list' | 'revoke' | 'revokeAll'>; readonly clock: Clock }) =>
  async ({ accountId, sessionId }: OfAccount & { readonly sessionId?: string }): Promise<number> => {
    const at = deps.clock.now();
    if (sessionId === undefined) {
      return deps.sessions.revokeAll(accountId, null, operatorEntry('session.revoke-all', at, { accountId }));
    }
    const session = (await deps.sessions.list(accountId, MOST_SESSIONS)).find(({ id }) => id === sessionId);
    const isEnded =
      session !== undefined &&
      (await deps.sessions.revoke(session.digest, operatorEntry('session.revoke', at, { accountId })));
    if (!isEnded) throw new Refusal('session.unknown');
    return 1;
  };

/** More than any account may have at once. */
const MOST_SESSIONS = 10_000;
