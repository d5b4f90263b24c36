// How reports look on a terminal, and what they keep from it.
import { describe, expect, it } from 'vitest';

import { listing, table } from './report.ts';

describe('laying out a table', () => {
  it('aligns columns, wide characters included', () => {
    const text = table(
      ['id', 'roles', 'name'],
      [
        ['1', '管理员', 'Ada'],
        ['22', '-', 'Bob'],
      ],
    );

    expect(text.split('\n')).toEqual(['id  roles   name', '1   管理员  Ada', '22  -       Bob']);
  });

  it('R-90 lets no cell forge a line or move the cursor', () => {
    const text = table(['name'], [['a\nb\u001b[2J\u202e']]);

    expect(text.split('\n')).toHaveLength(2);
    expect(text.includes('\u001b') || text.includes('\u202e')).toBe(false);
  });
});

describe('laying out a listing', () => {
  it('aligns the values', () => {
    expect(
      listing([
        ['id', '1'],
        ['nickname', 'Ada'],
      ]),
    ).toBe('id        1\nnickname  Ada');
  });
});
