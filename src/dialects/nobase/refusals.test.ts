// What NoBase answers when it refuses, or fails.
import { Refusal, type RefusalCode } from '#core';
import { replyWith } from '#tests/support/reply';
import { describe, expect, it } from 'vitest';
import { fault, refusals } from './refusals.ts';
import { settings } from './settings.ts';

const reply = replyWith(settings);

function answerOf(refusal: Refusal, to = reply) {
  return (refusals[refusal.code] ?? refusals[refusal.kind])(refusal, to);
}

const body = (code: number, data: string) => JSON.stringify({ code, msg: 'fail', data });

describe('a login that is refused', () => {
  it.each<[RefusalCode, string]>([
    ['account.unknown', 'Account does not exist'],
    ['credentials.mismatch', 'Password error'],
    ['account.password-missing', 'Password error'],
    ['app.unknown', 'Application does not exist'],
    ['app.signature', 'Signature error'],
    ['app.stopped', 'The application is stopped'],
    ['app.method-closed', 'This application does not accept passwords in the URL, use a POST body'],
    ['account.disabled', 'This account is disabled'],
    ['account.pending', 'This account is waiting for approval'],
    ['account.password-change-due', 'The password must be changed first'],
    ['endpoint.closed', 'This interface is closed'],
    ['route.unknown', 'This interface does not exist'],
    ['input.malformed', 'Parameter error'],
    ['password.too-short', 'Parameter error: pass is missing or malformed'],
    ['password.too-long', 'Parameter error: pass is missing or malformed'],
    ['password.malformed', 'Parameter error: pass is missing or malformed'],
  ])('answers %s with HTTP status 200, code 400 and "%s"', (code, text) => {
    const answer = answerOf(new Refusal(code));

    expect(answer.status).toBe(200);
    expect(answer.body).toBe(body(400, text));
  });

  it('names the parameter at fault', () => {
    const answer = answerOf(new Refusal('input.malformed', { field: 'appid' }));

    expect(answer.body).toBe(body(400, 'Parameter error: appid is missing or malformed'));
  });

  it('tells when to come back', () => {
    const answer = answerOf(new Refusal('throttle.account', { retryAfterSeconds: 120 }));

    expect(answer.status).toBe(200);
    expect(answer.body).toBe(body(400, 'Too many failed attempts, try again in 120 seconds'));
  });

  it('calls a full queue busy, with the code of system errors', () => {
    const answer = answerOf(new Refusal('server.busy', { retryAfterSeconds: 1 }));

    expect(answer.status).toBe(200);
    expect(answer.body).toBe(body(500, 'The system is busy, try again'));
  });

  it.each<[RefusalCode, string]>([
    ['account.unknown', '账号不存在'],
    ['credentials.mismatch', '密码错误'],
    ['app.unknown', '应用不存在'],
    ['app.signature', '签名错误'],
  ])('says %s in Chinese as %s', (code, text) => {
    const answer = answerOf(new Refusal(code), replyWith(settings, { locale: 'zh' }));

    expect(answer.body).toBe(body(400, text));
  });
});

describe('a login that fails', () => {
  it('is answered with the one fixed answer', () => {
    const answer = fault(reply);

    expect(answer.status).toBe(200);
    expect(answer.body).toBe(body(500, 'System error'));
  });
});
