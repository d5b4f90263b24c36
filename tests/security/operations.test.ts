// What monitoring and browsers may ask for besides the dialects, and what they do not get.
import { talk } from '#tests/support/talk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startWorld, type World } from '../laws/somebody.ts';
import { isLegal } from '../laws/speakers.ts';

const SAFE = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' };

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.server.close());

const ask = (path: string, method = 'GET') => talk(world.server.port, { method, path });

describe('an open server', () => {
  it.each(['/healthz', '/readyz'])('R-65 says at %s how it is, and nothing more', async (path) => {
    const { status, headers, body } = await ask(path);

    expect([status, Object.keys(JSON.parse(body) as object)]).toEqual([200, ['status']]);
    expect(headers).toMatchObject({ ...SAFE, 'cache-control': 'no-store' });
    expect(Object.keys(headers)).not.toContain('server');
  });

  it('R-65 shows the picture of people without one as a picture', async () => {
    const { status, headers } = await ask('/assets/default-avatar.png');

    expect(status).toBe(200);
    expect(headers).toMatchObject({ ...SAFE, 'content-type': 'image/png', 'cache-control': 'public, max-age=86400' });
  });

  it.each([
    '/metrics',
    '/assets',
    '/assets/',
    '/assets/../keys.json',
    '/assets/%2e%2e/keys.json',
    '/keys.json',
    '/understudy.db',
    '/.git/config',
    '/healthz/',
    '/HEALTHZ',
  ])('R-85 has nothing at %s', async (path) => {
    const heard = await ask(path);

    expect([heard.status, isLegal({ dialect: 'api' }, heard)]).toEqual([404, true]);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE'])(
    'R-85 answers %s where only reading makes sense with a problem',
    async (method) => {
      const heard = await Promise.all(
        ['/healthz', '/readyz', '/assets/default-avatar.png'].map((path) => ask(path, method)),
      );

      expect(heard.map((each) => [each.status, isLegal({ dialect: 'api' }, each)])).toEqual(
        heard.map(() => [404, true]),
      );
    },
  );
});
