// The calls of our own API around a login: registering, reading oneself, checking tokens by the hundred, listing sessions.
import { Conversation } from '../conversation.ts';
import { type LoadPlan, postRequest, underLoad } from '../load.ts';
import type { Person } from '../people.ts';
import type { Population, Rig } from '../rig.ts';
import { compared, type Figure, interleave, type Pace, ratio } from '../rounds.ts';
import { quantile, spreadOf } from '../statistics.ts';
import { bareEntranceOf, entranceOf, warmUp } from './entrances.ts';
import { checksAt, checksAtBare } from './token-checks.ts';

const PEOPLE = 64;
const HASHES_IN_FLIGHT = 8;
const READS_IN_FLIGHT = 64;
const BATCH = 100;
const SESSIONS = [1, 100, 10_000] as const;
/** More than any machine registers in a second. */
const REGISTRATIONS_A_SECOND = 1000;

/** As many registrations and sessions as it takes. */
const SETTINGS = {
  UNDERSTUDY_REGISTRATION_SOURCE_PER_HOUR: '1000000',
  UNDERSTUDY_REGISTRATION_SUBNET_PER_HOUR: '1000000',
  UNDERSTUDY_SESSIONS_MAX_PER_ACCOUNT: '10000',
} as const;

const JSON_BODY = { 'content-type': 'application/json' } as const;

type Asked = Pick<LoadPlan, 'port' | 'requests' | 'expects'>;

export async function measureAccountCalls(rig: Rig, pace: Pace): Promise<readonly Figure[]> {
  const population = await rig.populate(PEOPLE);
  return [
    ...(await measureRegistrations(rig, population, pace)),
    ...(await measureReads(rig, population, pace)),
    ...(await measureSessionLists(rig, population, pace)),
  ];
}

async function measureRegistrations(rig: Rig, population: Population, pace: Pace): Promise<readonly Figure[]> {
  const { server } = await rig.startUnderstudy(population, SETTINGS);
  const bare = bareEntranceOf(await rig.startBare(population), population.people);
  await warmUp(entranceOf(server, population.people), 2000);
  await warmUp(bare, 2000);
  pace.say('registrations');
  const newcomers = new Newcomers(server.port);
  const rates = await interleave(pace, {
    understudy: () => perSecond(newcomers.next(pace.seconds), HASHES_IN_FLIGHT, pace),
    bare: () => perSecond(bare, HASHES_IN_FLIGHT, pace),
  });
  return [figureOf('registrations, 8 in flight', rates.understudy, rates.bare)];
}

/** People nobody has heard of, new ones for every slice. */
class Newcomers {
  readonly #port: number;
  #count = 0;

  constructor(port: number) {
    this.#port = port;
  }

