// The operator moves one account in from elsewhere. Doing it twice does it once.
import type { Account } from '../accounts/account.ts';
import { lookupKeys } from '../accounts/identifier.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { AccountDraft, NewCredential } from './account-draft.ts';
import { type CreateAccountDeps, createAccount } from './create-account.ts';

/** One account from elsewhere. */
export interface ImportAccountCommand {
  readonly draft: AccountDraft;
  readonly credential: NewCredential;
}

/** What became of it: created now, or there already with all these identifiers. */
export type ImportOutcome = 'created' | 'present';

/** Whether one account holds every identifier of the draft. */
async function isPresent(deps: CreateAccountDeps, draft: AccountDraft): Promise<boolean> {
  const holders = await Promise.all(draft.identifiers.map(async (claim) => holderOf(deps, draft.realm, claim)));
  const [first] = holders;
  return first !== undefined && holders.every((holder) => holder?.id === first.id);
}

async function holderOf(
  deps: CreateAccountDeps,
  realm: string,
  claim: AccountDraft['identifiers'][number],
): Promise<Account | undefined> {
  const keys = lookupKeys(claim, deps.vault);
  return keys.length === 0 ? undefined : (await deps.accounts.find(realm, keys))?.account;
}

const isTaken = (error: unknown): boolean => error instanceof Refusal && error.code === 'identifier.taken';

/** @throws Refusal what `createAccount` throws; `identifier.taken` only when the identifiers are not all one account's */
export const importAccount =
  (deps: CreateAccountDeps) =>
  async (command: ImportAccountCommand): Promise<ImportOutcome> => {
    // Hashing is dear: look first. For a ready hash the attempt itself is the cheapest look.
    const isDear = command.credential !== null && 'password' in command.credential;
    if (isDear && (await isPresent(deps, command.draft))) return 'present';
    try {
      await createAccount(deps)({ ...command, act: 'account.import' });
      return 'created';
    } catch (error) {
      if (isTaken(error) && (await isPresent(deps, command.draft))) return 'present';
      throw error;
    }
  };
