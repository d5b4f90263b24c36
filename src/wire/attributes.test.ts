// Reading the fields a dialect keeps with an account.
import { signedIn } from '#tests/support/signed-in';
import { describe, expect, it } from 'vitest';
import { Type } from 'typebox';
import { attributesOf } from './attributes.ts';

const SCHEMA = Type.Object({ exp: Type.Integer({ default: 0 }), title: Type.String({ default: '' }) });

const read = (stored: unknown) =>
  attributesOf(SCHEMA, signedIn({ attributes: { own: stored } as never }).account, 'own');

describe('the fields a dialect keeps with an account', () => {
  it('are as they were stored', () => {
    expect(read({ exp: 7, title: 'x' })).toEqual({ exp: 7, title: 'x' });
  });

  it.each([
    ['nothing is stored', undefined],
    ['something else is stored', { other: 1 }],
    ['the types are wrong', { exp: '7', title: 7 }],
    ['the number is a fraction', { exp: 1.5 }],
    ['the names are only inherited', Object.create({ exp: 7 })],
  ])('are their defaults when %s', (_, stored) => {
    expect(read(stored)).toEqual({ exp: 0, title: '' });
  });
});
