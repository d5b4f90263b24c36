// Token checks per second, from memory and from the database, against a bare check: same POST, SHA-256, a cache hit.
import type { ServerProcess } from '../child.ts';
import { type LoadPlan, type LoadResult, postRequest, underLoad } from '../load.ts';
import type { Person } from '../people.ts';
import type { AppKey, Population, Rig } from '../rig.ts';
import { compared, type Figure, interleave, type Pace, ratio } from '../rounds.ts';
import { spreadOf } from '../statistics.ts';
import { signIn } from './entrances.ts';

const PEOPLE = 64;
const SESSIONS_EACH = 4;
const IN_FLIGHT = 64;
const INTROSPECTION = '/api/v1/tokens/introspect';
const EXPECTS = '"active":true';

/** A server and the checks to send to it. */
export type Checked = Pick<LoadPlan, 'port' | 'requests'>;

/** Understudy's side, of which the bare server is told. */
export interface CheckedTokens extends Checked {
  /** An answer as it came, for the bare server to give as well. */
  readonly answer: object;
  readonly tokens: readonly string[];
  readonly authorization: string;
}

export async function measureTokenChecks(rig: Rig, pace: Pace): Promise<readonly Figure[]> {
  const population = await rig.populate(PEOPLE);
  pace.say('token checks: signing in');
  const warm = await understudySide(rig, population);
  const database = await understudySide(rig, population, { UNDERSTUDY_CACHE_SESSIONS: '0' });
  const bare = await bareSide(rig, population, warm);
  pace.say('token checks');
  const client: number[] = [];
  const slice = (side: Checked) => async () => {
    const { perSecond, clientShare } = await checksUnderLoad(side, pace);
    client.push(clientShare);
    return perSecond;
  };
  const rates = await interleave(pace, { warm: slice(warm), bare: slice(bare), database: slice(database) });
  const figure = (name: string, ours: readonly number[], atLeast: number): Figure => ({
    name,
    unit: '× bare',
    value: compared(ours, rates.bare, ratio),
    target: { atLeast },
    parts: { 'understudy/s': spreadOf(ours), 'bare/s': spreadOf(rates.bare), 'client, cores': spreadOf(client) },
  });
  return [figure('token checks, warm', rates.warm, 0.6), figure('token checks, database', rates.database, 0.3)];
}

/** As many checks at once as always; if they are shared among so many sides, each gets its part. */
export function checksUnderLoad({ port, requests }: Checked, { seconds }: Pace, sides = 1): Promise<LoadResult> {
  const inFlight = IN_FLIGHT / sides;
  return underLoad({ port, requests, expects: EXPECTS, inFlight, warmUpMs: 500, windowMs: seconds * 1000 });
}

async function understudySide(
  rig: Rig,
  population: Population,
  environment: Readonly<Record<string, string>> = {},
): Promise<CheckedTokens> {
  const { server, app } = await rig.startUnderstudy(population, environment);
  return checksAt(server, app, population.people);
}

/** Signs the people in, and spells the checks of their tokens. */
export async function checksAt(server: ServerProcess, app: AppKey, people: readonly Person[]): Promise<CheckedTokens> {
  const tokens: string[] = [];
  for (let turn = 0; turn < SESSIONS_EACH; turn += 1) {
    for (const person of people) tokens.push(await signIn(server.url, person));
  }
  const authorization = basic(app);
  const requests = checksOf(tokens, INTROSPECTION, authorization);
  const answer = await introspect(server.url, tokens[0] ?? '', authorization);
  return { port: server.port, requests, answer, tokens, authorization };
}

async function bareSide(rig: Rig, population: Population, tokens: CheckedTokens): Promise<Checked> {
  return checksAtBare(await rig.startBare(population), tokens);
}

/** Tells a bare server the tokens, and spells the same checks for it. */
export async function checksAtBare(
  { port, url }: ServerProcess,
  { answer, tokens, authorization }: CheckedTokens,
): Promise<Checked> {
  const body = JSON.stringify({ tokens, answer });
  const filled = await fetch(`${url}/known`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body });
  if (!filled.ok) throw new Error(`the bare server took no tokens: ${await filled.text()}`);
  await filled.body?.cancel();
  return { port, requests: checksOf(tokens, '/check', authorization) };
}

const FORM = 'application/x-www-form-urlencoded';

export const basic = ({ id, signature }: AppKey): string =>
  `Basic ${Buffer.from(`${id}:${signature}`).toString('base64')}`;

function checksOf(tokens: readonly string[], path: string, authorization: string): readonly Uint8Array[] {
  return tokens.map((token) => postRequest(path, { 'content-type': FORM, authorization }, `token=${token}`));
}

/** Asks about one token. */
export async function introspect(
  url: string,
  token: string,
  authorization: string,
): Promise<{ readonly active: boolean }> {
  const headers = { 'content-type': FORM, authorization };
  const answer = await fetch(`${url}${INTROSPECTION}`, { method: 'POST', headers, body: `token=${token}` });
  return (await answer.json()) as { readonly active: boolean };
}
