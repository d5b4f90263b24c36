// After everything else: every cookie that was set in the whole run is as narrow as it can be.
import { readFileSync } from 'node:fs';

import { talk } from '#tests/support/talk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { invite, startWorld, type World } from '../laws/somebody.ts';
import { type Speaker, SPEAKERS } from '../laws/speakers.ts';
import { heardAnswers } from './written.ts';

let world: World;

/** So that there is something to find even when this is all that runs. */
beforeAll(async () => {
  world = await startWorld();
  const weidu = SPEAKERS.find(({ dialect }) => dialect === 'weidu') as Speaker;
  const person = await invite(world);
  const token = weidu.tokenIn(await world.signIn(weidu, person)) ?? '';
  await talk(world.server.port, { path: '/weidu/api/v1/users/logout', headers: { authorization: `Bearer ${token}` } });
});
afterAll(() => world.server.close());

/** The headers of an answer as it was kept; none of what came raw. */
function headersIn(line: string): { readonly 'set-cookie'?: readonly string[] } {
  const end = line.indexOf('} ');
  if (!line.startsWith('{') || !line.includes('"set-cookie"') || end < 0) return {};
  return JSON.parse(line.slice(0, end + 1)) as { readonly 'set-cookie'?: readonly string[] };
}

/** The documented three, with any prefix an operator may choose; the one that proves who somebody is stays hidden from scripts. */
const CONFORMING =
  /^[\w-]*(?:AUTHTOKEN=[^;]*; Path=\/; Expires=[^;]+; HttpOnly|(?:USERID|CSRF)=[^;]*; Path=\/; Expires=[^;]+)(?:; Secure)?; SameSite=Lax$/;

describe('every cookie of the run', () => {
  it('R-64 is hidden where it must be, of one site, of no domain, and short', () => {
    const lines = heardAnswers().flatMap((file) => readFileSync(file, 'utf8').split('\n'));

    const cookies = lines.flatMap((line) => headersIn(line)['set-cookie'] ?? []);

    expect(cookies.length).toBeGreaterThanOrEqual(6);
    expect(cookies.filter((cookie) => !CONFORMING.test(cookie) || cookie.length > 4096)).toEqual([]);
  });
});
