// How NoBase requests are read.
import type { Secret } from '#core';
import { holding } from '#tests/support/matchers';
import { settingsOf } from '#tests/support/reply';
import { type Spelling, wireRequest } from '#tests/support/wire-request';
import { describe, expect, it } from 'vitest';
import { appIdOf, readLogin } from './reads.ts';
import { settings } from './settings.ts';

const PATH = '/api/user/login';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const QUERY = 'appid=10001&user=123456&pass=p%20w%2B&signature=s-1';
const FIELDS = { appid: '10001', user: '123456', pass: 'p w+', signature: 's-1' };
const reading = { settings: settingsOf(settings), now: 0, passwordMaxLength: 128 };

const read = (spelling: Spelling) => readLogin(wireRequest(spelling), reading);
const refusal = (code: string, field?: string) => holding({ code, ...(field !== undefined && { detail: { field } }) });

const MISTYPED = [undefined, null, '', 7, true, ['x'], { x: 'x' }];
const MISTYPED_PARAMETERS = ['appid', 'user', 'signature'].flatMap((name) =>
  MISTYPED.map((value) => [name, value] as const),
);

describe('reading a login', () => {
  it.each<[string, Spelling]>([
    ['the query of a GET', { on: `GET ${PATH}?${QUERY}` }],
    ['a form', { on: `POST ${PATH}`, headers: FORM, body: QUERY }],
    ['JSON', { on: `POST ${PATH}`, headers: { 'content-type': 'application/json' }, body: FIELDS }],
    ['JSON declared as a form', { on: `POST ${PATH}`, headers: FORM, body: FIELDS }],
    ['the query of a POST', { on: `POST ${PATH}?${QUERY}` }],
  ])('finds the four parameters in %s', (_, spelling) => {
    const ask = read(spelling);

    expect(ask.app?.id).toBe('10001');
    expect(ask.app?.signature.reveal()).toBe('s-1');
    expect((ask.password as Secret).reveal()).toBe('p w+');
    expect(ask.claims).toEqual([
      { kind: 'username', text: '123456' },
      { kind: 'mobile', text: '123456' },
      { kind: 'email', text: '123456' },
      { kind: 'username', text: '123456', nameSpace: 'nobase' },
    ]);
  });

  it('lets the body win over the query, key by key', () => {
    const ask = read({ on: `POST ${PATH}?${QUERY}`, headers: FORM, body: 'pass=other' });

    expect(ask.app?.id).toBe('10001');
    expect((ask.password as Secret).reveal()).toBe('other');
  });

  it.each([['user='], [{ user: '' }], [{ user: null }]])('lets %j in the body win over the query', (body) => {
    const spelling = { on: `POST ${PATH}?${QUERY}`, headers: FORM, body };

    expect(() => read(spelling)).toThrow(refusal('input.malformed', 'user'));
  });

  it('ignores the body of a GET', () => {
    const spelling = { on: `GET ${PATH}`, headers: FORM, body: QUERY };

    expect(() => read(spelling)).toThrow(refusal('input.malformed', 'appid'));
  });

  it.each<[boolean, Spelling]>([
    [true, { on: `GET ${PATH}?${QUERY}` }],
    [true, { on: `POST ${PATH}?${QUERY}` }],
    [false, { on: `POST ${PATH}?${QUERY}`, body: { pass: 'x' } }],
    [false, { on: `POST ${PATH}`, headers: FORM, body: QUERY }],
  ])('tells whether the password was in the URL: %j', (isGet, spelling) => {
    expect(read(spelling).app?.isGet).toBe(isGet);
  });

  it.each(MISTYPED_PARAMETERS)('R-77 refuses %s when it is %j, and names it', (name, value) => {
    const spelling = { on: `POST ${PATH}`, body: { ...FIELDS, [name]: value } };

    expect(() => read(spelling)).toThrow(refusal('input.malformed', name));
  });

  it.each([
    [undefined, 'input.malformed'],
    [null, 'input.malformed'],
    [7, 'input.malformed'],
    [['x'], 'input.malformed'],
  ])('R-77 refuses %j as a password', (pass, code) => {
    const spelling = { on: `POST ${PATH}`, body: { ...FIELDS, pass } };

    expect(() => read(spelling)).toThrow(refusal(code));
  });

  it.each([
    ['', 'password.too-short'],
    ['x'.repeat(129), 'password.too-long'],
  ])('hands on that %j cannot be a password', (pass, code) => {
    const ask = read({ on: `POST ${PATH}`, body: { ...FIELDS, pass } });

    expect(ask.password).toMatchObject({ code });
  });

  it.each<[string, Spelling]>([
    ['in the query', { on: `GET ${PATH}?${QUERY}&user=other` }],
    ['in a form', { on: `POST ${PATH}`, headers: FORM, body: `${QUERY}&pass=other` }],
    ['as a list', { on: `GET ${PATH}?${QUERY}&user[]=other` }],
    ['in JSON', { on: `POST ${PATH}`, body: '{"user":"a","user":"b"}' }],
  ])('R-78 refuses a parameter given twice %s', (_, spelling) => {
    expect(() => read(spelling)).toThrow(refusal('input.malformed'));
  });

  it.each([['[]'], ['"text"'], ['{'], ['{"appid":']])('refuses the body %j', (body) => {
    const spelling = { on: `POST ${PATH}`, headers: { 'content-type': 'application/json' }, body };

    expect(() => read(spelling)).toThrow(refusal('input.malformed'));
  });
});

describe('asking which application a request names', () => {
  it('finds it wherever it is', () => {
    expect(appIdOf(wireRequest({ on: `GET ${PATH}?appid=1` }))).toBe('1');
    expect(appIdOf(wireRequest({ on: `POST ${PATH}`, body: { appid: '2' } }))).toBe('2');
    expect(appIdOf(wireRequest({ on: `OPTIONS ${PATH}?appid=3` }))).toBe('3');
  });

  it('finds none where the request cannot be read', () => {
    expect(appIdOf(wireRequest({ on: `POST ${PATH}`, body: '{' }))).toBeUndefined();
  });
});
