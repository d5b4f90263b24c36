// Who may administer what: the one table of roles and permissions. A role that does not stand here administers nothing.

/** How far a permission reaches: over the whole realm, or over the accounts of one's own organisation. */
export type Reach = 'realm' | 'organisation';

const R = 'realm';
const o = 'organisation';
const _ = null;

/** The roles that administer, in the order of the table's columns. */
export const ROLES = [
  'operator',
  '超级管理员',
  '管理员',
  'support',
  'auditor',
  'organisation-admin',
  '组织管理员',
] as const;

// The three roles of AegisSpeed mean what their names say: 超级管理员 is an operator, 管理员 administers accounts, 组织管理员 those of an organisation.
// prettier-ignore
const TABLE = {
  //                     operator  超级管理员  管理员  support  auditor  organisation-admin  组织管理员
  'accounts.read':      [R,        R,          R,      R,       _,       o,                  o],
  'accounts.create':    [R,        R,          R,      _,       _,       o,                  o],
  'accounts.change':    [R,        R,          R,      _,       _,       o,                  o], // profile and status
  'accounts.unlock':    [R,        R,          R,      R,       _,       o,                  o],
  'accounts.reset':     [R,        R,          R,      R,       _,       o,                  o], // a new password, drawn by the server
  'accounts.remove':    [R,        R,          R,      _,       _,       _,                  _],
  'accounts.grant':     [R,        R,          _,      _,       _,       o,                  o], // roles
  'accounts.organise':  [R,        R,          _,      _,       _,       _,                  _], // which organisation an account belongs to
  'sessions.read':      [R,        R,          R,      R,       _,       o,                  o],
  'sessions.end':       [R,        R,          R,      R,       _,       o,                  o],
  'apps.read':          [R,        R,          R,      _,       _,       _,                  _],
  'apps.change':        [R,        R,          _,      _,       _,       _,                  _],
  'endpoints.read':     [R,        R,          R,      R,       R,       _,                  _],
  'endpoints.switch':   [R,        R,          _,      _,       _,       _,                  _],
  'audit.read':         [R,        R,          _,      _,       R,       _,                  _],
  'decisions.read':     [R,        R,          _,      _,       R,       _,                  _],
} as const satisfies Record<string, readonly (Reach | null)[]>;

/** Something an administrator may do. */
export type Permission = keyof typeof TABLE;

/** Every permission, in the order of the table. */
export const PERMISSIONS = Object.keys(TABLE) as readonly Permission[];

/** What takes power over the realm or over somebody, and so is done only by who has signed in a moment ago. */
const WEIGHTY: ReadonlySet<Permission> = new Set([
  'accounts.grant',
  'accounts.organise',
  'accounts.remove',
  'accounts.reset',
  'apps.change',
]);

/** What one may do to oneself in this way; for the rest there is one's own account, or somebody else. */
const TO_ONESELF: ReadonlySet<Permission> = new Set(['accounts.read', 'sessions.read', 'sessions.end']);

/** Roles that may do everything in a realm: one of their holders must be left. */
export const OPERATOR_ROLES: readonly string[] = ROLES.filter((role) =>
  PERMISSIONS.every((permission) => reachOf(role, permission) === 'realm'),
);

/** How far the role has the permission; null where it has not. */
export function reachOf(role: string, permission: Permission): Reach | null {
  const column = ROLES.findIndex((each) => each === role);
  return TABLE[permission][column] ?? null;
}

export const isAdministrative = (role: string): boolean => ROLES.some((each) => each === role);

export const isWeighty = (permission: Permission): boolean => WEIGHTY.has(permission);

export const mayBeDoneToOneself = (permission: Permission): boolean => TO_ONESELF.has(permission);
