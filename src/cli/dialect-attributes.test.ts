// Account fields of the dialects: what is taken, what type it gets, and what is refused.
import { describe, expect, it } from 'vitest';

import { DIALECTS } from '#main';

import { assertAttributesFit, typedAttributes } from './dialect-attributes.ts';
import { holding } from '../../tests/support/matchers.ts';

describe('typing attributes from a command line', () => {
  it('gives each value the type its dialect asks for', () => {
    const typed = typedAttributes(
      { nobase: { qq: '10001', exp: '5', viptime: '1749752367', title: 'true' } },
      DIALECTS,
    );

    expect(typed).toEqual({ nobase: { qq: '10001', exp: 5, viptime: 1749752367, title: 'true' } });
  });

  it.each([
    ['attributes.nobsae', { nobsae: { exp: '5' } }],
    ['attributes.nobase.xp', { nobase: { xp: '5' } }],
    ['attributes.nobase.toString', { nobase: { toString: '5' } }],
    ['attributes.nobase.exp', { nobase: { exp: 'many' } }],
    ['attributes.aegisspeed.exp', { aegisspeed: { exp: '5' } }],
  ])('refuses %s', (field, texts) => {
    expect(() => typedAttributes(texts as never, DIALECTS)).toThrow(
      holding({ code: 'input.malformed', detail: holding({ field }) }),
    );
  });
});

describe('checking attributes of an import', () => {
  it('takes values of the right type, and no text for a number', () => {
    expect(() => assertAttributesFit({ nobase: { exp: 5 }, shopxo: { integral: 4380 } }, DIALECTS)).not.toThrow();
    expect(() => assertAttributesFit({ nobase: { exp: '5' } }, DIALECTS)).toThrow(holding({ code: 'input.malformed' }));
  });
});
