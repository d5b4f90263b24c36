// What administrators do with accounts: look, create, change, unlock, give a new password, remove.
import type { AccountChange, AccountPage } from '../accounts/account-store.ts';
import type { Account, AccountStatus, Profile } from '../accounts/account.ts';
import { claimOf, type IdentifierClaim, needsProof } from '../accounts/identifier.ts';
import type { AccountDraft } from '../admin/account-draft.ts';
import type { KeptClaim } from '../admin/admit-identifiers.ts';
import { createAccount } from '../admin/create-account.ts';
import { hashNewPassword } from '../admin/hash-new-password.ts';
import { readOrganisation, readProfile, readRoles } from '../admin/profile-fields.ts';
import type { Flow } from '../flows/flow.ts';
import type { JsonObject } from '../kernel/json.ts';
import type { RandomSpelling } from '../kernel/ports.ts';
import { Refusal } from '../kernel/refusal.ts';
import { Secret } from '../kernel/secret.ts';
import type { Authority } from '../roles/authority.ts';
import { OPERATOR_ROLES, type Permission } from '../roles/permissions.ts';
import { type Administered, administering, type AdministrationDeps, type AdministratorAsk } from './administer.ts';
import { accountInHand, accountInSight, insisting, type OfAccount } from './within-reach.ts';

type AccountAsk = AdministratorAsk & OfAccount;

const about = ({ accountId }: OfAccount): OfAccount => ({ accountId });

/** A page of the accounts within reach. */
export interface ListAccountsAsk extends AdministratorAsk {
  readonly limit: number;
  readonly after?: string;
  /** Part of an identifier or nickname. */
  readonly search?: string;
}

export type ListAccounts = Flow<ListAccountsAsk, AccountPage>;

/** In order of id, and where the permission ends at an organisation, of that one only. */
export const listAccounts = (deps: AdministrationDeps): ListAccounts =>
  administering(
    deps,
    { act: 'account.list', needs: () => ['accounts.read'], isLook: true },
    ({ ask: { limit, after, search }, authority }) => {
      const organisation = authority.boundaryOf('accounts.read');
      return deps.stores.accounts.list({
        realm: authority.realm,
        limit,
        ...(organisation !== undefined && { organisation }),
        ...(after !== undefined && { after }),
        ...(search !== undefined && { search }),
      });
    },
  );

export type ReadAccount = Flow<AccountAsk, Account>;

/** @throws Refusal `account.absent` */
export const readAccount = (deps: AdministrationDeps): ReadAccount =>
  administering<AccountAsk, Account>(
    deps,
    { act: 'account.look', needs: () => ['accounts.read'], about, isLook: true },
    ({ ask, authority }) => accountInSight(deps, authority, { accountId: ask.accountId, permission: 'accounts.read' }),
  );

/** An account to be; it has no password until it is given one. */
export interface AdmitAccountAsk extends AdministratorAsk {
  readonly draft: Pick<AccountDraft, 'identifiers' | 'issuesAegisSpeedId' | 'profile' | 'roles' | 'status'>;
  /** Absent for that of the administrator, where the permission ends there, and for none elsewhere. */
  readonly organisation?: string | null;
}

export type AdmitAccount = Flow<AdmitAccountAsk, Account>;

/** What anybody could claim for somebody else, the administrator of an organisation could, too: its owner has to prove it. */
const unproven = (claim: IdentifierClaim): KeptClaim => ({ ...claim, isUnproven: needsProof(claim.kind) });

/** Its identifiers count as verified, unless the word of whoever creates it reaches no further than an organisation. @throws Refusal `permission.missing`, and as `createAccount` */
export const admitAccount = (deps: AdministrationDeps): AdmitAccount =>
  administering(
    deps,
    {
      act: 'account.create',
      needs: ({ draft }) => (draft.roles.length === 0 ? ['accounts.create'] : ['accounts.create', 'accounts.grant']),
    },
    async ({ ask, authority, entry }) => {
      const { realm } = authority;
      const boundary = authority.boundaryOf('accounts.create');
      const { draft, organisation: given = boundary ?? null } = ask;
      const organisation = readOrganisation(given);
      const roles = readRoles(draft.roles);
      if (!authority.reaches('accounts.create', { realm, organisation }))
        throw new Refusal('permission.missing', { field: 'accounts.create', remark: 'not in this organisation' });
      authority.assertMayGrant(roles);
      const identifiers = boundary === undefined ? draft.identifiers : draft.identifiers.map(unproven);
      const profile = readProfile({ ...draft.profile });
      const account = { ...draft, identifiers, roles, profile, realm, organisation, attributes: {} };
      return createAccount({ ...deps, accounts: deps.stores.accounts, entry })({ draft: account, credential: null });
    },
  );

/** What is to become of an account. Absent fields stay as they are. */
export interface ReviseAccountAsk extends AccountAsk {
  readonly status?: AccountStatus;
  readonly roles?: readonly string[];
  readonly organisation?: string | null;
  /** The fields that are left of those there were. */
  readonly profile?: (before: Profile) => JsonObject;
}

export type ReviseAccount = Flow<ReviseAccountAsk, Account>;

/** Which permission each part takes. */
const NEEDS = {
  profile: 'accounts.change',
  status: 'accounts.change',
  roles: 'accounts.grant',
  organisation: 'accounts.organise',
} as const satisfies Partial<Record<keyof AccountChange, Permission>>;

