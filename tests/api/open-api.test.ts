// The description of our own API: sound by the rules of its own format, and the same wherever it is read.
import { createHash } from 'node:crypto';

import { createConfig, lintFromString } from '@redocly/openapi-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { api, openApi } from '#api';
import { startServer, type TestServer } from '#tests/support/server';

import { OPERATIONS } from './described.ts';
import { call } from './somebody.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

describe('the description for machines', () => {
  it('breaks no rule that is recommended for such descriptions', async () => {
    const config = await createConfig({ extends: ['recommended'] });

    const problems = await lintFromString({ source: JSON.stringify(openApi()), config });

    expect(problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual([]);
  });

  it('is found wanting by the same rules when something is missing', async () => {
    const config = await createConfig({ extends: ['recommended'] });
    const source = JSON.stringify(openApi()).replace('"operationId":"register",', '');

    const problems = await lintFromString({ source, config });

    expect(problems.map(({ ruleId }) => ruleId)).toEqual(['operation-operationId']);
  });

  it('is what the server answers', async () => {
    const heard = await call(server, 'GET /openapi.json');

    expect([heard.status, heard.headers['content-type']]).toEqual([200, 'application/json; charset=utf-8']);
    expect(JSON.parse(heard.body)).toEqual(openApi());
  });

  it('knows every call of our own API, and no other', () => {
    const described = OPERATIONS.map(({ method, path }) => `${method} ${path}`);

    expect(described.toSorted()).toEqual([...new Set(api.rows.flatMap(({ on }) => on))].toSorted());
  });
});

describe('the description for people', () => {
  it('R-65 is one page that fetches nothing and runs nothing', async () => {
    const heard = await call(server, 'GET /reference');

    const style = /<style>(.*)<\/style>/s.exec(heard.body)?.[1] ?? '';
    const digest = createHash('sha256').update(style).digest('base64');
    expect(heard.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(heard.headers['content-security-policy']).toBe(
      `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'; object-src 'none'; frame-ancestors 'none'`,
    );
    expect(heard.body).not.toMatch(
      /<script|<link|<img|@import|url\(|\son\w+=|\sstyle=|(?:src|href)="(?!#|openapi\.json")/i,
    );
  });

  it('tells of every call', async () => {
    const { body } = await call(server, 'GET /reference');

    const missing = OPERATIONS.filter(({ method, path }) => !body.includes(`<code>${method} ${path}</code>`));
    expect(missing).toEqual([]);
  });
});
