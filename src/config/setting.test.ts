// The table of settings: each has a default that fits, a description, and a variable of its own.
import { describe, expect, it } from 'vitest';

import { fits } from './fitting.ts';
import { SETTINGS } from './schema.ts';
import { settingsOf, variableOf } from './setting.ts';

const settings = settingsOf(SETTINGS);

describe('every setting', () => {
  it.each(settings.map((setting) => [setting.key, setting] as const))(
    'has a default that fits, and says what it is: %s',
    (_, setting) => {
      const { schema } = setting;

      const isFitting = fits(schema.default, schema);

      expect(isFitting).toBe(true);
      expect(schema.description).toMatch(/\.$/);
    },
  );

  it('has a variable of its own', () => {
    const variables = settings.map(({ variable }) => variable);

    const distinct = new Set(variables);

    expect(distinct.size).toBe(variables.length);
    expect(variables.length).toBeGreaterThan(50);
  });
});

describe('the variable of a setting', () => {
  it.each([
    ['port', 'UNDERSTUDY_PORT'],
    ['trustedProxies', 'UNDERSTUDY_TRUSTED_PROXIES'],
    ['password.min', 'UNDERSTUDY_PASSWORD_MIN'],
    ['kdf.memoryKiB', 'UNDERSTUDY_KDF_MEMORY_KIB'],
    ['kdf.waitMs', 'UNDERSTUDY_KDF_WAIT_MS'],
    ['budgets.account.failuresInARow', 'UNDERSTUDY_BUDGETS_ACCOUNT_FAILURES_IN_A_ROW'],
    ['dialects.own-dialect.policy', 'UNDERSTUDY_DIALECTS_OWN_DIALECT_POLICY'],
  ])('of %s is %s', (key, variable) => {
    const name = variableOf(key);

    expect(name).toBe(variable);
  });
});
