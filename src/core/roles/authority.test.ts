// What one administrator may do to whom, role by role.
import { describe, expect, it } from 'vitest';

import { Refusal } from '../kernel/refusal.ts';
import { Authority, type Standing } from './authority.ts';
import { OPERATOR_ROLES, type Permission, PERMISSIONS, ROLES } from './permissions.ts';

const standing = (roles: readonly string[], more: Partial<Standing> = {}): Standing => ({
  id: `holder of ${roles.join()}`,
  realm: 'main',
  organisation: 'Blue',
  roles,
  ...more,
});

const holding = (...roles: readonly string[]): Authority => new Authority(standing(roles));

function isAllowed(act: () => void): boolean {
  try {
    act();
    return true;
  } catch (reason) {
    if (!(reason instanceof Refusal && reason.code === 'permission.missing')) throw reason;
    return false;
  }
}

/** The roles whose holders the administrator may do this to. */
const mayActOn = (administrator: string, permission: Permission): readonly string[] =>
  ROLES.filter((role) =>
    isAllowed(() => holding(administrator).assertMayActOn(permission, standing([role], { id: 'target' }))),
  );

const mayGrant = (administrator: string): readonly string[] =>
  [...ROLES, 'cashier'].filter((role) => isAllowed(() => holding(administrator).assertMayGrant([role])));

describe('acting on administrators', () => {
  it('R-67 is for those who may do no less', () => {
    expect(mayActOn('operator', 'accounts.change')).toEqual(ROLES);
    expect(mayActOn('管理员', 'accounts.change')).toEqual(['管理员', 'support']);
    expect(mayActOn('support', 'accounts.reset')).toEqual(['support']);
    expect(mayActOn('auditor', 'accounts.change')).toEqual([]);
    expect(mayActOn('organisation-admin', 'accounts.change')).toEqual(['organisation-admin', '组织管理员']);
  });

  it('R-67 counts all roles of the other together', () => {
    const target = standing(['support', 'auditor'], { id: 'target' });

    expect(isAllowed(() => holding('support').assertMayActOn('accounts.reset', target))).toBe(false);
    expect(isAllowed(() => holding('support', 'auditor').assertMayActOn('accounts.reset', target))).toBe(true);
  });

  it('R-67 allows nothing upon oneself that another could not undo', () => {
    const operator = holding('operator');

    const allowed = PERMISSIONS.filter((permission) =>
      isAllowed(() => operator.assertMayActOn(permission, standing(['operator']))),
    );

    expect(allowed).toEqual(['accounts.read', 'sessions.read', 'sessions.end']);
  });
});

describe('granting roles', () => {
  it('R-67 gives nobody more than one has oneself, and roles of applications only over the whole realm', () => {
    expect(mayGrant('operator')).toEqual([...ROLES, 'cashier']);
    expect(mayGrant('超级管理员')).toEqual([...ROLES, 'cashier']);
    expect(mayGrant('organisation-admin')).toEqual(['organisation-admin', '组织管理员']);
    expect(['管理员', 'support', 'auditor', 'cashier'].flatMap(mayGrant)).toEqual([]);
  });

  it('takes nothing to grant nothing', () => {
    expect(isAllowed(() => holding('auditor').assertMayGrant([]))).toBe(true);
  });
});

describe('reaching accounts', () => {
  const of = (realm: string, organisation: string | null) => ({ realm, organisation });

  it('R-67 ends at the realm, and for the administrator of an organisation at its border', () => {
    const targets = [of('main', 'Blue'), of('main', 'Red'), of('main', null), of('shop', 'Blue')];

    const reached = (authority: Authority) => targets.map((target) => authority.reaches('accounts.read', target));

    expect(reached(holding('support'))).toEqual([true, true, true, false]);
    expect(reached(holding('organisation-admin'))).toEqual([true, false, false, false]);
    expect(reached(holding('auditor'))).toEqual([false, false, false, false]);
  });

  it('R-67 reaches nobody from outside of every organisation, not even those who are outside as well', () => {
    const nowhere = new Authority(standing(['organisation-admin'], { organisation: null }));

    expect(nowhere.reaches('accounts.read', of('main', null))).toBe(false);
    expect(isAllowed(() => nowhere.boundaryOf('accounts.read'))).toBe(false);
  });

  it('takes the widest of several roles', () => {
    const both = holding('organisation-admin', 'support');

    expect([both.boundaryOf('accounts.read'), both.boundaryOf('accounts.create')]).toEqual([undefined, 'Blue']);
  });
});

describe('the table of roles', () => {
  it('R-67 knows as operators those who may do everything', () => {
    expect(OPERATOR_ROLES).toEqual(['operator', '超级管理员']);
  });
});
