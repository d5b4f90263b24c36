// The law that under the strict policy nobody learns who has an account, nor what state it is in.
import { type Heard, talk } from '#tests/support/talk';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

import { GUESSING, STATES, type Trier, unproven } from './account-states.ts';
import { faceOf, newSource } from './faces.ts';
import { aStranger, invite, startWorld, STRICT, type World } from './somebody.ts';
import { EVERY_SPEAKER, LEGAL_ANYWHERE, type Speaker, told } from './speakers.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ settings: STRICT });
});
afterAll(() => world.server.close());

/** A way to speak a login: most clients post JSON, some documents know more. */
interface Way {
  readonly name: string;
  readonly speaker: Speaker;
  readonly signIn: (person: Trier, from: string) => Promise<Heard>;
}

/** A connection that could go on, so that it shows whether the server lets it. */
const GOES_ON = { connection: 'keep-alive' } as const;
const FORM = { ...GOES_ON, 'content-type': 'application/x-www-form-urlencoded' } as const;

const formOf = (speaker: Speaker, person: Trier): string =>
  new URLSearchParams(speaker.fields(person, world.app) as Record<string, string>).toString();

const byJson = (speaker: Speaker): Way => ({
  name: `${speaker.name} as JSON`,
  speaker,
  signIn: (person, from) => world.signIn(speaker, person, { from, headers: GOES_ON }),
});

const byForm = (speaker: Speaker): Way => ({
  name: `${speaker.name} as a form`,
  speaker,
  signIn: (person, from) =>
    talk(world.server.port, { from, path: speaker.path, headers: FORM, body: formOf(speaker, person) }),
});

const byGet = (speaker: Speaker): Way => ({
  name: `${speaker.name} by GET`,
  speaker,
  signIn: (person, from) => {
    const path = `${speaker.path}${speaker.path.includes('?') ? '&' : '?'}${formOf(speaker, person)}`;
    return talk(world.server.port, { from, method: 'GET', path, headers: GOES_ON });
  },
});

const WAYS: readonly Way[] = EVERY_SPEAKER.flatMap((speaker) =>
  ['nobase', 'shopxo'].includes(speaker.dialect)
    ? [byJson(speaker), byForm(speaker), byGet(speaker)]
    : [byJson(speaker)],
);

describe.each(LEGAL_ANYWHERE.filter((dialect) => dialect !== 'api'))('%s under the strict policy', (dialect) => {
  const ways = WAYS.filter(({ speaker }) => speaker.dialect === dialect);

  it('R-20 R-25 gives one answer to whatever is wrong with name, password or account, in every way it is spoken', async () => {
    const heard = new Map<string, Heard>();

    for (const way of ways) {
      for (const [state, make] of STATES) {
        heard.set(`${way.name}, ${state}`, await way.signIn(await make(world), newSource()));
      }
    }

    const [first] = heard.values();
    const different = [...heard].filter(([, each]) => faceOf(each) !== faceOf(first as Heard));
    expect(different.map(([what, each]) => `${what}: ${told(each)}`)).toEqual([]);
    expect(told(first as Heard)).toBe(ways[0]?.speaker.answers.wrong);
    expect(first?.headers.connection).toBe('keep-alive');
  });
});

describe('a mobile or address that was never proven', () => {
  const by = (name: string): Speaker => EVERY_SPEAKER.find((each) => each.name === name) as Speaker;

  it.each([
    ['weidu.login', 'mobile', 'login_id'],
    ['weidu.login', 'email', 'login_id'],
    ['nobase.login', 'mobile', 'user'],
    ['nobase.login', 'email', 'user'],
    ['shopxo.login', 'mobile', 'accounts'],
    ['shopxo.login', 'email', 'accounts'],
    ['harbour.session', 'mobile', 'phone'],
  ] as const)('R-20 R-75 is as unknown to %s as one nobody has: %s', async (name, kind, field) => {
    const [speaker, person, stranger] = [by(name), await unproven(world, kind), aStranger()];

    const ofSomebody = await world.signIn(speaker, person, { fields: { [field]: person[kind] } });
    const ofNobody = await world.signIn(speaker, stranger, { fields: { [field]: stranger[kind] } });

    expect(faceOf(ofSomebody)).toBe(faceOf(ofNobody));
    expect(told(ofSomebody)).toBe(speaker.answers.wrong);
  });
});

/** What is answered to somebody in each state, twelve times in a row. */
async function sequencesOf(where: World, speaker: Speaker): Promise<ReadonlyMap<string, string>> {
  const sequences = new Map<string, string>();
  for (const [state, make] of GUESSING) {
    const [person, from, faces] = [await make(where), newSource(), [] as string[]];
    for (const _ of Array(12).keys()) faces.push(faceOf(await where.signIn(speaker, person, { from })));
    sequences.set(state, faces.join('\n'));
  }
  return sequences;
}

/** The states whose answers are unlike those of the first. */
function unlike(sequences: ReadonlyMap<string, string>): readonly string[] {
  const [first] = sequences.values();
  return [...sequences].filter(([, faces]) => faces !== first).map(([state]) => state);
}

describe.each(EVERY_SPEAKER.filter(({ dialect }) => dialect === 'weidu' || dialect === 'shopxo'))(
  '$name under the strict policy, demanding challenges',
  (speaker) => {
    it('R-28 demands them of everybody at the same turn', async () => {
      const captcha = { 'dialects.weidu.captcha': 'afterFailures', 'dialects.shopxo.captcha': 'afterFailures' };
      const wary = await startWorld({ settings: { ...STRICT, ...captcha } });
      onTestFinished(() => wary.server.close());

      const sequences = await sequencesOf(wary, speaker);

      expect(unlike(sequences)).toEqual([]);
      expect(new Set(sequences.get('a wrong password')?.split('\n')).size).toBe(2);
    });
  },
);

describe.each(EVERY_SPEAKER)('$name under the strict policy', (speaker) => {
  it('R-28 tells the states of an account apart by no sequence of twelve answers either', async () => {
    expect(unlike(await sequencesOf(world, speaker))).toEqual([]);
  });

  it('still lets the right person in', async () => {
    expect(speaker.tokenIn(await world.signIn(speaker, await invite(world)))).toBeDefined();
  });
});
