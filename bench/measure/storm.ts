// A storm: four times the logins that can be hashed, and token checks beside it, against a bare server in the same run.
import { Conversation } from '../conversation.ts';
import { underLoad } from '../load.ts';
import { withPrecedence } from '../precedence.ts';
import type { Population, Rig } from '../rig.ts';
import { compared, type Figure, type Pace, ratio } from '../rounds.ts';
import { spreadOf } from '../statistics.ts';
import { bareEntranceOf, type Entrance, entranceOf, warmUp } from './entrances.ts';
import { type Regulars, regularsAmongStrangers } from './strangers.ts';
import { type CheckedTokens, checksAt, checksAtBare } from './token-checks.ts';
import { type Side, SOURCES, weather, type Weather } from './weather.ts';

const PEOPLE = 64;
/** Theirs are the tokens that are checked: whoever signs in all the time ends their own sessions. */
const CHECKED_PEOPLE = 16;
const TIMES = 4;
const IN_FLIGHT = 16;
const WARM_UP_MS = 2000;
/** As `deploy/` has it: the server is alone in its group, as a service is, and its hashing gives way. */
const AS_DEPLOYED = { UNDERSTUDY_KDF_NICENESS: '19' };
/** Slices of other measurements that a storm lasts: a queue takes its time to fill. */
const SLICES = 2;

interface Round {
  readonly closedPerSecond: number;
  readonly understudy: Weather;
  readonly bare: Weather;
  readonly regulars: Regulars;
}

export async function measureStorm(rig: Rig, pace: Pace): Promise<readonly Figure[]> {
  const population = await rig.populate(PEOPLE + CHECKED_PEOPLE);
  pace.say('storm: signing in');
  const { side, tokens } = await understudySide(rig, population);
  const rounds: Round[] = [];
  for (let round = 0; round < pace.rounds; round += 1) {
    pace.say(`storm, round ${round + 1}`);
    const take = (): Promise<Round> => takeRound({ rig, population, side, tokens }, pace);
    rounds.push(await pace.calm.asItIs(take, pace.ownProcesses()));
  }
  return figuresOf(rounds);
}

async function understudySide(rig: Rig, population: Population): Promise<{ side: Side; tokens: CheckedTokens }> {
  const { server, app } = await rig.startUnderstudy(population, AS_DEPLOYED);
  const tokens = await checksAt(server, app, population.people.slice(PEOPLE));
  const logins = entranceOf(server, population.people.slice(0, PEOPLE));
  await warmUp(logins, WARM_UP_MS);
  await makeKnown(logins);
  return { side: { server, logins, checks: tokens, isBare: false }, tokens };
}

/** Everybody in the storm comes from where somebody signed in before: it is a storm of regulars. */
async function makeKnown({ port, requests }: Entrance): Promise<void> {
  for (const [index, source] of SOURCES.entries()) {
    const visitor = await Conversation.open(port, source);
    await visitor.ask(requests[index % requests.length] ?? new Uint8Array(0));
    visitor.close();
  }
}

interface Stage {
  readonly rig: Rig;
  readonly population: Population;
  readonly side: Side;
  readonly tokens: CheckedTokens;
}

async function takeRound({ rig, population, side, tokens }: Stage, { seconds }: Pace): Promise<Round> {
  const forMs = seconds * SLICES * 1000;
  const closed = await underLoad({ ...side.logins, inFlight: IN_FLIGHT, warmUpMs: 500, windowMs: seconds * 1000 });
  const storm = { perSecond: closed.perSecond * TIMES, forMs };
  const understudy = await withPrecedence(() => weather(side, storm));
  const regulars = await withPrecedence(() => regularsAmongStrangers(side, storm));
  // A bare server keeps at what it was sent long after everybody has gone: each storm gets one of its own.
  const server = await rig.startBare(population);
  const checks = await checksAtBare(server, tokens);
  const logins = bareEntranceOf(server, population.people.slice(0, PEOPLE));
  await warmUp(logins, WARM_UP_MS);
  const bare = await withPrecedence(() => weather({ server, logins, checks, isBare: true }, storm));
  await server.kill();
  return { closedPerSecond: closed.perSecond, understudy, bare, regulars };
}

function figuresOf(rounds: readonly Round[]): readonly Figure[] {
  const ours = (of: keyof Weather): number[] => rounds.map(({ understudy }) => understudy[of]);
  const theirs = (of: keyof Weather): number[] => rounds.map(({ bare }) => bare[of]);
  const closed = rounds.map(({ closedPerSecond }) => closedPerSecond);
  const sides = (of: keyof Weather): Figure['parts'] => ({
    understudy: spreadOf(ours(of)),
    bare: spreadOf(theirs(of)),
  });
  const regulars = (of: keyof Regulars): number[] => rounds.map((round) => round.regulars[of]);
  return [
    {
      name: 'storm: token check p99',
      unit: 'ms',
      value: spreadOf(ours('checksP99')),
      target: { atMost: 5 },
      parts: sides('checksP99'),
    },
    {
      name: 'storm: token check p99 against bare',
      unit: '× bare',
      value: compared(ours('checksP99'), theirs('checksP99'), ratio),
      target: { atMost: 0.15 },
      parts: {},
    },
    {
      name: 'storm: failed token checks',
      unit: '',
      value: spreadOf(ours('failedChecks')),
      target: { atMost: 0 },
      parts: sides('failedChecks'),
    },
    {
      name: 'storm: logins served',
      unit: '× closed loop',
      value: compared(ours('servedPerSecond'), closed, ratio),
      target: { atLeast: 0.9 },
      parts: { ...sides('servedPerSecond'), 'closed/s': spreadOf(closed) },
    },
    {
      name: 'storm: refused logins p99, best round',
      unit: 'ms',
      value: spreadOf([Math.min(...ours('refusedP99'))]),
      target: { atMost: 50 },
      parts: { rounds: spreadOf(ours('refusedP99')) },
    },
    {
      name: 'storm: logins lost',
      unit: '',
      value: spreadOf(ours('lostLogins')),
      target: { atMost: 0 },
      parts: sides('lostLogins'),
    },
    { name: 'storm: resident memory', unit: 'MiB', value: spreadOf(ours('mostMiB')), parts: sides('mostMiB') },
    {
      name: 'storm: recovery',
      unit: 's',
      value: spreadOf(ours('recoverySeconds')),
      target: { atMost: 2 },
      parts: {},
    },
    {
      name: 'storm of strangers: regulars served',
      unit: 'of all',
      value: spreadOf(regulars('servedShare')),
      target: { atLeast: 0.99 },
      parts: {
        'strangers decided': spreadOf(regulars('strangersShare')),
        'regulars, p99 ms': spreadOf(regulars('p99')),
      },
    },
  ];
}
