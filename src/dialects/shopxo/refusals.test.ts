// What ShopXO answers when it refuses, or fails.
import { Refusal, type RefusalCode, type RefusalDetail, REFUSALS } from '#core';
import { replyWith, settingsOf } from '#tests/support/reply';
import { wireRequest } from '#tests/support/wire-request';
import { describe, expect, it } from 'vitest';
import { fault, refusals, registrationRefusals, resetRefusals } from './refusals.ts';
import { settings } from './settings.ts';

function replyTo(url: string, given: object = {}, body: unknown = '') {
  return {
    ...replyWith(settings),
    settings: settingsOf(settings, given),
    request: wireRequest({ on: `POST ${url}`, body }),
  };
}

function answerTo(code: RefusalCode, detail: RefusalDetail = {}, reply = replyTo('/user/login')) {
  const refusal = new Refusal(code, detail);
  const words = refusals[refusal.code] ?? refusals[refusal.kind];
  return words(refusal, reply);
}

const v2 = (msg: string, code: number) => ({ status: 200, headers: {}, body: JSON.stringify({ msg, code, data: [] }) });
const v6 = (msg: string, code: number) => ({ status: 200, headers: {}, body: JSON.stringify({ msg, code, data: '' }) });
const V6 = { profile: 'v6' };

/** The code, and the sentence of either generation. */
type Words = readonly [code: number, v2: string, v6: string];

describe('a login that is refused', () => {
  it.each<[RefusalCode, RefusalDetail, Words]>([
    ['input.malformed', { field: 'type' }, [-1, '登录类型有误', '登录类型有误']],
    ['input.malformed', {}, [-1, '登录类型有误', '登录类型有误']],
    ['input.malformed', { field: 'accounts' }, [-1, '登录账号不能为空', '账号不能为空']],
    ['sign-in.type-closed', {}, [-1, '暂时关闭登录', '暂时关闭登录']],
    ['endpoint.closed', {}, [-1, '暂时关闭登录', '暂时关闭登录']],
    ['identifier.malformed', { field: 'mobile' }, [-2, '手机号码格式错误', '手机号码格式错误']],
    ['identifier.malformed', { field: 'email' }, [-2, '电子邮箱格式错误', '电子邮箱格式错误']],
    ['account.unknown', {}, [-3, '登录帐号不存在', '帐号不存在']],
    ['identifier.malformed', { field: 'username' }, [-2, '该类型不支持验证码发送', '该类型不支持验证码发送']],
    ['challenge.missing', {}, [-10, '图片验证码为空', '图片验证码不能为空']],
    ['challenge.expired', {}, [-11, '验证码已过期', '验证码已过期']],
    ['challenge.mismatch', {}, [-12, '验证码错误', '验证码错误']],
    ['code.expired', {}, [-10, '验证码已过期', '验证码已过期']],
    ['code.mismatch', {}, [-11, '验证码错误', '验证码错误']],
    [
      'throttle.account',
      { retryAfterSeconds: 61 },
      [-4, '密码错误次数过多，请2分钟后再试', '密码错误次数过多，请2分钟后再试'],
    ],
    [
      'throttle.source',
      { retryAfterSeconds: 60 },
      [-4, '密码错误次数过多，请1分钟后再试', '密码错误次数过多，请1分钟后再试'],
    ],
    ['account.password-missing', {}, [-4, '密码错误', '请先设置密码！']],
    ['credentials.mismatch', {}, [-4, '密码错误', '密码错误']],
    ['account.disabled', {}, [-10, '用户被禁止登录', '用户被禁止登录']],
    ['account.pending', {}, [-10, '用户等待审核中', '用户等待审核中']],
    ['account.password-change-due', {}, [-10, '请先修改密码', '请先修改密码']],
    ['session.unknown', {}, [-400, '登录失效，请重新登录', '登录失效，请重新登录']],
    ['server.busy', {}, [-100, '系统繁忙，请稍后再试', '系统繁忙，请稍后再试']],
  ])('words %s (%j) as its generation does', (code, detail, [number, documented, current]) => {
    expect(answerTo(code, detail)).toEqual(v2(documented, number));
    expect(answerTo(code, detail, replyTo('/user/login', V6))).toEqual(v6(current, number));
  });

  it.each([
    ['sms', '手机号码不存在', '手机号码不存在、请先注册！'],
    ['email', '电子邮箱不存在', '电子邮箱不存在、请先注册！'],
  ])('says what is unknown (%s)', (type, documented, current) => {
    const body = { type, accounts: 'x' };

    expect(answerTo('account.unknown', {}, replyTo('/user/login', {}, body))).toEqual(v2(documented, -3));
    expect(answerTo('account.unknown', {}, replyTo('/user/login', V6, body))).toEqual(v6(current, -3));
  });

  it.each([
    ['', '密码格式 6~18 个字符之间'],
    ['abc', '密码格式 6~18 个字符'],
  ])('words an unfit password (%j) as the document does', (pwd, text) => {
    const body = { type: 'username', accounts: 'x', pwd };

    expect(answerTo('password.too-short', {}, replyTo('/user/login', {}, body))).toEqual(v2(text, -1));
    expect(answerTo('password.too-short', {}, replyTo('/user/login', V6, body))).toEqual(
      v6('登录密码格式6~18个字符之间', -1),
    );
  });

  it('speaks English to current clients that ask for it, also when the body cannot be read', () => {
    const reply = replyTo('/api.php?s=user/login&lang=en', V6, '{');

    expect(answerTo('input.malformed', {}, reply)).toEqual(v6('Wrong login type', -1));
  });

  it.each(Object.keys(REFUSALS) as RefusalCode[])(
    'has the three keys of the envelope and no gap in any language (%s)',
    (code) => {
      const replies = [replyTo('/user/x'), replyTo('/user/x', { locale: 'en' }), replyTo('/user/x?lang=en', V6)];

      const bodies = replies.map((reply) => answerTo(code, {}, { ...reply, locale: reply.settings.locale }).body);

      for (const body of bodies) expect(Object.keys(JSON.parse(body) as object)).toEqual(['msg', 'code', 'data']);
      expect(bodies.join('')).not.toMatch(/[{](?:limit|minutes|name)[}]/);
      expect(bodies.slice(1).join('')).not.toMatch(/\p{Script=Han}/u);
    },
  );
});

