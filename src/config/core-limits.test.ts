// Settings in the core's words.
import { describe, expect, it } from 'vitest';

import { budgetLimitsOf, passwordPolicyOf } from './core-limits.ts';
import { loadConfig } from './load-config.ts';

const config = loadConfig({ env: {}, dialects: [] });

describe('the budgets of an untouched configuration', () => {
  it('lock an account after five failures, for a minute at first, and for good after a hundred in a row', () => {
    const { account, known } = budgetLimitsOf(config);

    const ladder = {
      failures: 5,
      windowSeconds: 900,
      firstWaitSeconds: 60,
      longestWaitSeconds: 3600,
      forgetAfterSeconds: 86_400,
      failuresInARow: 100,
    };
    expect([account, known]).toEqual([ladder, ladder]);
  });

  it('keep sources and subnets out for a window, and never for good', () => {
    const { source, subnet } = budgetLimitsOf(config);

    const window = {
      windowSeconds: 900,
      firstWaitSeconds: 900,
      longestWaitSeconds: 900,
      forgetAfterSeconds: 0,
      failuresInARow: null,
    };
    expect(source).toEqual({ failures: 20, ...window });
    expect(subnet).toEqual({ failures: 100, ...window });
  });
});

describe('the password policy of an untouched configuration', () => {
  it('asks people for 8 characters and operators for 15', () => {
    const policy = passwordPolicyOf(config);

    expect(policy).toEqual({
      minLength: 8,
      operatorMinLength: 15,
      operatorRoles: ['operator', '管理员', '超级管理员', '组织管理员'],
      maxLength: 256,
    });
  });
});
