// Listens at the stores for what owners are told of, so that every way to change a password or to sign in is heard, and none has to think of it.
import type { Account } from '../accounts/account.ts';
import type { AccountStore } from '../accounts/account-store.ts';
import type { AuditEntry } from '../audit/audit-entry.ts';
import type { AttemptStore } from '../budgets/attempt-store.ts';
import type { Stores } from '../stores.ts';
import type { NoticeStore } from './notice-store.ts';
import type { Notice, Notices } from './notices.ts';

/** Which notices are wanted. */
export interface WantedNotices {
  readonly locked: boolean;
  readonly newSource: boolean;
  readonly passwordChanged: boolean;
}

/** The same stores, with somebody listening to the acts that matter. */
export function noticingStores(stores: Stores, notices: Notices, wanted: WantedNotices): Stores {
  return {
    ...stores,
    accounts: overriding(stores.accounts, wanted.passwordChanged ? hearPasswords(stores.accounts, notices) : {}),
    attempts: overriding(stores.attempts, {
      ...(wanted.locked && hearLocks(stores, notices)),
      ...(wanted.newSource && hearSources(stores, notices)),
    }),
  };
}

/** The port with some of its methods replaced. */
function overriding<Port extends object>(port: Port, methods: Partial<Port>): Port {
  return new Proxy(port, {
    get(target, name) {
      const value: unknown = Reflect.get(name in methods ? methods : target, name);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

function hearPasswords(accounts: AccountStore, notices: Notices): Pick<AccountStore, 'changePassword' | 'setPassword'> {
  const tell = (account: Account | undefined, { at, source }: AuditEntry): Account | undefined => {
    if (account === undefined) return undefined;
    const notice: Notice = {
      name: 'notice.password-changed',
      accountId: account.id,
      source,
      at,
      occasion: `${at} ${source}`,
    };
    notices.tell(Promise.resolve(notice));
    return account;
  };
  return {
    async setPassword(accountId, passwordHash, audit) {
      return tell(await accounts.setPassword(accountId, passwordHash, audit), audit);
    },
    async changePassword(accountId, change, audit) {
      return tell(await accounts.changePassword(accountId, change, audit), audit);
    },
  };
}

function hearLocks(stores: Stores, notices: Notices): Pick<AttemptStore, 'fail'> {
  return {
    async fail(reservationId, settlement) {
      await stores.attempts.fail(reservationId, settlement);
      const { accountId, source, at } = settlement.audit;
      if (accountId !== undefined) notices.tell(lockNotice(stores.notices, { accountId, source, at }));
    },
  };
}

/** An attempt is only looked at while there is no lock, so that one there is after it was this failure's doing, or that of one beside it. */
async function lockNotice(
  store: NoticeStore,
  who: { readonly accountId: string; readonly source: string; readonly at: number },
): Promise<Notice | undefined> {
  const until = await store.lockedUntil(who.accountId, who.source, who.at);
  return until === undefined ? undefined : { ...who, name: 'notice.locked', occasion: `until ${until}` };
}

function hearSources(stores: Stores, notices: Notices): Pick<AttemptStore, 'succeed'> {
  return {
    async succeed(record) {
      const { accountId } = record.session;
      const { at, source } = record.audit;
      // Succeeding makes it known, so it has to be asked before; one look by key, and whatever becomes of it, the sign-in goes on.
      const standing = await stores.notices.sourceStanding(accountId, source, at).catch(() => 'known' as const);
      const account = await stores.attempts.succeed(record);
      const notice: Notice = { name: 'notice.new-source', accountId, source, at, occasion: source };
      if (account !== undefined && standing === 'new') notices.tell(Promise.resolve(notice));
      return account;
    },
  };
}
