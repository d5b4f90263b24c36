// Somebody who uses our own API: registers, signs in, and calls with the token they got.
import { type Heard, talk } from '#tests/support/talk';
import type { TestServer } from '#tests/support/server';
import { aPassword, aUsername } from '#tests/support/people';

/** What may go along with a call. */
export interface Along {
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly from?: string;
}

/** Calls our own API: `call(server, 'GET /me', { token })`. */
export function call(server: Pick<TestServer, 'port'>, on: string, along: Along = {}): Promise<Heard> {
  const [method = 'GET', path = ''] = on.split(' ');
  const { token, body, headers = {}, from = '127.0.0.1' } = along;
  const bearer = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const json = body === undefined ? {} : { 'content-type': 'application/json' };
  const text = body === undefined ? '' : JSON.stringify(body);
  return talk(server.port, {
    method,
    path: `/api/v1${path}`,
    headers: { ...bearer, ...json, ...headers },
    body: text,
    from,
  });
}

/** The body of an answer, which has to be an object. */
export const told = ({ body }: Heard): Readonly<Record<string, unknown>> => JSON.parse(body) as Record<string, unknown>;

/** The status, and the code of a problem. */
export const saidNo = (heard: Heard): string => `${heard.status} ${String(told(heard)['code'])}`;

/** Somebody registered, and the token of their first session. */
export interface Member {
  readonly id: string;
  readonly username: string;
  readonly password: string;
  readonly token: string;
}

/** Registers somebody. */
export async function aMember(server: TestServer, more: Readonly<Record<string, unknown>> = {}): Promise<Member> {
  const [username, password] = [aUsername(), aPassword()];
  const heard = await call(server, 'POST /accounts', { body: { username, password, ...more } });
  if (heard.status !== 201) throw new Error(`registering was refused: ${heard.status} ${heard.body}`);
  const { account, session } = JSON.parse(heard.body) as { account: { id: string }; session: { token: string } };
  return { id: account.id, username, password, token: session.token };
}

/** Signs in once more; the token. */
export async function signIn(
  server: TestServer,
  { username, password }: Pick<Member, 'password' | 'username'>,
): Promise<string> {
  const heard = await call(server, 'POST /sessions', { body: { identifier: username, password } });
  return String(told(heard)['token']);
}
