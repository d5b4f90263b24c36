// What weidu answers when it refuses, or fails.
import { Refusal, type RefusalCode, type RefusalDetail, REFUSALS } from '#core';
import { replyWith } from '#tests/support/reply';
import { describe, expect, it } from 'vitest';
import { fault, refusals } from './refusals.ts';
import { settings } from './settings.ts';

function answerTo(code: RefusalCode, detail: RefusalDetail = {}, reply = replyWith(settings)) {
  const refusal = new Refusal(code, detail);
  const words = refusals[refusal.code] ?? refusals[refusal.kind];
  return words(refusal, reply);
}

describe('a login that is refused', () => {
  it.each<[RefusalCode, RefusalDetail, string]>([
    ['session.unknown', {}, '{"code":1000,"result":"未登录或者登录过期"}'],
    ['input.malformed', { field: 'device_id' }, '{"code":4000,"result":"Invalid input params: device_id"}'],
    ['input.malformed', {}, '{"code":4000,"result":"Invalid input params: body"}'],
    ['password.too-short', {}, '{"code":4000,"result":"Invalid input params: password"}'],
    ['password.too-short', { limit: 8 }, '{"code":4000,"result":"Invalid input params: password，密码至少8个字符"}'],
    ['password.common', {}, '{"code":4000,"result":"Invalid input params: password，密码过于简单"}'],
    ['identifier.taken', {}, '{"code":4000,"result":"该账号已被注册"}'],
    ['lookup.too-many', { retryAfterSeconds: 9 }, '{"code":40021,"result":"请求过于频繁，请9秒后再试"}'],
    ['password.too-long', {}, '{"code":4000,"result":"Invalid input params: password"}'],
    ['route.unknown', {}, '{"code":4000,"result":"Invalid input params: 接口不存在"}'],
    ['endpoint.closed', {}, '{"code":4000,"result":"该接口暂时关闭"}'],
    ['account.unknown', {}, '{"code":40013,"result":"密码错误"}'],
    ['account.password-missing', {}, '{"code":40013,"result":"密码错误"}'],
    ['credentials.mismatch', {}, '{"code":40013,"result":"密码错误"}'],
    ['code.mismatch', {}, '{"code":40018,"result":"验证码错误"}'],
    ['code.expired', {}, '{"code":40018,"result":"验证码错误"}'],
    ['code.too-soon', { limit: 60 }, '{"code":40001,"result":"一分钟内只能发送一次验证码"}'],
    ['code.too-soon', { limit: 90 }, '{"code":40001,"result":"90秒内只能发送一次验证码"}'],
    ['code.too-many', { field: 'destination-day', limit: 60 }, '{"code":40002,"result":"24小时内只能发送60条短信"}'],
    ['code.too-many', { field: 'destination-hour', limit: 5 }, '{"code":40002,"result":"1小时内只能发送5条短信"}'],
    [
      'code.too-many',
      { field: 'source', limit: 30, retryAfterSeconds: 9 },
      '{"code":40021,"result":"请求过于频繁，请9秒后再试"}',
    ],
    ['courier.failed', {}, '{"code":40003,"result":"发送验证码失败，请稍后重试"}'],
    ['identifier.malformed', { field: 'mobile' }, '{"code":40019,"result":"无效手机号"}'],
    ['challenge.missing', {}, '{"code":40020,"result":"行为验证码错误"}'],
    ['challenge.mismatch', {}, '{"code":40020,"result":"行为验证码错误"}'],
    ['challenge.expired', {}, '{"code":40020,"result":"行为验证码错误"}'],
    ['account.disabled', {}, '{"code":40021,"result":"账号已被禁用"}'],
    ['account.pending', {}, '{"code":40021,"result":"账号正在审核中"}'],
    ['account.password-change-due', {}, '{"code":40021,"result":"请先修改密码再登录"}'],
    [
      'throttle.account',
      { retryAfterSeconds: 60 },
      '{"code":40021,"result":"密码输入错误次数过多，账号已被锁定，请60秒后再试"}',
    ],
    ['throttle.source', { retryAfterSeconds: 7 }, '{"code":40021,"result":"请求过于频繁，请7秒后再试"}'],
    ['throttle.subnet', { retryAfterSeconds: 7 }, '{"code":40021,"result":"请求过于频繁，请7秒后再试"}'],
  ])('words %s (%j) under HTTP 200', (code, detail, body) => {
    expect(answerTo(code, detail)).toEqual({ status: 200, headers: {}, body });
  });

  it('is told apart from a wrong password when the server is busy', () => {
    expect(answerTo('server.busy')).toMatchObject({
      status: 503,
      body: '{"code":500,"result":"服务器繁忙，请稍后再试"}',
    });
  });

  it.each(Object.keys(REFUSALS) as RefusalCode[])(
    'has exactly the two keys of a failure in either language (%s)',
    (code) => {
      const zh = JSON.parse(answerTo(code).body) as object;
      const en = JSON.parse(answerTo(code, {}, replyWith(settings, { locale: 'en' })).body) as object;

      expect(Object.keys(zh)).toEqual(['code', 'result']);
      expect(Object.keys(en)).toEqual(['code', 'result']);
      expect(JSON.stringify(en)).not.toMatch(/[{](?:seconds|field|limit)[}]|\p{Script=Han}/u);
    },
  );
});

describe('a login that fails', () => {
  it('is answered with the one fixed answer', () => {
    expect(fault(replyWith(settings))).toMatchObject({ status: 500, body: '{"code":500,"result":"服务器内部错误"}' });
  });
});