describe('somebody who registers and is refused', () => {
  const answer = (code: RefusalCode, detail: RefusalDetail, reply = replyTo('/user/reg')) => {
    const refusal = new Refusal(code, detail);
    const own = registrationRefusals[code] ?? registrationRefusals[refusal.kind];
    return (own ?? refusals[code] ?? refusals[refusal.kind])(refusal, reply);
  };

  it.each<[RefusalCode, RefusalDetail, Words]>([
    ['input.malformed', {}, [-1, '账号不能为空', '账号不能为空']],
    ['input.malformed', { field: 'constructor' }, [-1, '账号不能为空', '账号不能为空']],
    ['input.malformed', { field: 'accounts' }, [-1, '账号不能为空', '账号不能为空']],
    ['input.malformed', { field: 'pwd' }, [-1, '密码不能为空', '密码不能为空']],
    ['input.malformed', { field: 'type' }, [-1, '注册类型有误', '注册类型有误']],
    ['input.malformed', { field: 'verify' }, [-1, '验证码不能为空', '验证码不能为空']],
    ['sign-in.type-closed', {}, [-1, '暂时关闭用户注册', '暂时关闭注册']],
    ['endpoint.closed', {}, [-1, '暂时关闭用户注册', '暂时关闭注册']],
    ['password.too-short', { limit: 8 }, [-1, '密码格式最少 8 个字符', '密码格式最少8个字符']],
    ['password.too-long', {}, [-1, '密码格式有误', '密码格式有误']],
    ['password.malformed', {}, [-1, '密码格式有误', '密码格式有误']],
    ['password.common', {}, [-1, '密码过于简单，请更换密码', '密码过于简单，请更换密码']],
    [
      'identifier.malformed',
      { field: 'username' },
      [-2, '用户名格式由 字母数字下划线 2~18 个字符', '用户名格式由字母数字下划线2~18个字符'],
    ],
    ['identifier.malformed', { field: 'mobile' }, [-2, '手机号码格式错误', '手机号码格式错误']],
    ['identifier.malformed', { field: 'email' }, [-2, '电子邮箱格式错误', '电子邮箱格式错误']],
    ['challenge.missing', {}, [-10, '图片验证码为空', '图片验证码不能为空']],
    ['challenge.expired', {}, [-11, '验证码已过期', '验证码已过期']],
    ['challenge.mismatch', {}, [-12, '验证码错误', '验证码错误']],
    ['code.expired', {}, [-10, '验证码已过期', '验证码已过期']],
    ['code.mismatch', {}, [-11, '验证码错误', '验证码错误']],
    ['account.pending', {}, [-110, '用户等待审核中', '用户等待审核中']],
    ['registration.too-many', { retryAfterSeconds: 61 }, [-100, '操作频繁，请2分钟后再试', '操作频繁，请2分钟后再试']],
    ['server.busy', {}, [-100, '系统繁忙，请稍后再试', '系统繁忙，请稍后再试']],
  ])('is told why: %s (%j)', (code, detail, [number, documented, current]) => {
    expect(answer(code, detail)).toEqual(v2(documented, number));
    expect(answer(code, detail, replyTo('/user/reg', V6))).toEqual(v6(current, number));
  });

  it.each([
    ['username', 'qqqqqq', '用户已存在[qqqqqq]'],
    ['sms', '13222222368', '手机号码已存在'],
    ['email', 'xxxfoo@example.com', '电子邮箱已存在'],
  ])('is told what is taken (%s)', (type, accounts, text) => {
    const body = { type, accounts };

    expect(answer('identifier.taken', {}, replyTo('/user/reg', {}, body))).toEqual(v2(text, -3));
    expect(answer('identifier.taken', {}, replyTo('/user/reg', V6, body))).toEqual(v6(text, -3));
  });

  it('is told so in English by the current generation', () => {
    const english = replyTo('/user/reg?lang=en', V6, { type: 'username', accounts: 'qqqqqq' });

    expect(answer('identifier.taken', {}, english)).toEqual(v6('User already exists[qqqqqq]', -3));
    expect(answer('sign-in.type-closed', {}, english)).toEqual(v6('Temporarily close registration', -1));
  });
});

