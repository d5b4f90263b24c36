// Reading a token from its header.
import { wireRequest } from '#tests/support/wire-request';
import { describe, expect, it } from 'vitest';
import { bearerIn } from './bearer.ts';

const bearerOf = (authorization?: string) =>
  bearerIn(wireRequest({ on: 'GET /', headers: authorization === undefined ? {} : { authorization } }))?.reveal();

describe('a bearer token', () => {
  it.each(['Bearer t-1', 'bearer t-1', 'BEARER  t-1'])('is read from %j', (authorization) => {
    expect(bearerOf(authorization)).toBe('t-1');
  });

  it.each([undefined, '', 'Bearer', 'Bearer ', 'Basic t-1', 'Bearer t 1', 'Bearer t-1, Bearer t-2', 'xBearer t-1'])(
    'is not read from %j',
    (authorization) => {
      expect(bearerOf(authorization)).toBeUndefined();
    },
  );
});
