// Where to sign in: the same people, the same body, on both sides.
import type { ServerProcess } from '../child.ts';
import { type LoadPlan, postRequest, underLoad } from '../load.ts';
import type { Person } from '../people.ts';
import type { Population, Rig } from '../rig.ts';

/** A server and the sign-ins to send to it. */
export type Entrance = Pick<LoadPlan, 'port' | 'requests' | 'expects'>;

/** The two sides. */
export interface Entrances {
  readonly understudy: Entrance;
  readonly bare: Entrance;
}

const WARM_UP_MS = 4000;
const WEIDU_LOGIN = '/weidu/api/v1/users/login';
const EXPECTS = '"result":"ok"';

/** Starts both servers and warms them up: until its code has run a few hundred times, a server mostly compiles. */
export async function entrancesOf(rig: Rig, population: Population): Promise<Entrances> {
  const { server } = await rig.startUnderstudy(population);
  const bare = await rig.startBare(population);
  const entrances = {
    understudy: entranceOf(server, population.people),
    bare: bareEntranceOf(bare, population.people),
  };
  for (const entrance of Object.values(entrances)) await warmUp(entrance, WARM_UP_MS);
  return entrances;
}

/** Understudy's. */
export function entranceOf({ port }: Pick<ServerProcess, 'port'>, people: readonly Person[]): Entrance {
  return { port, requests: loginsOf(people, WEIDU_LOGIN), expects: EXPECTS };
}

/** The bare server's. */
export function bareEntranceOf({ port }: ServerProcess, people: readonly Person[]): Entrance {
  return { port, requests: loginsOf(people, '/login'), expects: EXPECTS };
}

export async function warmUp(entrance: Entrance, windowMs: number): Promise<void> {
  await underLoad({ ...entrance, inFlight: 8, warmUpMs: 0, windowMs });
}

/** What came of a sign-in. */
export interface LoginAnswer {
  readonly token: string | null;
  readonly mayComeBack: boolean;
  readonly text: string;
}

export async function loginAt(url: string, { mobile, password }: Person): Promise<LoginAnswer> {
  const body = JSON.stringify({ login_id: mobile, password });
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${url}${WEIDU_LOGIN}`, { method: 'POST', headers, body });
  const mayComeBack = answer.headers.has('retry-after');
  return { token: answer.headers.get('token'), mayComeBack, text: await answer.text() };
}

/** Signs in once; the token. */
export async function signIn(url: string, person: Person): Promise<string> {
  const { token, text } = await loginAt(url, person);
  if (token === null) throw new Error(`no token: ${text}`);
  return token;
}

function loginsOf(people: readonly Person[], path: string): readonly Uint8Array[] {
  return people.map(({ mobile, password }) =>
    postRequest(path, { 'content-type': 'application/json' }, JSON.stringify({ login_id: mobile, password })),
  );
}
