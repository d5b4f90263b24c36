// The check of a single value against its schema.
import { Type } from 'typebox';
import { describe, expect, it } from 'vitest';

import { fits } from './fitting.ts';
import type { SettingSchema } from './setting.ts';

const port = Type.Integer({ minimum: 1, maximum: 9 });
const name = Type.String({ minLength: 2, maxLength: 3, pattern: '^[a-z]+$' });
const table = Type.Object({ name, port: Type.Optional(port) });

const CASES: readonly { schema: SettingSchema; fitting: readonly unknown[]; not: readonly unknown[] }[] = [
  { schema: port, fitting: [1, 9], not: [0, 10, 1.5, Number.NaN, Infinity, '5', null, undefined, true, [5]] },
  { schema: Type.Number({ minimum: 0 }), fitting: [0, 0.5], not: [-0.1, Number.NaN, Infinity, '1'] },
  { schema: name, fitting: ['ab', 'abc'], not: ['a', 'abcd', 'AB', 12, null, ['ab']] },
  { schema: Type.Boolean(), fitting: [true, false], not: ['true', 0, 1, null] },
  {
    schema: Type.Array(name, { minItems: 1, maxItems: 2 }),
    fitting: [['ab'], ['ab', 'cd']],
    not: [[], ['ab', 'ab', 'ab'], ['a'], 'ab', { 0: 'ab' }],
  },
  { schema: Type.Enum(['v2', 'v6']), fitting: ['v2', 'v6'], not: ['v3', '', null] },
  { schema: Type.Union([Type.Literal('off'), port]), fitting: ['off', 3], not: ['on', 10] },
  {
    schema: table,
    fitting: [{ name: 'ab' }, { name: 'ab', port: 2 }],
    not: [{}, { port: 2 }, { name: 'ab', other: 1 }, { name: 'ab', constructor: 1 }, [], null, 'ab'],
  },
  { schema: Type.Record(Type.String(), port), fitting: [{}, { any: 1 }], not: [{ any: 0 }, [1], null] },
];

describe('a value', () => {
  it.each(CASES)('fits %o or does not', ({ schema, fitting, not }) => {
    const answers = [fitting.map((value) => fits(value, schema)), not.map((value) => fits(value, schema))];

    expect(answers).toEqual([fitting.map(() => true), not.map(() => false)]);
  });

  it('is not judged by a schema that says more than the check knows', () => {
    const schema = Type.Integer({ multipleOf: 2 });

    const judge = () => fits(4, schema);

    expect(judge).toThrow(new TypeError('a setting\'s schema cannot use "multipleOf"'));
  });
});
