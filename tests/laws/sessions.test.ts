// Laws about sessions: what one dialect issues all recognise, and what ends, ends everywhere at once.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { introspect, invite, startWorld, type World } from './somebody.ts';
import { isLegal, EVERY_SPEAKER, told } from './speakers.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.server.close());

describe.each(EVERY_SPEAKER)('$name', (speaker) => {
  it('issues a token of which introspection knows account, dialect, app and end', async () => {
    const person = await invite(world);
    const isOfApp = JSON.stringify(speaker.fields(person, world.app)).includes(world.app.id);

    const heard = await world.signIn(speaker, person);
    const found = await introspect(world, speaker.tokenIn(heard) ?? '');

    expect(isLegal(speaker, heard)).toBe(true);
    expect(found).toEqual({
      status: 200,
      active: true,
      sub: person.account.id,
      username: person.username,
      ...(isOfApp && { client_id: world.app.id }),
      token_type: 'Bearer',
      iat: expect.any(Number) as number,
      exp: expect.any(Number) as number,
      dialect: speaker.dialect,
      realm: 'main',
    });
    const { iat, exp } = found as unknown as { readonly iat: number; readonly exp: number };
    expect(exp - iat).toBeGreaterThanOrEqual(12 * 60 * 60);
  });

  it('R-55 issues another token each time, and never the one that was sent along', async () => {
    const person = await invite(world);
    const planted = 'a'.repeat(64);

    const first = speaker.tokenIn(
      await world.signIn(speaker, person, { fields: { token: planted }, headers: { token: planted } }),
    );
    const second = speaker.tokenIn(await world.signIn(speaker, person));

    expect(new Set([first, second, planted, undefined]).size).toBe(4);
    expect(await introspect(world, planted)).toEqual({ status: 200, active: false });
  });

  it('is not stopped by a stale token, wherever it is sent', async () => {
    const person = await invite(world);
    const stale = 'ybndrfg8ejkmcpqxot1uwisza3';

    const heard = await world.signIn(speaker, person, {
      fields: { token: stale },
      headers: {
        authorization: `Bearer ${stale}`,
        token: stale,
        'x-csrf-token': stale,
        cookie: `weichuangAUTHTOKEN=${stale}; weichuangUSERID=nobody; weichuangCSRF=${stale}`,
      },
    });

    expect(speaker.tokenIn(heard)).toBeDefined();
  });

  it('lets the operator end every session of an account at once by disabling it', async () => {
    const person = await invite(world);
    const tokens = [await world.signIn(speaker, person), await world.signIn(speaker, person)].map(
      (heard) => speaker.tokenIn(heard) ?? '',
    );
    const before = await Promise.all(tokens.map((token) => introspect(world, token)));

    await world.server.setStatus(person.account, 'disabled');

    const after = await Promise.all(tokens.map((token) => introspect(world, token)));
    expect(before.map(({ active }) => active)).toEqual([true, true]);
    expect(after).toEqual([
      { status: 200, active: false },
      { status: 200, active: false },
    ]);
  });

  it('R-25 tells only whoever knows the password that the account is disabled', async () => {
    const person = await invite(world);
    await world.server.setStatus(person.account, 'disabled');

    const wrong = await world.signIn(speaker, { ...person, password: 'not-this-password' });
    const right = await world.signIn(speaker, person);

    expect([told(wrong), told(right)]).toEqual([speaker.answers.wrong, speaker.answers.disabled]);
  });

  it('lets somebody in again once the account is enabled', async () => {
    const person = await invite(world);
    await world.server.setStatus(person.account, 'disabled');
    await world.signIn(speaker, person);

    await world.server.setStatus(person.account, 'active');

    expect(speaker.tokenIn(await world.signIn(speaker, person))).toBeDefined();
  });

  it('tells what the operator closed it for', async () => {
    const person = await invite(world);
    await world.server.switchEndpoint(speaker.name, false);

    const closed = await world.signIn(speaker, person);
    await world.server.switchEndpoint(speaker.name, true);
    const open = await world.signIn(speaker, person);

    expect(told(closed)).toBe(speaker.answers.closed);
    expect(speaker.tokenIn(open)).toBeDefined();
  });
});
