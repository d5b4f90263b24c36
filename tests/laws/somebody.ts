// Somebody whom every login knows, and what they do: sign in, and have their token looked at.
import { anAegisSpeedId, aMobile, anEmail, anIdNumber, aPassword, aUsername } from '#tests/support/people';
import { type ServerOptions, startServer, type TestServer } from '#tests/support/server';
import { type Heard, type Said, talk } from '#tests/support/talk';

import { dialect } from '../../examples/own-dialect/index.ts';
import { bodyOf, type KnownApp, type LoginFields, type Somebody, type Speaker } from './speakers.ts';

export type { KnownApp, LoginFields, Somebody } from './speakers.ts';

/** Settings under which nothing but the account's own failures stands in anybody's way. */
const ROOMY = {
  'dialects.shopxo.captcha': 'never',
  'dialects.weidu.captcha': 'never',
  'budgets.names.failures': 1_000_000,
  'budgets.source.failures': 1_000_000,
  'budgets.subnet.failures': 1_000_000,
} as const;

/** Settings under which every dialect answers all credential failures alike. */
export const STRICT = Object.fromEntries(
  ['aegisspeed', 'weidu', 'nobase', 'shopxo', 'harbour'].map((name) => [`dialects.${name}.policy`, 'strict']),
);

/** What a sign-in does otherwise than the right one. */
export interface Differing {
  readonly fields?: LoginFields;
  readonly headers?: Said['headers'];
  /** The address it comes from. */
  readonly from?: string;
}

/** A server, and the application NoBase clients belong to. */
export class World {
  readonly server: TestServer;
  readonly app: KnownApp;

  constructor(server: TestServer, app: KnownApp) {
    this.server = server;
    this.app = app;
  }

  /** Signs somebody in through a login, with whatever differs from the right fields. */
  signIn(
    speaker: Speaker,
    person: Omit<Somebody, 'account'>,
    { fields, headers, from }: Differing = {},
  ): Promise<Heard> {
    return talk(this.server.port, {
      ...(from !== undefined && { from }),
      path: speaker.path,
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ ...speaker.fields(person, this.app), ...fields }),
    });
  }
}

/** Starts a server that knows an application (or knows it already), and one dialect more than our own. */
export async function startWorld({ app, ...options }: ServerOptions & { app?: KnownApp } = {}): Promise<World> {
  const server = await startServer({ ...options, dialects: [dialect], settings: { ...ROOMY, ...options.settings } });
  return new World(server, app ?? (await server.addApp()));
}

/** Identifiers nobody has yet, and a password. */
export function aStranger(): Omit<Somebody, 'account'> {
  return {
    username: aUsername(),
    mobile: aMobile(),
    email: anEmail(),
    idNumber: anIdNumber(),
    aegisSpeedId: anAegisSpeedId(),
    password: aPassword(),
  };
}

/** A new person whom every login lets in. */
export async function invite({ server }: Pick<World, 'server'>, given: Partial<Somebody> = {}): Promise<Somebody> {
  const person = { ...aStranger(), ...given };
  const { username, mobile, email, idNumber, aegisSpeedId, password } = person;
  const account = await server.addAccount({
    username,
    mobile,
    email,
    idNumber,
    aegisSpeedId,
    password,
    roles: ['管理员'],
  });
  return { ...person, account };
}

/** What introspection says of a token. */
export async function introspect({ server, app }: World, token: string): Promise<LoginFields> {
  const basic = Buffer.from(`${app.id}:${app.signature}`).toString('base64');
  const heard = await talk(server.port, {
    path: '/api/v1/tokens/introspect',
    headers: { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' },
    body: `token=${encodeURIComponent(token)}`,
  });
  return { status: heard.status, ...bodyOf(heard) };
}
