// The operator creates an account.
import type { Account } from '../accounts/account.ts';
import type { AccountStore } from '../accounts/account-store.ts';
import type { PasswordOwner } from '../credentials/new-password.ts';
import type { RandomSpelling, Randomness } from '../kernel/ports.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { AccountDraft, NewCredential } from './account-draft.ts';
import { type AdmitIdentifiersDeps, admitIdentifiers } from './admit-identifiers.ts';
import { type HashNewPasswordDeps, hashNewPassword } from './hash-new-password.ts';
import { type ActEntry, operatorEntry } from './operator-entry.ts';

/** Says whether a hash made elsewhere may be kept: a known scheme, complete, and no dearer than this server can afford. */
export interface PasswordHashes {
  isAcceptable(passwordHash: string): boolean;
}

/** What creating an account needs. */
export interface CreateAccountDeps extends AdmitIdentifiersDeps, HashNewPasswordDeps {
  readonly accounts: Pick<AccountStore, 'create' | 'find'>;
  readonly passwordHashes: PasswordHashes;
  readonly randomness: Randomness;
  /** Who does it; the operator at the command line unless said otherwise. */
  readonly entry?: ActEntry;
}

/** An account to be made, and the name the act goes by in the audit trail. */
export interface CreateAccountCommand {
  readonly draft: AccountDraft;
  readonly credential: NewCredential;
  readonly act?: 'account.create' | 'account.import' | 'operator.create';
  /** Made only while nobody in the realm holds one of these roles. */
  readonly firstOf?: readonly string[];
}

/** 26 characters of a 32-letter alphabet: 130 bits. */
export const PUBLIC_ID: RandomSpelling = { alphabet: 'ybndrfg8ejkmcpqxot1uwisza345h769', length: 26 };

async function hashOf(
  deps: CreateAccountDeps,
  credential: NewCredential,
  owner: PasswordOwner,
): Promise<string | null> {
  if (credential === null) return null;
  if ('password' in credential) return hashNewPassword(deps, credential.password, owner);
  if (!deps.passwordHashes.isAcceptable(credential.passwordHash)) {
    throw new Refusal('password.malformed', { field: 'passwordHash', remark: 'not a hash this server can verify' });
  }
  return credential.passwordHash;
}

const REALM = /^[a-z0-9][a-z0-9._-]{0,59}$/;

function assertComplete({ realm, identifiers, issuesAegisSpeedId }: AccountDraft): void {
  if (!REALM.test(realm))
    throw new Refusal('input.malformed', { field: 'realm', remark: 'small letters, digits, . _ -' });
  if (identifiers.length > 0 || issuesAegisSpeedId) return;
  throw new Refusal('input.malformed', { field: 'identifiers', remark: 'at least one' });
}

/**
 * Creates an account whose identifiers count as verified.
 * @throws Refusal `identifier.malformed`, `identifier.taken`, `input.malformed`, `operator.exists`, `password.*`, `server.busy`; nothing is kept then
 */
export const createAccount =
  (deps: CreateAccountDeps) =>
  async ({ draft, credential, act = 'account.create', firstOf }: CreateAccountCommand): Promise<Account> => {
    const at = deps.clock.now();
    const { realm, roles, status, profile, attributes, issuesAegisSpeedId } = draft;
    assertComplete(draft);
    const identifiers = await admitIdentifiers(deps, realm, draft.identifiers);
    const passwordHash = await hashOf(deps, credential, draft);
    const id = deps.randomness.uuid(at);
    return deps.accounts.create(
      {
        id,
        realm,
        publicId: deps.randomness.text(PUBLIC_ID),
        ...(draft.number === undefined ? {} : { number: draft.number }),
        status,
        isPasswordChangeDue: false,
        roles,
        organisation: draft.organisation ?? null,
        profile,
        attributes,
        identifiers,
        issuesAegisSpeedId,
        passwordHash,
        createdAt: draft.createdAt ?? at,
        ...(firstOf && { firstOf }),
      },
      (deps.entry ?? operatorEntry)(act, at, { accountId: id }),
    );
  };
