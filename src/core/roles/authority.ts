// What one administrator may do, and to whom: nobody reaches beyond their organisation, nor acts on somebody who may do more than they.
import type { Account } from '../accounts/account.ts';
import { Refusal } from '../kernel/refusal.ts';
import {
  isAdministrative,
  mayBeDoneToOneself,
  type Permission,
  PERMISSIONS,
  type Reach,
  reachOf,
} from './permissions.ts';

/** The part of an account that power depends on. */
export type Standing = Pick<Account, 'id' | 'realm' | 'organisation' | 'roles'>;

/** The widest reach any of the roles gives; null for none. */
function reachWith(roles: readonly string[], permission: Permission): Reach | null {
  const reaches = roles.map((role) => reachOf(role, permission));
  if (reaches.includes('realm')) return 'realm';
  return reaches.includes('organisation') ? 'organisation' : null;
}

/** The authority of one account, as its roles are now. */
export class Authority {
  readonly #holder: Standing;

  constructor(holder: Standing) {
    this.#holder = holder;
  }

  get accountId(): string {
    return this.#holder.id;
  }

  get realm(): string {
    return this.#holder.realm;
  }

  /** The organisation the permission ends at; undefined where it reaches over the realm. @throws Refusal `permission.missing` */
  boundaryOf(permission: Permission): string | undefined {
    this.assertHas(permission);
    return this.#reach(permission) === 'realm' ? undefined : (this.#holder.organisation ?? undefined);
  }

  /** @throws Refusal `permission.missing`, also where it would reach over an organisation and there is none */
  assertHas(permission: Permission): void {
    const reach = this.#reach(permission);
    if (reach === null || (reach === 'organisation' && this.#holder.organisation === null))
      throw new Refusal('permission.missing', { field: permission });
  }

  /** @throws Refusal `permission.missing` unless the permission reaches over the whole realm */
  assertOverRealm(permission: Permission): void {
    if (this.#reach(permission) !== 'realm') throw new Refusal('permission.missing', { field: permission });
  }

  /** Whether the account lies within the permission's reach: to whom it does not, it does not exist. */
  reaches(permission: Permission, target: Pick<Standing, 'realm' | 'organisation'>): boolean {
    if (target.realm !== this.realm) return false;
    const reach = this.#reach(permission);
    const isOwn = this.#holder.organisation !== null && target.organisation === this.#holder.organisation;
    return reach === 'realm' || (reach === 'organisation' && isOwn);
  }

  /**
   * Acting upon an account within reach, not merely looking at it.
   * @throws Refusal `permission.missing`
   */
  assertMayActOn(permission: Permission, target: Standing): void {
    this.assertHas(permission);
    const isOneself = target.id === this.accountId;
    const isAllowed = isOneself ? mayBeDoneToOneself(permission) : this.#outranks(target.roles);
    if (!isAllowed) throw new Refusal('permission.missing', { field: permission, remark: 'not to this account' });
  }

  /**
   * Giving or taking these roles. Roles that administer nothing here may mean much elsewhere: only whoever grants over the whole realm gives them.
   * @throws Refusal `permission.missing`
   */
  assertMayGrant(roles: readonly string[]): void {
    if (roles.length === 0) return;
    this.assertHas('accounts.grant');
    const isElsewhere = roles.some((role) => !isAdministrative(role));
    if (isElsewhere) this.assertOverRealm('accounts.grant');
    if (!this.#outranks(roles))
      throw new Refusal('permission.missing', { field: 'accounts.grant', remark: 'more than one has oneself' });
  }

  /** Whoever holds these roles may do nothing this one may not. */
  #outranks(roles: readonly string[]): boolean {
    return PERMISSIONS.every((permission) => {
      const theirs = reachWith(roles, permission);
      const own = this.#reach(permission);
      return theirs === null || own === 'realm' || own === theirs;
    });
  }

  #reach(permission: Permission): Reach | null {
    return reachWith(this.#holder.roles, permission);
  }
}