const PARTS = Object.keys(NEEDS) as readonly (keyof typeof NEEDS)[];

const partsOf = (ask: ReviseAccountAsk): typeof PARTS => PARTS.filter((part) => ask[part] !== undefined);

/** At least what looking takes, should nothing be asked for. */
const needsOf = (ask: ReviseAccountAsk): readonly Permission[] => [
  ...new Set<Permission>(['accounts.read', ...partsOf(ask).map((part) => NEEDS[part])]),
];

/**
 * All parts in one act, or none. Roles, organisation or a status that shuts somebody out end their sessions at once.
 * @throws Refusal `account.absent`, `permission.missing`, `operator.last`, `input.malformed`
 */
export const reviseAccount = (deps: AdministrationDeps): ReviseAccount =>
  administering(deps, { act: 'account.change', needs: needsOf, about }, ({ ask, authority, entry }) =>
    insisting(async () => {
      const { accountId } = ask;
      const { account, epoch } = await accountInHand(deps, authority, { accountId, permissions: needsOf(ask) });
      const change = changeOf(ask, account, authority);
      if (Object.keys(change).length === 0) return account;
      const { profile, attributes } = account;
      const terms = { epoch, spares: OPERATOR_ROLES, expects: { profile, attributes } };
      const audit = { ...entry('account.change', deps.clock.now(), { accountId }), reason: partsOf(ask).join(' ') };
      return deps.stores.accounts.change(accountId, { ...change, ...terms }, audit);
    }),
  );

/** @throws Refusal `permission.missing`, `input.malformed` */
function changeOf(ask: ReviseAccountAsk, account: Account, authority: Authority): AccountChange {
  const { status, organisation, profile } = ask;
  const roles = ask.roles && readRoles(ask.roles);
  if (roles !== undefined) authority.assertMayGrant(differing(account.roles, roles));
  return {
    ...(status && { status }),
    ...(roles && { roles }),
    ...(organisation !== undefined && { organisation: readOrganisation(organisation) }),
    ...(profile && { profile: readProfile(profile(account.profile)) }),
  };
}

/** Roles only one of the two has: those to be given, and those to be taken. */
const differing = (had: readonly string[], has: readonly string[]): readonly string[] => [
  ...had.filter((role) => !has.includes(role)),
  ...has.filter((role) => !had.includes(role)),
];

export type RemoveAccount = Flow<AccountAsk, undefined>;

/** With everything that belongs to it. @throws Refusal `account.absent`, `permission.missing`, `operator.last` */
export const expelAccount = (deps: AdministrationDeps): RemoveAccount =>
  administering<AccountAsk, undefined>(
    deps,
    { act: 'account.remove', needs: () => ['accounts.remove'], about },
    async (act) => {
      const { accountId } = act.ask;
      await insisting(async () => {
        const { epoch } = await accountInHand(deps, act.authority, { accountId, permissions: ['accounts.remove'] });
        const entry = act.entry('account.remove', deps.clock.now(), { accountId });
        return (await deps.stores.accounts.remove(accountId, entry, { epoch, spares: OPERATOR_ROLES })) || undefined;
      });
      return undefined;
    },
  );

export type FreeAccount = Flow<AccountAsk, undefined>;

/** Forgets its failed attempts, whatever lock they led to. @throws Refusal `account.absent`, `permission.missing` */
export const freeAccount = (deps: AdministrationDeps): FreeAccount =>
  administering<AccountAsk, undefined>(
    deps,
    { act: 'account.unlock', needs: () => ['accounts.unlock'], about },
    async ({ ask: { accountId }, authority, entry }) => {
      await accountInHand(deps, authority, { accountId, permissions: ['accounts.unlock'] });
      await deps.stores.attempts.unlock(accountId, entry('account.unlock', deps.clock.now(), { accountId }));
      return undefined;
    },
  );

/** A password nobody chose, to be handed over. */
export interface DrawnPassword {
  readonly password: Secret;
}

export type RenewPassword = Flow<AccountAsk, DrawnPassword>;

/** 24 characters of 57, none of which is taken for another: 139 bits. */
export const DRAWN_PASSWORD: RandomSpelling = {
  alphabet: 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789',
  length: 24,
};

/** Draws a new password: no administrator chooses one. Every session ends, and the account's own lock. @throws Refusal `account.absent`, `permission.missing` */
export const renewPassword = (deps: AdministrationDeps): RenewPassword =>
  administering<AccountAsk, DrawnPassword>(
    deps,
    { act: 'account.set-password', needs: () => ['accounts.reset'], about },
    async (act) => {
      const password = new Secret(deps.randomness.text(DRAWN_PASSWORD));
      await insisting(() => setPassword(deps, act, password));
      return { password };
    },
  );

async function setPassword(
  deps: AdministrationDeps,
  { ask: { accountId }, authority, entry }: Administered<AccountAsk>,
  password: Secret,
): Promise<Account | undefined> {
  const { account, epoch } = await accountInHand(deps, authority, { accountId, permissions: ['accounts.reset'] });
  const identifiers = account.identifiers.map((each) => claimOf(each, deps.vault));
  const passwordHash = await hashNewPassword(deps, password, { ...account, identifiers });
  const audit = entry('account.set-password', deps.clock.now(), { accountId });
  return deps.stores.accounts.changePassword(accountId, { passwordHash, epoch, keeps: null }, audit);
}
