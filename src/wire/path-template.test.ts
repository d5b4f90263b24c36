// Which paths a template stands for.
import { describe, expect, it } from 'vitest';
import { isTemplate, segmentsIn } from './path-template.ts';

describe('a path template', () => {
  it('stands for every path of its form, and names its segments', () => {
    const found = segmentsIn('/accounts/{id}/sessions/{session}', '/accounts/7/sessions/a%20b');

    expect(found).toEqual({ id: '7', session: 'a%20b' });
  });

  it.each(['/accounts', '/accounts/', '/accounts//', '/accounts/7/', '/accounts/7/8', '/Accounts/7', '//accounts/7'])(
    'R-85 does not stand for %s',
    (path) => {
      expect(segmentsIn('/accounts/{id}', path)).toBeUndefined();
    },
  );

  it('is told from a path that stands for itself alone', () => {
    expect([isTemplate('GET /accounts/{id}'), isTemplate('GET /accounts')]).toEqual([true, false]);
  });
});