  next(seconds: number): Asked {
    const requests = Array.from({ length: (seconds + 1) * REGISTRATIONS_A_SECOND }, () => {
      this.#count += 1;
      const body = JSON.stringify({ username: `newcomer${this.#count}`, password: 'correct horse battery staple' });
      return postRequest('/api/v1/accounts', JSON_BODY, body);
    });
    return { port: this.#port, requests, expects: '"token":' };
  }
}

async function measureReads(rig: Rig, population: Population, pace: Pace): Promise<readonly Figure[]> {
  const { server, app } = await rig.startUnderstudy(population, SETTINGS);
  const checks = await checksAt(server, app, population.people);
  const bare = { ...(await checksAtBare(await rig.startBare(population), checks)), expects: '"active":true' };
  const { authorization, port, tokens } = checks;
  const batch = (from: number): Uint8Array =>
    postRequest(
      '/api/v1/tokens/introspect-batch',
      { ...JSON_BODY, authorization },
      JSON.stringify({ tokens: tokens.slice(from, from + BATCH) }),
    );
  const batches = { port, requests: [0, BATCH].map(batch), expects: '"active":true' };
  const own = await Promise.all(population.people.map((person) => bearerOf(server.url, person)));
  const me = { port, requests: own.map((bearer) => getRequest('/api/v1/me', bearer)), expects: '"identifiers":' };
  pace.say('own account, and tokens by the hundred');
  const rates = await interleave(pace, {
    me: () => perSecond(me, READS_IN_FLIGHT, pace),
    single: () => perSecond({ ...checks, expects: '"active":true' }, READS_IN_FLIGHT, pace),
    batch: async () => BATCH * (await perSecond(batches, HASHES_IN_FLIGHT, pace)),
    bare: () => perSecond(bare, READS_IN_FLIGHT, pace),
  });
  return [
    figureOf('own account (`me`)', rates.me, rates.bare),
    figureOf('introspection, one token a call', rates.single, rates.bare),
    figureOf('introspection, 100 tokens a call', rates.batch, rates.bare),
  ];
}

async function measureSessionLists(rig: Rig, population: Population, pace: Pace): Promise<readonly Figure[]> {
  const { server } = await rig.startUnderstudy(population, SETTINGS);
  pace.say(`session lists: opening ${SESSIONS.at(-1)} sessions`);
  const lists: Asked[] = [];
  for (const [index, count] of SESSIONS.entries()) {
    const person = population.people[index];
    if (person === undefined) throw new RangeError('there are too few people');
    const bearer = await bearerOf(server.url, person);
    await openSessions(server.port, person, count - 1);
    lists.push({ port: server.port, requests: [getRequest('/api/v1/me/sessions', bearer)], expects: '"sessions":' });
  }
  pace.say('session lists');
  const slices = Object.fromEntries(lists.map((list, index) => [index, () => usualLatency(list, pace)]));
  const medians = await interleave(pace, slices);
  return SESSIONS.slice(1).map((count, index) => ({
    name: `list of ${count} sessions, p50`,
    unit: '× of one',
    value: compared(medians[index + 1] ?? [], medians[0] ?? [], ratio),
    parts: { 'that list ms': spreadOf(medians[index + 1] ?? []), 'one session ms': spreadOf(medians[0] ?? []) },
  }));
}

/** Signs in so often, a few at once. */
async function openSessions(port: number, person: Person, count: number): Promise<void> {
  const requests = entranceOf({ port }, [person]).requests;
  let left = count;
  const signInOften = async (): Promise<void> => {
    const conversation = await Conversation.open(port);
    while (left > 0) {
      left -= 1;
      for (const request of requests) await conversation.ask(request);
    }
    conversation.close();
  };
  await Promise.all(Array.from({ length: HASHES_IN_FLIGHT }, signInOften));
}

async function bearerOf(url: string, { mobile, password }: Person): Promise<string> {
  const body = JSON.stringify({ identifier: mobile, password });
  const answer = await fetch(`${url}/api/v1/sessions`, { method: 'POST', headers: JSON_BODY, body });
  const { token } = (await answer.json()) as { readonly token: string };
  return `Bearer ${token}`;
}

const getRequest = (path: string, authorization: string): Uint8Array =>
  Buffer.from(`GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: ${authorization}\r\n\r\n`);

async function perSecond(asked: Asked, inFlight: number, { seconds }: Pace): Promise<number> {
  return (await underLoad({ ...asked, inFlight, warmUpMs: 300, windowMs: seconds * 1000 })).perSecond;
}

async function usualLatency(asked: Asked, { seconds }: Pace): Promise<number> {
  const { latenciesMs } = await underLoad({ ...asked, inFlight: 1, warmUpMs: 300, windowMs: seconds * 1000 });
  return quantile(latenciesMs, 0.5);
}

const figureOf = (name: string, ours: readonly number[], bare: readonly number[]): Figure => ({
  name,
  unit: '× bare',
  value: compared(ours, bare, ratio),
  parts: { 'understudy/s': spreadOf(ours), 'bare/s': spreadOf(bare) },
});
