// Holding an answer to a transcript: what counts as the same and what as different.
import { describe, expect, it } from 'vitest';

import { Conversation } from './transcripts.ts';

const heard = {
  status: 200,
  headers: { token: 'abc', 'set-cookie': ['a=1', 'b=2'] },
  body: '{"token":"abc","price":"1.5 (net)"}',
};
const due = { status: 200, body: '{"token":"{{token}}","price":"1.5 (net)"}' };

function differences(expected: Parameters<Conversation['differences']>[0]): readonly string[] {
  return new Conversation('http://127.0.0.1:1', { token: '[a-z]{3}' }).differences(expected, heard);
}

describe('holding an answer to a transcript', () => {
  it('accepts generated values that look right', () => {
    expect(differences(due)).toEqual([]);
  });

  it('accepts a value that is the same in header and body', () => {
    expect(differences({ ...due, headers: { token: '{{token}}', 'set-cookie': ['a=1', 'b=2'], allow: null } })).toEqual(
      [],
    );
  });

  it.each([
    ['another status', { ...due, status: 401 }],
    ['another body', { ...due, body: '{"token":"{{token}}","price":"1x5 (net)"}' }],
    ['a longer body', { ...due, body: '{"token":"{{token}}"' }],
    ['a missing header', { ...due, headers: { 'retry-after': '60' } }],
    ['a header that must not be there', { ...due, headers: { token: null } }],
    ['fewer cookies', { ...due, headers: { 'set-cookie': ['a=1', 'b=2', 'c=3'] } }],
    ['a value that differs between header and body', { ...due, headers: { 'set-cookie': ['a={{token}}', 'b=2'] } }],
  ])('tells of %s', (_, expected) => {
    expect(differences(expected)).toHaveLength(1);
  });

  it('refuses a placeholder nobody has described', () => {
    expect(() => differences({ ...due, body: '{{mystery}}' })).toThrow(TypeError);
  });
});
