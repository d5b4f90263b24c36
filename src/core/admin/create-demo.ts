// The demo: one account that every documented call can sign in, and one app, on a store that is otherwise empty.
import { shownIdentifier } from '../accounts/account.ts';
import type { AccountStore } from '../accounts/account-store.ts';
import { checkCharacter } from '../accounts/id-number.ts';
import type { AppStore } from '../apps/app.ts';
import type { Digests, RandomSpelling, Randomness } from '../kernel/ports.ts';
import type { MetaStore } from '../kernel/meta-store.ts';
import { Refusal } from '../kernel/refusal.ts';
import { Secret } from '../kernel/secret.ts';
import type { AccountDraft } from './account-draft.ts';
import { removeAccount } from './change-account.ts';
import { createApp, removeApp } from './change-app.ts';
import { type CreateAccountDeps, createAccount } from './create-account.ts';

/** What the demo needs. */
export interface DemoDeps extends CreateAccountDeps {
  readonly accounts: Pick<AccountStore, 'count' | 'create' | 'find' | 'get' | 'remove'>;
  readonly apps: Pick<AppStore, 'create' | 'list' | 'remove'>;
  readonly digests: Pick<Digests, 'keyed'>;
  readonly meta: MetaStore;
  readonly randomness: Randomness;
}

/** Everything a person needs to try the documented calls; shown once. */
export interface Demo {
  readonly username: string;
  readonly mobile: string;
  readonly email: string;
  readonly idNumber: string;
  readonly aegisSpeedId: string;
  readonly appId: string;
  readonly password: Secret;
  readonly signature: Secret;
}

/** How the demo stands: just made, made on an earlier start, or impossible because the store is in use. */
export type DemoOutcome =
  | { readonly outcome: 'created'; readonly demo: Demo }
  | { readonly outcome: 'present' }
  | { readonly outcome: 'store-in-use' };

const MARK = 'demo.account';
const USERNAME = 'demo';
const APP_ID = 'demo';
/** Letters and digits that survive a shell, a URL and reading aloud. */
const PASSWORD: RandomSpelling = { alphabet: 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789', length: 24 };
const DIGITS = '0123456789';

/** Region 990101 is nobody's; the check character makes the number valid all the same. */
function inventIdNumber(randomness: Randomness): string {
  const first17 = `99010119900307${randomness.text({ alphabet: DIGITS, length: 3 })}`;
  return `${first17}${checkCharacter(first17)}`;
}

function draftOf(realm: string, idNumber: string): AccountDraft {
  return {
    realm,
    identifiers: [
      { kind: 'username', text: USERNAME },
      { kind: 'mobile', text: '13000000000' },
      { kind: 'email', text: 'demo@example.com' },
      { kind: 'id_number', text: idNumber },
    ],
    issuesAegisSpeedId: true,
    status: 'active',
    roles: ['管理员'],
    profile: { nickname: 'Demo' },
    attributes: {},
  };
}

async function make(deps: DemoDeps, realm: string): Promise<Demo> {
  const password = new Secret(deps.randomness.text(PASSWORD));
  const idNumber = inventIdNumber(deps.randomness);
  const account = await createAccount(deps)({ draft: draftOf(realm, idNumber), credential: { password } });
  await deps.meta.set(MARK, account.id);
  const app = { id: APP_ID, name: 'Demo', realm, origins: [], allowsGet: true, sessionLifeSeconds: null };
  const { signature } = await createApp(deps)(app);
  return {
    username: USERNAME,
    mobile: '13000000000',
    email: 'demo@example.com',
    idNumber,
    aegisSpeedId: shownIdentifier(account, 'aegisspeed_id') ?? '',
    appId: APP_ID,
    password,
    signature,
  };
}

/** Whether the demo's account is there. */
export async function isDemoPresent({
  accounts,
  meta,
}: Pick<DemoDeps, 'meta'> & { readonly accounts: Pick<AccountStore, 'get'> }): Promise<boolean> {
  const id = await meta.get(MARK);
  return id !== undefined && (await accounts.get(id)) !== undefined;
}

const isLost = (error: unknown): boolean =>
  error instanceof Refusal && (error.code === 'identifier.taken' || error.code === 'app.exists');

/** Makes the demo on an empty store; of several that try at once, one does. */
export const createDemo =
  (deps: DemoDeps) =>
  async ({ realm }: { readonly realm: string }): Promise<DemoOutcome> => {
    if (await isDemoPresent(deps)) return { outcome: 'present' };
    if ((await deps.accounts.count(1)) > 0 || (await deps.apps.list()).length > 0) return { outcome: 'store-in-use' };
    try {
      return { outcome: 'created', demo: await make(deps, realm) };
    } catch (error) {
      if (isLost(error)) return { outcome: 'present' };
      throw error;
    }
  };

/** Removes the demo's account and app, with everything that hangs on them; false if there was no demo. */
export const removeDemo =
  (deps: Pick<DemoDeps, 'apps' | 'clock' | 'meta'> & { readonly accounts: Pick<AccountStore, 'get' | 'remove'> }) =>
  async (): Promise<boolean> => {
    const id = await deps.meta.get(MARK);
    if (id === undefined || id === '') return false;
    const gone = [await ended(removeAccount(deps)({ accountId: id })), await ended(removeApp(deps)({ id: APP_ID }))];
    await deps.meta.set(MARK, '');
    return gone.includes(true);
  };

/** Half a demo, left by a start that was cut short, is removed as well. */
async function ended(removal: Promise<void>): Promise<boolean> {
  try {
    await removal;
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}
