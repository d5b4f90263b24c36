// PostgreSQL disturbed while people sign in: whatever was under way is answered in time and in the dialect's words, and what was acknowledged is on record.
import { setTimeout as pause } from 'node:timers/promises';

import { FreshDatabase } from '#tests/support/postgres';
import { noteSecret } from '#tests/support/run-folder';
import { TestClock } from '#tests/support/test-machine';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { crew } from '../chaos/world.ts';
import { introspect, invite, type Somebody, startWorld, type World } from '../laws/somebody.ts';
import { EVERY_SPEAKER, type Speaker, told } from '../laws/speakers.ts';
import { type Disturbance, Line } from './line.ts';
import { soon } from './soon.ts';

const SO_LONG_MS = 3000;
/** So many sign-ins come first. */
const UNDISTURBED = 2 * EVERY_SPEAKER.length;
const DEADLINE_MS = 2000;
/** whoever waited for a place and got none is told so by then. */
const BUSY_MS = 2500;
const RECOVERY_MS = 5000;
const BUSY = /繁忙|busy/i;

/** Waits end as they do in earnest. */
class RunningClock extends TestClock {
  override now(): number {
    return Date.now();
  }
}

/** What became of one sign-in. */
interface Told {
  readonly speaker: Speaker;
  /** The right password was given. */
  readonly isRight: boolean;
  readonly token: string | undefined;
  readonly says: string;
  readonly startedAt: number;
  readonly tookMs: number;
}

let database: FreshDatabase;
let line: Line;
let world: World;
let person: Somebody;
let victim: Somebody;

beforeAll(async () => {
  database = await FreshDatabase.make();
  line = await Line.to(database.url);
  world = await startWorld({
    clock: new RunningClock(),
    settings: { databaseUrl: line.through(database.url), 'kdf.waitMs': 2000 },
  });
  person = await invite(world);
});
beforeEach(async () => {
  victim = await invite(world);
});
afterAll(async () => {
  await world.server.close();
  line.close();
  await database.drop();
});

async function signIn(speaker: Speaker, somebody: Somebody, isRight: boolean): Promise<Told> {
  const startedAt = performance.now();
  const heard = await world.signIn(speaker, isRight ? somebody : { ...somebody, password: 'a wrong one' });
  const token = speaker.tokenIn(heard);
  if (token !== undefined) noteSecret(token);
  return { speaker, isRight, token, says: told(heard), startedAt, tookMs: performance.now() - startedAt };
}

/** Everybody signs in through every login again and again, and a stranger guesses beside them; a disturbance comes in the middle and stays. */
async function underDisturbance(disturbance: Disturbance): Promise<{ answers: readonly Told[]; disturbedAt: number }> {
  const answers: Told[] = [];
  let isOver = false;
  const again = async (speaker: Speaker, somebody: Somebody, isRight: boolean): Promise<unknown> =>
    Promise.all(
      crew(
        1,
        () => isOver,
        async () => answers.push(await signIn(speaker, somebody, isRight)),
      ),
    );
  const [first] = EVERY_SPEAKER as [Speaker];
  const people = EVERY_SPEAKER.map((speaker) => again(speaker, person, true));
  await soon(() => answers.length >= UNDISTURBED);
  const stranger = again(first, victim, false);
  line.disturb(disturbance);
  const disturbedAt = performance.now();
  await pause(SO_LONG_MS);
  isOver = true;
  await Promise.all([...people, stranger]);
  return { answers, disturbedAt };
}

const isOfTheDialect = ({ speaker: { answers }, says, token, isRight }: Told): boolean =>
  (isRight && token !== undefined) ||
  says === answers.fault ||
  BUSY.test(says) ||
  (!isRight && (says === answers.wrong || answers.locked.test(says)));

const isLive = async (token: string): Promise<boolean> => (await introspect(world, token))['active'] === true;
const isIn = async (speaker: Speaker): Promise<boolean> => (await signIn(speaker, person, true)).token !== undefined;

/** How many guesses at the victim are looked at until it is locked. */
async function guessesLeft(): Promise<number> {
  const [speaker] = EVERY_SPEAKER as [Speaker];
  for (let guesses = 0; ; guesses += 1) {
    const { says } = await signIn(speaker, victim, false);
    if (speaker.answers.locked.test(says)) return guesses;
    if (says !== speaker.answers.wrong || guesses > 10) throw new Error(`guess ${guesses}: ${says}`);
  }
}

describe.each<{ how: string; disturbance: Disturbance; isTotal: boolean }>([
  { how: 'refused', disturbance: { is: 'refused' }, isTotal: true },
  { how: 'cut in the middle of queries', disturbance: { is: 'cut' }, isTotal: true },
  { how: 'half open, taken but silent', disturbance: { is: 'dead' }, isTotal: true },
  { how: 'two seconds late', disturbance: { is: 'slow', milliseconds: 2000 }, isTotal: true },
  { how: 'a third of a second late', disturbance: { is: 'slow', milliseconds: 300 }, isTotal: false },
  { how: 'lost after the sixth answer of each connection', disturbance: { is: 'brittle', after: 6 }, isTotal: false },
  {
    how: 'lost after the thirtieth answer of each connection',
    disturbance: { is: 'brittle', after: 30 },
    isTotal: false,
  },
])('with PostgreSQL $how while people sign in', ({ disturbance, isTotal }) => {
  it('R-99 answers everybody in time and in words of the dialect, and gives no token that is not on record', async () => {
    const { answers, disturbedAt } = await underDisturbance(disturbance);
    const mendedAt = performance.now();
    await line.mend();
    await soon(() => isIn(EVERY_SPEAKER[0] as Speaker));
    const recoveredMs = performance.now() - mendedAt;

    // What hashing takes on this machine at this moment is nothing the line can be blamed for.
    const usualMs = Math.max(...answers.slice(0, UNDISTURBED).map(({ tookMs }) => tookMs));
    const late = answers.filter(({ startedAt }) => startedAt > disturbedAt);
    const looked = answers.filter(({ isRight, says, speaker }) => !isRight && says === speaker.answers.wrong);
    const tokens = answers.flatMap(({ token }) => token ?? []);
    expect(answers.filter((each) => !isOfTheDialect(each)).map(({ says }) => says)).toEqual([]);
    expect(answers.filter((each) => each.tookMs >= usualMs + (BUSY.test(each.says) ? BUSY_MS : DEADLINE_MS))).toEqual(
      [],
    );
    expect(recoveredMs).toBeLessThan(RECOVERY_MS);
    expect(late.length).toBeGreaterThan(0);
    expect(isTotal ? late.filter(({ token }) => token !== undefined) : []).toEqual([]);
    expect(await Promise.all(tokens.map(isLive))).toEqual(tokens.map(() => true));
    expect(looked.length + (await guessesLeft())).toBeLessThanOrEqual(5);
  });
});
