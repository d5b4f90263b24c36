// How the call is read by which people change what their account says of them, and what it changes.
import { Refusal } from '#core';
import { settingsOf } from '#tests/support/reply';
import { signedIn } from '#tests/support/signed-in';
import { wireRequest } from '#tests/support/wire-request';
import { describe, expect, it } from 'vitest';
import { readUpdate } from './profile-update.ts';
import { settings } from './settings.ts';

const NOW = { at: 0, day: 0 };
const BEARER = { authorization: 'Bearer ybndrfg8ejkmcpqxot1uwisza3' };

const read = (body: unknown, headers: Readonly<Record<string, string>> = BEARER) =>
  readUpdate(wireRequest({ on: 'PUT /weidu/api/v1/users/update', body, headers }), {
    settings: settingsOf(settings, {}),
    now: 0,
    passwordMaxLength: 128,
  });

const { account } = signedIn({
  profile: { nickname: 'Ada', gender: 'female', birthday: '1990-01-02' },
  attributes: { weidu: { level: '3', desc: 'old' }, nobase: { qq: '10001' } },
});

const changeBy = (body: object) => read(body).revise(account, NOW);

function whyNot(act: () => unknown): unknown {
  try {
    act();
  } catch (reason) {
    if (reason instanceof Refusal) return [reason.code, reason.detail.field];
  }
  throw new Error('it was read');
}

describe('changing what an account says', () => {
  it('changes what is given and leaves everything else, other dialects’ fields too', () => {
    expect(changeBy({ nickname: '小明', city: '广州', desc: 'new', major: 'm' })).toEqual({
      profile: { nickname: '小明', gender: 'female', birthday: '1990-01-02', city: '广州' },
      attributes: { weidu: { level: '3', desc: 'new', major: 'm' }, nobase: { qq: '10001' } },
    });
  });

  it.each([
    [0, {}],
    ['0', {}],
    [1, { gender: 'male' }],
    ['2', { gender: 'female' }],
    [null, { gender: 'female' }],
  ])('takes the gender %j for %j', (gender, expected) => {
    const change = changeBy({ gender, city: 'c' });

    expect(change?.profile).toEqual({ nickname: 'Ada', birthday: '1990-01-02', city: 'c', ...expected });
  });

  it.each([{}, { nickname: '', desc: null }, { unknown: 'x' }])('changes nothing by %j', (body) => {
    expect(changeBy(body)).toBeUndefined();
  });

  it('R-75 leaves alone what is not the person’s to say', () => {
    const claims = { roles: 'admin', level: '9', refund_rate: 0, real_name_verified: true, username: 'x', mobile: 'y' };

    expect(changeBy(claims)).toBeUndefined();
    expect(changeBy({ ...claims, major: 'm' })?.attributes).toEqual({
      weidu: { level: '3', desc: 'old', major: 'm' },
      nobase: { qq: '10001' },
    });
  });
});

describe('a change that cannot be read', () => {
  const texts = ['nickname', 'city', 'province', 'country', 'desc', 'major', 'avatar_url', 'gender'];

  it.each(texts)('R-77 names %s when it is no text', (field) => {
    const refused = [7, true, ['x'], { x: 1 }].map((value) => whyNot(() => read({ [field]: value })));

    expect(new Set(refused.map((each) => JSON.stringify(each)))).toEqual(
      new Set([JSON.stringify(['input.malformed', field])]),
    );
  });

  it.each([
    ['nickname', 'n'.repeat(61)],
    ['desc', 'd'.repeat(201)],
    ['major', 'm'.repeat(61)],
    ['country', 'c'.repeat(61)],
    ['avatar_url', `https://example.org/${'a'.repeat(2048)}`],
    ['avatar_url', 'javascript:alert(1)'],
    ['avatar_url', '/pictures/1.png'],
    ['avatar_url', 'https://example.org/"onload="x'],
    ['nickname', 'two\nlines'],
    ['gender', '3'],
    ['gender', 'male'],
  ])('names %s when it is %j', (field, value) => {
    expect(whyNot(() => read({ [field]: value }))).toEqual(['input.malformed', field]);
  });

  it('R-78 refuses a repeated key', () => {
    expect(whyNot(() => read('{"nickname":"a","nickname":"b"}'))).toEqual(['input.malformed', undefined]);
  });

  it('R-62 takes no cookies alone', () => {
    const cookie = 'weichuangAUTHTOKEN=a; weichuangCSRF=b';

    expect(whyNot(() => read({ nickname: 'n' }, { cookie }))).toEqual(['session.unknown', undefined]);
    expect(read({ nickname: 'n' }, { cookie, 'x-csrf-token': 'b' }).who).toHaveProperty('csrf');
  });
});
