// Where a request carries its session, and what it must bring along.
import { describe, expect, it } from 'vitest';
import { Refusal, type SessionClaim } from '#core';
import { wireRequest } from '#tests/support/wire-request';
import { sessionClaim } from './session-carrier.ts';

const NAMES = { token: 'T', owner: 'U', csrf: 'C' };
const ALL = 'T=ticket; U=ada; C=proof';

interface Told {
  readonly token?: string;
  readonly csrf?: string;
  readonly publicId?: string;
  readonly refused?: string;
}

const inClear = ({ token, csrf, publicId }: SessionClaim): Told => ({
  token: token.reveal(),
  ...(csrf && { csrf: csrf.reveal() }),
  ...(publicId !== undefined && { publicId }),
});

function claimOf(on: string, headers: Readonly<Record<string, string>>): Told {
  try {
    return inClear(sessionClaim(wireRequest({ on, headers }), NAMES));
  } catch (reason) {
    return { refused: reason instanceof Refusal ? reason.code : 'fault' };
  }
}

const NONE = { refused: 'session.unknown' };

describe('a bearer token', () => {
  it.each(['Bearer ticket', 'bearer ticket', 'BEARER   ticket', 'bEaReR ticket'])(
    'counts alone: %s',
    (authorization) => {
      expect(claimOf('POST /a', { authorization })).toEqual({ token: 'ticket' });
    },
  );

  it('R-61 makes cookies that come along mean nothing', () => {
    expect(claimOf('POST /a', { authorization: 'Bearer other', cookie: ALL })).toEqual({ token: 'other' });
  });

  it.each(['ticket', 'Bearer', 'Bearer a b', 'Basic dDp0', 'Bearerticket', ''])('is none: %j', (authorization) => {
    expect(claimOf('POST /a', { authorization })).toEqual(NONE);
  });
});

describe('cookies', () => {
  it('R-63 count together where nothing can change', () => {
    expect(claimOf('GET /a', { cookie: ALL })).toEqual({ token: 'ticket', csrf: 'proof', publicId: 'ada' });
    expect(claimOf('HEAD /a', { cookie: 'T=ticket' })).toEqual({ token: 'ticket' });
  });

  it('R-61 need the header where something can', () => {
    expect(claimOf('POST /a', { cookie: ALL, 'x-csrf-token': 'proof' })).toEqual({
      token: 'ticket',
      csrf: 'proof',
      publicId: 'ada',
    });
    expect(claimOf('PUT /a', { cookie: 'T=ticket', 'x-csrf-token': 'x' })).toEqual({ token: 'ticket', csrf: 'x' });
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ['without the header', { cookie: ALL }],
    ['with an empty one', { cookie: ALL, 'x-csrf-token': '' }],
    ['with another than the cookie', { cookie: ALL, 'x-csrf-token': 'proofs' }],
    ['without the token', { cookie: 'U=ada; C=proof', 'x-csrf-token': 'proof' }],
    ['with two tokens', { cookie: `${ALL}; T=other`, 'x-csrf-token': 'proof' }],
    ['with two owners', { cookie: `${ALL}; U=eve`, 'x-csrf-token': 'proof' }],
    ['with two proofs', { cookie: `${ALL}; C=proof`, 'x-csrf-token': 'proof' }],
    ['from a page of a foreign site', { cookie: ALL, 'x-csrf-token': 'proof', 'sec-fetch-site': 'cross-site' }],
    ['from a page of a foreign origin', { cookie: ALL, 'x-csrf-token': 'proof', origin: 'https://evil.example' }],
    ['from a page of no origin', { cookie: ALL, 'x-csrf-token': 'proof', origin: 'null' }],
  ])('R-61 R-63 count for nothing %s', (_, headers) => {
    expect(['POST /a', 'PUT /a', 'PATCH /a', 'DELETE /a'].map((on) => claimOf(on, headers))).toEqual([
      NONE,
      NONE,
      NONE,
      NONE,
    ]);
  });

  it('R-61 are not read for a foreign page, even where nothing can change', () => {
    expect(claimOf('GET /a', { cookie: ALL, 'sec-fetch-site': 'cross-site' })).toEqual(NONE);
  });
});
