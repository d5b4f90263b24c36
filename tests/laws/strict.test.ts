// The law that under the strict policy nobody learns who has an account, nor what state it is in.
import type { Heard } from '#tests/support/talk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { aStranger, invite, type Somebody, startWorld, STRICT, type World } from './somebody.ts';
import { EVERY_SPEAKER, told } from './speakers.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ settings: STRICT });
});
afterAll(() => world.server.close());

/** Somebody without a password. */
async function withoutPassword(): Promise<Somebody> {
  const { server } = world;
  const person = aStranger();
  const { username, mobile, email, idNumber, aegisSpeedId } = person;
  return {
    ...person,
    account: await server.addAccount({ username, mobile, email, idNumber, aegisSpeedId, roles: ['管理员'] }),
  };
}

/** An answer but for what differs from one request to the next. */
function faceOf({ status, headers, body }: Heard): string {
  const { date: _date, 'x-support-code': _code, ...rest } = headers;
  return JSON.stringify([status, rest, body]);
}

describe.each(EVERY_SPEAKER)('$name under the strict policy', (speaker) => {
  it('R-20 gives one answer to whatever is wrong with name, password or account', async () => {
    const [known, disabled, pending, bare] = [
      await invite(world),
      await invite(world),
      await invite(world),
      await withoutPassword(),
    ];
    await world.server.setStatus(disabled.account, 'disabled');
    await world.server.setStatus(pending.account, 'pending');
    const wrong = { password: 'not-this-password' };

    const heard = [
      await world.signIn(speaker, { ...known, ...wrong }),
      await world.signIn(speaker, aStranger()),
      await world.signIn(speaker, { ...known, password: '' }),
      await world.signIn(speaker, { ...known, password: 'x'.repeat(2000) }),
      await world.signIn(speaker, { ...aStranger(), password: '' }),
      await world.signIn(speaker, disabled),
      await world.signIn(speaker, { ...disabled, ...wrong }),
      await world.signIn(speaker, pending),
      await world.signIn(speaker, bare),
      await world.signIn(speaker, { ...bare, ...wrong }),
    ];

    expect([...new Set(heard.map(faceOf))]).toHaveLength(1);
    expect(told(heard[0] as Heard)).toBe(speaker.answers.wrong);
  });

  it('R-28 gives known and unknown names the same twelve answers in a row', async () => {
    const [known, unknown] = [await invite(world), aStranger()];
    const faces = async (person: Omit<Somebody, 'account'>): Promise<readonly string[]> => {
      const answers: string[] = [];
      for (const turn of Array(12).keys())
        answers.push(faceOf(await world.signIn(speaker, { ...person, password: `wrong-password-${turn}` })));
      return answers;
    };

    expect(await faces(unknown)).toEqual(await faces(known));
  });

  it('still lets the right person in', async () => {
    expect(speaker.tokenIn(await world.signIn(speaker, await invite(world)))).toBeDefined();
  });
});
