// Who answers a path.
import { Refusal } from '#core';
import { parrot } from '#tests/support/parrot';
import { wireRequest } from '#tests/support/wire-request';
import { describe, expect, it } from 'vitest';
import type { AnyRow, CommonSettings, Dialect } from './dialect.ts';
import { RouteTable } from './route-table.ts';

const rowOn = (
  on: AnyRow<CommonSettings>['on'],
  endpoint = 'act',
  when?: AnyRow<CommonSettings>['when'],
): AnyRow<CommonSettings> => ({
  endpoint,
  on,
  does: 'describeSignIn',
  reads: () => ({}),
  writes: () => ({ status: 200, body: '' }),
  ...(when && { when }),
});

const dialect = (name: string, given: Partial<Dialect>): Dialect => ({
  ...parrot,
  name,
  prefixes: [],
  rows: [],
  ...given,
});

const wide = dialect('wide', { prefixes: ['/user/'], rows: [rowOn(['POST /user/login', 'GET /user/login'])] });
const narrow = dialect('narrow', { prefixes: ['/user/login/'], rows: [rowOn(['POST /user/login/first'])] });
const fallback = dialect('fallback', {});

const found = (table: RouteTable, on: string, body?: unknown): readonly (string | undefined)[] => {
  const { dialect: owner, row } = table.find(wireRequest({ on, body: body ?? '' }));
  return [owner.name, row?.endpoint];
};

describe('a documented path', () => {
  const table = new RouteTable([wide, narrow], fallback);

  it.each([
    ['POST /user/login', 'wide'],
    ['GET /user/login', 'wide'],
    ['POST /user/login?s=other', 'wide'],
    ['POST /user/login/first', 'narrow'],
  ])('%s belongs to %s', (on, name) => {
    expect(found(table, on)).toEqual([name, 'act']);
  });

  it.each([
    ['PUT /user/login', 'wide'],
    ['HEAD /user/login', 'wide'],
    ['POST /user/logins', 'wide'],
    ['POST /user/Login', 'wide'],
    ['POST /user/login/first/', 'narrow'],
    ['POST /user/login/first%20', 'narrow'],
    ['POST /user//login', 'wide'],
    ['POST /user/%6cogin', 'wide'],
    ['POST /user/login;v=1', 'wide'],
    ['POST //user/login', 'fallback'],
    ['POST /USER/login', 'fallback'],
    ['POST /./user/login', 'fallback'],
    ['POST /', 'fallback'],
  ])('R-85 is not %s, which is unknown to %s', (on, name) => {
    expect(found(table, on)).toEqual([name, undefined]);
  });

  it('cannot be documented by two dialects', () => {
    const rival = dialect('rival', { rows: [rowOn(['POST /user/login'])] });

    expect(() => new RouteTable([wide, rival], fallback)).toThrow('rival and wide both document POST /user/login');
  });

  it('may be documented by two rows of one dialect, of which the first that is meant is taken', () => {
    const choosy = dialect('choosy', {
      rows: [
        rowOn(['POST /a'], 'one', (request) => request.body('json')['type'] === 'one'),
        rowOn(['POST /a'], 'other'),
      ],
    });
    const choice = new RouteTable([choosy], fallback);

    expect(found(choice, 'POST /a', { type: 'one' })).toEqual(['choosy', 'one']);
    expect(found(choice, 'POST /a', { type: 'two' })).toEqual(['choosy', 'other']);
  });

  it('leaves a request that cannot be read to the first row, which words the refusal', () => {
    const choosy = dialect('choosy', {
      rows: [
        rowOn(['POST /a'], 'one', (request) => request.body('json')['type'] === 'one'),
        rowOn(['POST /a'], 'other'),
      ],
    });

    expect(found(new RouteTable([choosy], fallback), 'POST /a', '{"type":')).toEqual(['choosy', 'one']);
  });
});

describe('a request in another spelling', () => {
  const speller = dialect('speller', {
    rows: [rowOn(['POST /entry'])],
    canonicalPath: (request) => (request.query()['s'] === 'entry' ? '/entry' : undefined),
    owns: (request) => request.query()['mine'] !== undefined,
  });
  const table = new RouteTable([speller, wide], fallback);

  it('is found under the documented one', () => {
    expect(found(table, 'POST /index.php?s=entry')).toEqual(['speller', 'act']);
  });

  it('never takes a documented path away from its owner', () => {
    expect(found(table, 'POST /user/login?s=entry')).toEqual(['wide', 'act']);
  });

  it('is owned by whoever claims it when it is unknown', () => {
    expect(found(table, 'POST /elsewhere?mine')).toEqual(['speller', undefined]);
  });

  it('is nobody’s when its query cannot be read', () => {
    expect(found(table, 'POST /elsewhere?mine=%ff')).toEqual(['fallback', undefined]);
  });

  it('lets a fault through', () => {
    const broken = dialect('broken', {
      canonicalPath: () => {
        throw new TypeError('broken');
      },
    });

    expect(() => new RouteTable([broken], fallback).find(wireRequest({ on: 'GET /x' }))).toThrow('broken');
  });
});

describe('the methods of a path', () => {
  it('are those that are documented, however the path is spelled', () => {
    const spelled = dialect('spelled', {
      canonicalPath: ({ path }) => (path === '/alias' ? '/user/login' : undefined),
    });
    const table = new RouteTable([wide, spelled], fallback);

    expect(table.methodsAt(wireRequest({ on: 'OPTIONS /alias' }))).toEqual(['GET', 'POST']);
    expect(table.methodsAt(wireRequest({ on: 'OPTIONS /nowhere' }))).toEqual([]);
  });
});

describe('a refusal in a condition', () => {
  it('means that the row is the one that has to refuse', () => {
    const strict = dialect('strict', {
      rows: [
        rowOn(['POST /a'], 'refusing', () => {
          throw new Refusal('input.malformed');
        }),
      ],
    });

    expect(found(new RouteTable([strict], fallback), 'POST /a')).toEqual(['strict', 'refusing']);
  });
});
