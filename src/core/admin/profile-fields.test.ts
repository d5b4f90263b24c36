// Settings of an account as they stand on a command line.
import { describe, expect, it } from 'vitest';

import { readSettings } from './profile-fields.ts';
import { holding } from '../../../tests/support/matchers.ts';

describe('reading settings', () => {
  it('tells profile from attributes', () => {
    const { profile, attributes } = readSettings([
      'profile.nickname=a=b',
      'attributes.nobase.exp=5',
      'attributes.nobase.title=Old hand',
    ]);

    expect(profile).toEqual({ nickname: 'a=b' });
    expect(attributes).toEqual({ nobase: { exp: '5', title: 'Old hand' } });
  });

  it.each([
    'nickname=Ada',
    'profile.nickname',
    'profile.shoe=43',
    'attributes.nobase=5',
    'attributes.nobase.__proto__=5',
    'attributes.constructor.name=5',
    'profile.nickname=\u001b[31mred',
    'profile.city=',
  ])('refuses %j', (setting) => {
    expect(() => readSettings([setting])).toThrow(holding({ code: 'input.malformed' }));
  });
});
