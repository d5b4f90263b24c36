// How ShopXO's pictures, and its calls for codes, are read.
import { Refusal, Secret } from '#core';
import { settingsOf } from '#tests/support/reply';
import { wireRequest } from '#tests/support/wire-request';
import { describe, expect, it } from 'vitest';
import { readPicture } from './challenge.ts';
import { readLoginCode, readRegisterCode, readResetCode } from './code-reads.ts';
import { readBaseCommon, readPasswordLogin } from './reads.ts';
import { settings } from './settings.ts';

const readingWith = (given: object = {}) => ({ settings: settingsOf(settings, given), now: 0, passwordMaxLength: 128 });
const posted = (body: unknown, query = '') => wireRequest({ on: `POST /user/loginverifysend${query}`, body });
const got = (query: string) => wireRequest({ on: `GET /user/userverifyentry?${query}` });

function refusalOf(read: () => unknown): { readonly code: string; readonly field: string | undefined } {
  try {
    read();
  } catch (reason) {
    if (reason instanceof Refusal) return { code: reason.code, field: reason.detail.field };
  }
  throw new Error('it was read');
}

describe('reading the call for a code', () => {
  it('asks for four digits, never all noughts, good for ten minutes and five tries', () => {
    const ask = readLoginCode(posted({ accounts: 13222222368, type: 'sms' }), readingWith());

    expect(ask).toMatchObject({
      claim: { kind: 'mobile', text: '13222222368' },
      purpose: 'shopxo.login',
      message: 'code.sign-in',
      expects: 'account',
      code: { alphabet: '0123456789', length: 4, never: ['0000'] },
      lifeSeconds: 600,
      tries: 5,
      language: 'zh',
    });
  });

  it('speaks the language of the client in v6, and that of the settings in v2', () => {
    const request = posted({ accounts: 'person@example.org', type: 'email' }, '?lang=en');

    const languages = [{ profile: 'v6' }, {}, { locale: 'en' }].map(
      (given) => readLoginCode(request, readingWith(given)).language,
    );
    expect(languages).toEqual(['en', 'zh', 'en']);
  });

  it('tells by its form where a code for a new password goes, unless the client says so', () => {
    const claims = [{ accounts: 'person@example.org' }, { accounts: '13222222368' }].map(
      (body) => readResetCode(posted(body), readingWith()).claim.kind,
    );

    expect(claims).toEqual(['email', 'mobile']);
    expect(refusalOf(() => readResetCode(posted({ accounts: '13222222368', type: 'email' }), readingWith()))).toEqual({
      code: 'identifier.malformed',
      field: 'email',
    });
  });

  it('sends codes for registering to those whom nobody knows, where that is open', () => {
    const body = { accounts: '13222222368', type: 'sms' };

    expect(readRegisterCode(posted(body), readingWith({ registerTypes: ['sms'] }))).toMatchObject({
      expects: 'nobody',
      purpose: 'shopxo.reg',
      message: 'code.register',
    });
    expect(refusalOf(() => readRegisterCode(posted(body), readingWith({ registerTypes: ['email'] }))).code).toBe(
      'sign-in.type-closed',
    );
  });

  it('is closed with the whole shop', () => {
    const closed = readingWith({ closedReason: '盘点中' });
    const body = { accounts: '13222222368', type: 'sms' };

    const codes = [
      refusalOf(() => readLoginCode(posted(body), closed)).code,
      refusalOf(() => readPicture(got('type=user_login'), closed)).code,
    ];
    expect(codes).toEqual(['endpoint.closed', 'endpoint.closed']);
  });
});

describe('reading the answer to a picture', () => {
  const givenIn = (body: object, query = '') => readPasswordLogin(posted(body, query), readingWith()).challenge?.given;
  const login = { accounts: 'qqqqqq', pwd: 'secret1', type: 'username' };

  it('takes it from the field `verify`, for the client that names itself', () => {
    expect(givenIn({ ...login, verify: ' aB3d ' }, '?uuid=u-9')).toEqual({
      kind: 'picture',
      holder: 'uuid:u-9',
      answer: new Secret('aB3d'),
    });
  });

  it.each<[string, object]>([
    ['nothing', {}],
    ['an empty text', { verify: '' }],
    ['null', { verify: null }],
    ['a list', { verify: ['aB3d'] }],
    ['yes', { verify: true }],
  ])('takes %s for no answer', (_, more) => {
    expect(givenIn({ ...login, ...more })).toMatchObject({ kind: 'picture', answer: undefined });
  });

  it('is the same challenge whose state the client is told', () => {
    const request = posted({}, '?uuid=u-9');
    const { challenge } = readBaseCommon(request, readingWith({ captcha: 'always' }));

    expect(challenge).toMatchObject({ policy: 'always', purpose: 'shopxo.user_login', given: { holder: 'uuid:u-9' } });
    expect(readPicture(got('type=user_login&uuid=u-9'), readingWith())).toEqual({
      purpose: 'shopxo.user_login',
      holder: 'uuid:u-9',
      length: 4,
      tries: 5,
      lifeSeconds: 600,
    });
  });

  it('cannot pass for the picture of an address by calling itself like one', () => {
    const { holder } = readPicture(got('type=user_login&uuid=source:192.0.2.1'), readingWith());

    expect(holder).toBe('uuid:source:192.0.2.1');
  });
});