describe('somebody who has forgotten the password and is refused', () => {
  const answer = (code: RefusalCode, detail: RefusalDetail, body: object = {}) => {
    const refusal = new Refusal(code, detail);
    return (resetRefusals[code] ?? resetRefusals[refusal.kind])?.(refusal, replyTo('/user/forgetpwd', {}, body));
  };

  it.each<[RefusalCode, RefusalDetail, readonly [code: number, text: string]]>([
    ['input.malformed', {}, [-1, '账号不能为空']],
    ['input.malformed', { field: 'verify' }, [-1, '验证码不能为空']],
    ['input.malformed', { field: 'pwd' }, [-1, '密码不能为空']],
    ['identifier.malformed', { field: 'mobile' }, [-1, '手机/邮箱格式有误']],
    ['password.too-short', { limit: 8 }, [-1, '密码格式最少 8 个字符']],
    ['throttle.account', { retryAfterSeconds: 60 }, [-100, '操作频繁，请1分钟后再试']],
  ])('is told why: %s (%j)', (code, detail, [number, text]) => {
    expect(answer(code, detail)).toEqual(v2(text, number));
  });

  it.each([
    ['13222222368', '手机号码不存在'],
    ['xxxfoo@example.com', '电子邮箱不存在'],
  ])('is told what nobody has (%s)', (accounts, text) => {
    expect(answer('account.unknown', {}, { accounts })).toEqual(v2(text, -3));
  });
});

describe('a call that is not served', () => {
  it.each([
    ['/user/index', '非法访问(index)', -1000],
    ['/api.php?s=user/Nothing', '非法访问(nothing)', -1000],
    ['/user/login', '非法访问(login)', -1000],
    ['/api.php?s=base/x', '非法访问(x)', -1000],
    ['/api.php?s=order/nothing', '非法访问(nothing)', -1000],
    ['/index.php?s=order/index', '非法访问(index)', -1000],
    ['/api.php?s=a&s=b', '登录类型有误', -1],
  ])('is answered as the original does (%s)', (url, msg, code) => {
    expect(answerTo('route.unknown', {}, replyTo(url))).toEqual(v2(msg, code));
    expect(answerTo('route.unknown', {}, replyTo(url, V6))).toEqual(v6(msg, code));
  });

  it('names an unknown controller in the words of its generation', () => {
    expect(answerTo('route.unknown', {}, replyTo('/api.php?s=Nowhere/x'))).toEqual(v2('nowhere 控制器不存在', -1000));
    expect(answerTo('route.unknown', {}, replyTo('/api.php?s=Nowhere/x', V6))).toEqual(
      v6('控制器不存在(nowhere)', -1000),
    );
  });

  it('names no more than the beginning of a long name', () => {
    const answer = answerTo('route.unknown', {}, replyTo(`/user/${'x'.repeat(5000)}`));

    expect(answer).toEqual(v2(`非法访问(${'x'.repeat(64)})`, -1000));
  });
});

describe('a shop that is closed to its clients', () => {
  const CLOSED = { closedReason: '升级中...' };

  it('tells the reason, whatever is called', () => {
    expect(answerTo('endpoint.closed', {}, replyTo('/user/login', CLOSED))).toEqual(v2('升级中...', -10000));
    expect(answerTo('route.unknown', {}, replyTo('/api.php?s=order/index', CLOSED))).toEqual(v2('升级中...', -10000));
  });
});

describe('a login that fails', () => {
  it('is answered with the one fixed answer', () => {
    expect(fault(replyTo('/user/login'))).toEqual(v2('登录失效，请重新登录', -100));
  });
});
