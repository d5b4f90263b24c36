// Which pages may read an answer.
import { parrot, PARROT_SETTINGS } from '#tests/support/parrot';
import { wireRequest } from '#tests/support/wire-request';
import { describe, expect, it } from 'vitest';
import type { App } from '#core';
import { type CorsQuestion, corsHeaders, isPreflight, preflightHeaders } from './cors.ts';

const APP = 'https://app.example.org';

const tricks = [
  'null',
  '*',
  'https://evil.example',
  'https://app.example.org.evil.example',
  'https://evilapp.example.org',
  'https://app.example.org@evil.example',
  'https://app.example.org:8443',
  'http://app.example.org',
  'https://APP.example.org',
  'https://app.example.org/',
  'https://app.example.org, https://evil.example',
  'https://app_example.org',
  'https://sub.app.example.org',
  'file://',
  'chrome-extension://abcdefghijklmnop',
  'https://аpp.example.org',
  ' https://app.example.org',
  '',
];

const anyone = { ...parrot, cors: { allowsAnyOrigin: true } };
const anApp = (origins: readonly string[]): App => ({
  id: 'app-1',
  name: 'app',
  realm: 'main',
  signatureDigest: '',
  previousDigest: null,
  previousUntil: null,
  origins,
  allowsGet: true,
  demandsToken: true,
  sessionLifeSeconds: null,
  isStopped: false,
  createdAt: 0,
});

const headersFor = (origin: string | undefined, given: Partial<CorsQuestion> = {}) =>
  corsHeaders({
    dialect: parrot,
    settings: { ...PARROT_SETTINGS, origins: [APP] },
    request: wireRequest({ on: 'POST /a', headers: origin === undefined ? {} : { origin } }),
    app: undefined,
    ...given,
  });

/** Headers a page may read beyond the few every page may. */
const EXPOSED = { 'access-control-expose-headers': 'retry-after, x-support-code' };

describe('a dialect with a list of origins', () => {
  it('R-66 names the origin that is on it, without credentials', () => {
    expect(headersFor(APP)).toEqual({ 'access-control-allow-origin': APP, ...EXPOSED, vary: 'Origin' });
  });

  it.each(tricks)('R-66 names nobody to %j', (origin) => {
    expect(headersFor(origin)).toEqual({ vary: 'Origin' });
  });

  it('R-66 keeps to its list even if it would allow anybody without one', () => {
    expect(headersFor('https://evil.example', { dialect: anyone })).toEqual({ vary: 'Origin' });
  });

  it('says nothing to a client that is no page', () => {
    expect(headersFor(undefined)).toEqual({});
  });
});

describe('a dialect without a list of origins', () => {
  it.each([APP, ...tricks])('R-66 names nobody to %j', (origin) => {
    expect(headersFor(origin, { settings: PARROT_SETTINGS })).toEqual({ vary: 'Origin' });
  });

  it('R-66 allows anybody, without credentials and without repeating the origin, when its document needs it', () => {
    expect(headersFor('https://evil.example', { dialect: anyone, settings: PARROT_SETTINGS })).toEqual({
      'access-control-allow-origin': '*',
      ...EXPOSED,
    });
  });
});

describe('an app with a list of origins', () => {
  it('R-66 is read by its own pages', () => {
    const headers = headersFor('https://shop.example.org', {
      dialect: anyone,
      app: anApp(['https://shop.example.org']),
    });

    expect(headers).toEqual({ 'access-control-allow-origin': 'https://shop.example.org', ...EXPOSED, vary: 'Origin' });
  });

  it('R-66 is not read by pages that the dialect alone would allow', () => {
    expect(headersFor(APP, { dialect: anyone, app: anApp(['https://shop.example.org']) })).toEqual({ vary: 'Origin' });
  });

  it('leaves it to the dialect when its list is empty', () => {
    const headers = headersFor('https://evil.example', { dialect: anyone, settings: PARROT_SETTINGS, app: anApp([]) });

    expect(headers).toEqual({ 'access-control-allow-origin': '*', ...EXPOSED });
  });
});

describe('a page that asks leave', () => {
  it.each([
    [true, 'OPTIONS', { origin: APP, 'access-control-request-method': 'POST' }],
    [false, 'OPTIONS', { origin: APP }],
    [false, 'OPTIONS', { 'access-control-request-method': 'POST' }],
    [false, 'POST', { origin: APP, 'access-control-request-method': 'POST' }],
  ])('is a preflight: %j for %s with %j', (answer, method, headers) => {
    expect(isPreflight(wireRequest({ on: `${method} /a`, headers }))).toBe(answer);
  });

  it('R-66 is told the methods of the call and never that credentials may come along', () => {
    expect(preflightHeaders(['GET', 'POST'])).toEqual({
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': 'content-type, authorization',
      'access-control-max-age': '600',
    });
  });
});
