// What AegisSpeed answers when it refuses, or fails.
import { Refusal, type RefusalCode } from '#core';
import { replyWith } from '#tests/support/reply';
import { describe, expect, it } from 'vitest';
import { adminLoginRefusals, fault, refusals, userLoginRefusals } from './refusals.ts';
import { settings } from './settings.ts';

/** The answer of an endpoint: its own words, else the code's, else the kind's. */
function answerOf(own: typeof userLoginRefusals, refusal: Refusal, reply = replyWith(settings)) {
  const words = own[refusal.code] ?? own[refusal.kind] ?? refusals[refusal.code] ?? refusals[refusal.kind];
  return words(refusal, reply);
}

const CLOSED = [403, '10003', 'Server has not opened this endpoint'] as const;
const WRONG = [401, '10001', 'Invalid username or password'] as const;
const UNKNOWN = [401, '10002', 'User does not exist'] as const;
const DISABLED = [401, '10001', 'This account is disabled'] as const;
const BUSY = [503, '10004', 'The server is busy, try again'] as const;
const BAD_PASSWORD = [400, '10005', 'Invalid user password'] as const;
const BAD_ID = [400, '10006', 'Invalid AegisSpeed ID'] as const;

const body = ([status, code, result]: readonly [number, string, string]) =>
  JSON.stringify({ status, token: '', code, result, data: {} });

describe('a user login that is refused', () => {
  it.each<[RefusalCode, readonly [number, string, string]]>([
    ['endpoint.closed', CLOSED],
    ['route.unknown', CLOSED],
    ['input.malformed', [400, '10001', 'Invalid request parameters']],
    ['identifier.malformed', UNKNOWN],
    ['password.malformed', WRONG],
    ['password.too-short', WRONG],
    ['password.too-long', WRONG],
    ['account.unknown', UNKNOWN],
    ['account.password-missing', WRONG],
    ['credentials.mismatch', WRONG],
    ['account.disabled', DISABLED],
    ['account.pending', [401, '10001', 'This account is waiting for approval']],
    ['account.password-change-due', [401, '10001', 'The password must be changed before logging in']],
    ['server.busy', BUSY],
  ])('words %s as the document does', (code, expected) => {
    const answer = answerOf(userLoginRefusals, new Refusal(code));

    expect(answer.status).toBe(expected[0]);
    expect(answer.body).toBe(body(expected));
  });

  it.each<[RefusalCode]>([['throttle.account'], ['throttle.source'], ['throttle.subnet']])(
    'tells when to come back after %s',
    (code) => {
      const answer = answerOf(userLoginRefusals, new Refusal(code, { retryAfterSeconds: 60 }));

      expect(answer.status).toBe(429);
      expect(answer.body).toBe(body([429, '10001', 'Too many failed attempts, try again in 60 seconds']));
    },
  );

  it('speaks Chinese where that is set', () => {
    const answer = answerOf(userLoginRefusals, new Refusal('endpoint.closed'), replyWith(settings, { locale: 'zh' }));

    expect(answer.body).toContain('"result":"服务器未开放此接口"');
  });
});

describe('an administrator login that is refused', () => {
  it.each<[RefusalCode, readonly [number, string, string]]>([
    ['endpoint.closed', CLOSED],
    ['input.malformed', BAD_ID],
    ['identifier.malformed', BAD_ID],
    ['password.malformed', BAD_PASSWORD],
    ['password.too-short', BAD_PASSWORD],
    ['password.too-long', BAD_PASSWORD],
    ['account.unknown', UNKNOWN],
    ['credentials.mismatch', WRONG],
    ['account.disabled', DISABLED],
    ['account.role-missing', [401, '10007', 'This account is not an admin account']],
    ['server.busy', BUSY],
  ])('words %s as the document does', (code, expected) => {
    const answer = answerOf(adminLoginRefusals, new Refusal(code));

    expect(answer.status).toBe(expected[0]);
    expect(answer.body).toBe(body(expected));
  });
});

describe('a login that fails', () => {
  it('is answered with the one fixed answer', () => {
    const answer = fault(replyWith(settings));

    expect(answer.status).toBe(500);
    expect(answer.body).toBe(body([500, '10004', 'Login failed, server internal error']));
  });
});
