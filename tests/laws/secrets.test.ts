// The law that secrets never reach a log, whatever becomes of the login they came with.
import { readFileSync } from 'node:fs';
import { logOf } from '#tests/support/log-file';
import { hideTable } from '#tests/support/engine';
import { talk } from '#tests/support/talk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { aStranger, introspect, invite, startWorld, type World } from './somebody.ts';
import { EVERY_SPEAKER } from './speakers.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.server.close());

const logText = (): string => readFileSync(world.server.logFile, 'utf8');

describe.each(EVERY_SPEAKER)('$name', (speaker) => {
  it('writes nothing down that its client keeps secret', async () => {
    const [person, stranger] = [await invite(world), aStranger()];
    const wrong = `wrong-${stranger.password}`;
    const before = logOf(world.server).length;

    const right = await world.signIn(speaker, person);
    await world.signIn(speaker, { ...person, password: wrong });
    await world.signIn(speaker, stranger);
    await world.signIn(speaker, person, { fields: { [speaker.password]: [person.password] } });
    await talk(world.server.port, { path: speaker.path, body: `{"${speaker.password}":"${person.password}",` });
    await talk(world.server.port, { path: `${speaker.unknownPath}&${speaker.password}=${person.password}` });
    const putBack = await hideTable(world.server, 'credentials');
    await world.signIn(speaker, person);
    await putBack();
    const token = speaker.tokenIn(right) ?? '';
    await introspect(world, token);

    const secrets = [
      token,
      person.password,
      stranger.password,
      wrong,
      person.idNumber,
      stranger.idNumber,
      world.app.signature,
      person.mobile,
      person.email,
    ];
    expect(logOf(world.server).length - before).toBe(8);
    expect(secrets.filter((secret) => secret === '' || logText().includes(secret))).toEqual([]);
  });
});

describe('introspection', () => {
  it('writes nothing down of a token it does not know', async () => {
    const token = aStranger().password;

    await introspect(world, token);

    expect(logOf(world.server).at(-1)).toMatchObject({ endpoint: 'api.introspect', status: 200 });
    expect(logText()).not.toContain(token);
  });
});
