// The settings every dialect has.
import { Type } from 'typebox';
import { Check, Default } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { dialectSettings } from './dialect-settings.ts';

const schema = dialectSettings('zh', { own: Type.Integer({ default: 3 }) });

describe('the settings of a dialect', () => {
  it('have a default each', () => {
    const settings = Default(schema, {});

    expect(settings).toEqual({ policy: 'documented', locale: 'zh', realm: 'main', origins: [], own: 3 });
    expect(Check(schema, settings)).toBe(true);
  });

  it.each([{ policy: 'lax' }, { locale: 'fr' }, { realm: '' }, { origins: 'https://a.example' }, { unknown: 1 }])(
    'cannot be %j',
    (given) => {
      expect(Check(schema, { ...(Default(schema, {}) as object), ...given })).toBe(false);
    },
  );
});
