// How calls around a code are read: sending one, signing in with it, and the captcha before it.
import { Refusal, type Secret } from '#core';
import { settingsOf } from '#tests/support/reply';
import { wireRequest } from '#tests/support/wire-request';
import { describe, expect, it } from 'vitest';
import {
  readEmailQuestion,
  readMobileLogin,
  readMobileQuestion,
  readReset,
  readSignup,
  readSms,
  readVerification,
} from './reads.ts';
import { settings } from './settings.ts';

const NOW = Date.UTC(2025, 5, 12, 9, 16, 31);

const reading = (given: object = {}) => ({ settings: settingsOf(settings, given), now: NOW, passwordMaxLength: 128 });
const posted = (body: unknown) => wireRequest({ on: 'POST /weidu/api/v1/users/mobile/sms', body });

/** The code and the field of the refusal. */
const whyNot = (act: () => unknown): unknown => {
  try {
    act();
  } catch (reason) {
    if (reason instanceof Refusal) return [reason.code, reason.detail.field];
  }
  throw new Error('it was read');
};

describe('reading a request for a code', () => {
  it('asks for six digits that are good for five minutes and five tries, whoever has the number', () => {
    const ask = readSms(posted({ mobile: '13800138000' }), reading());

    expect(ask).toEqual({
      claim: { kind: 'mobile', text: '13800138000' },
      purpose: 'weidu.mobile',
      message: 'code.sign-in',
      code: { alphabet: '0123456789', length: 6 },
      lifeSeconds: 300,
      tries: 5,
      expects: 'anyone',
      language: 'zh',
      challenge: { policy: 'afterFailures', purpose: 'weidu.sms', given: { kind: 'token', token: undefined } },
    });
  });

  it('follows the settings', () => {
    const ask = readSms(posted({ mobile: '13800138000' }), reading({ codeLifeSeconds: 60, locale: 'en' }));

    expect(ask).toMatchObject({ lifeSeconds: 60, language: 'en' });
  });
});

describe('reading a login with a code', () => {
  it('takes the code for the one that was sent to the number', () => {
    const ask = readMobileLogin(posted({ mobile: '13800138000', sms_code: '123456', device_id: 'd-1' }), reading());

    expect(ask).toMatchObject({
      claims: [{ kind: 'mobile', text: '13800138000' }],
      purpose: 'weidu.mobile',
      client: { deviceId: 'd-1' },
      challenge: { purpose: 'weidu.login' },
    });
    expect(ask.code?.reveal()).toBe('123456');
  });
});

describe('reading a registration', () => {
  it('wants the code that was sent to the number, and the session of a login', () => {
    const body = { mobile: '13800138000', sms_code: '123456', password: ' p w ', device_id: 'd-1', nickname: 'n' };

    const ask = readSignup(posted(body), reading());

    const claim = { kind: 'mobile', text: '13800138000' };
    expect(ask).toMatchObject({
      identifiers: [claim],
      profile: {},
      proof: { claim, purpose: 'weidu.mobile', expects: 'anyone' },
      session: { lifeSeconds: 2_592_000 },
      client: { deviceId: 'd-1' },
    });
    expect([ask.proof?.code?.reveal(), (ask.password as Secret).reveal()]).toEqual(['123456', ' p w ']);
  });

  it('demands the device fields where they are mandatory', () => {
    const body = { mobile: '13800138000', sms_code: '123456', password: 'password' };

    expect(whyNot(() => readSignup(posted(body), reading({ device: 'required' })))).toEqual([
      'input.malformed',
      'device_model',
    ]);
  });
});

describe('reading a question whose something is', () => {
  it('takes a number in one call and an address in the other', () => {
    expect(readMobileQuestion(posted({ mobile: '13800138000' }))).toEqual({
      claim: { kind: 'mobile', text: '13800138000' },
    });
    expect(readEmailQuestion(posted({ email: 'somebody@example.org' }))).toEqual({
      claim: { kind: 'email', text: 'somebody@example.org' },
    });
  });

  it('says what is no address', () => {
    expect(whyNot(() => readEmailQuestion(posted({ email: '13800138000' })))).toEqual(['input.malformed', 'email']);
  });
});

describe('reading the answer to a captcha', () => {
  it('takes a long one too, as a solved proof of work is', () => {
    const ask = readVerification(posted({ captcha_id: 'an-id', captcha_answer: 'x'.repeat(8192) }));

    expect(ask.id).toBe('an-id');
    expect(ask.answer.reveal()).toHaveLength(8192);
  });
});

describe('reading a call around a code that cannot be read', () => {
  const mobileLogin = (body: object) => readMobileLogin(posted(body), reading());
  const sms = (body: object) => readSms(posted(body), reading());
  const verification = (body: object) => readVerification(posted(body));
  const signup = (body: object) => readSignup(posted(body), reading());
  const reset = (body: object) => readReset(posted(body), reading());
  const mobileQuestion = (body: object) => readMobileQuestion(posted(body));
  const emailQuestion = (body: object) => readEmailQuestion(posted(body));
  const FULL = {
    mobile: '13800138000',
    sms_code: '123456',
    password: 'password',
    captcha_id: 'an-id',
    captcha_answer: 'abcdef',
  };

  it.each([
    [sms, 'mobile'],
    [mobileLogin, 'mobile'],
    [mobileLogin, 'sms_code'],
    [signup, 'mobile'],
    [signup, 'sms_code'],
    [reset, 'mobile'],
    [reset, 'sms_code'],
    [mobileQuestion, 'mobile'],
    [emailQuestion, 'email'],
    [verification, 'captcha_id'],
    [verification, 'captcha_answer'],
  ] as const)('R-77 names the field that is missing, empty or no text (%o %s)', (read_, field) => {
    const refused = [undefined, null, '', 7, true, ['x'], { x: 1 }].map((value) =>
      whyNot(() => read_({ ...FULL, [field]: value })),
    );

    expect(new Set(refused.map((each) => JSON.stringify(each)))).toEqual(
      new Set([JSON.stringify(['input.malformed', field])]),
    );
  });

  it.each([
    [sms, 'captcha_token'],
    [mobileLogin, 'captcha_token'],
    [mobileLogin, 'device_id'],
    [signup, 'device_id'],
    [signup, 'password'],
    [reset, 'password'],
  ] as const)('R-77 names an optional field that is no text (%o %s)', (read_, field) => {
    expect(whyNot(() => read_({ ...FULL, [field]: 7 }))).toEqual(['input.malformed', field]);
  });

  it.each(['12345', 'somebody', 'somebody@example.org', '1380013800a'])(
    'says that %s is no mobile number',
    (mobile) => {
      expect(whyNot(() => sms({ mobile }))).toEqual(['identifier.malformed', 'mobile']);
      expect(whyNot(() => mobileLogin({ ...FULL, mobile }))).toEqual(['identifier.malformed', 'mobile']);
    },
  );

  it('says that an endless answer is none', () => {
    expect(whyNot(() => verification({ ...FULL, captcha_answer: 'x'.repeat(8193) }))).toEqual([
      'input.malformed',
      'captcha_answer',
    ]);
  });

  it('R-78 refuses a repeated key', () => {
    const request = posted('{"mobile":"13800138000","mobile":"13800138001"}');

    expect(whyNot(() => readSms(request, reading()))).toEqual(['input.malformed', undefined]);
  });
});
