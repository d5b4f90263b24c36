// Settings in the core's words.
import { describe, expect, it } from 'vitest';

import { budgetLimitsOf, passwordPolicyOf, sendingRulesOf } from './core-limits.ts';
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
      operatorRoles: ['operator', '超级管理员', '管理员', 'support', 'auditor', 'organisation-admin', '组织管理员'],
      maxLength: 256,
    });
  });
});

describe('the rules for sending codes', () => {
  it('are those of the untouched configuration', () => {
    const rules = sendingRulesOf(config);

    const hour = { leastPercent: 10, patienceSeconds: 300, closedSeconds: 3600 };
    expect(rules).toMatchObject({
      destination: { resendSeconds: 60, perHour: 5, perDay: 10 },
      source: { perHour: 30, floor: { sample: 20, ...hour } },
      subnet: { perHour: 200 },
      prefix: { digits: 5, perHour: 500, floor: { sample: 50, ...hour } },
      total: { perDay: 10_000 },
      spend: { perDay: 500_000, prices: { sms: 50, email: 0 }, byPrefix: [] },
      looksPerDay: 20,
    });
  });

  it('know the prices of numbers by how they begin', () => {
    const priced = loadConfig({ env: { UNDERSTUDY_CODES_PRICES: '+86=45,+1=70' }, dialects: [] });

    expect(sendingRulesOf(priced).spend.byPrefix).toEqual([
      { prefix: '+86', price: 45 },
      { prefix: '+1', price: 70 },
    ]);
  });

  it.each(['86=45', '+86', '+86=', '+86=4.5', '+=5', 'free'])('know no price %j', (price) => {
    expect(() => loadConfig({ env: {}, flags: { 'codes.prices': [price] }, dialects: [] })).toThrow(/codes\.prices/);
  });
});
