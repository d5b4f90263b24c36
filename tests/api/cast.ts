// Those in whose name operations are tried: a member, an operator and an app, replaced when an operation has used them up.
import { aMobile, anEmail, aPassword, aUsername } from '#tests/support/people';
import type { TestServer } from '#tests/support/server';
import type { AppKey } from '#tests/support/visitor';

import type { Operation } from './described.ts';
import type { Known } from './made-by-schema.ts';
import { aMember, call, type Member, signIn, told } from './somebody.ts';

/** Nothing here is about limits, so few are met by chance. */
export const ROOMY = {
  'dialects.api.challenge': 'never',
  'budgets.account.failures': 10,
  'budgets.known.failures': 10,
  'budgets.source.failures': 1_000_000,
  'budgets.names.failures': 1_000_000,
  'budgets.subnet.failures': 1_000_000,
  'registration.source.perHour': 1_000_000,
  'registration.subnet.perHour': 1_000_000,
};

/** Something was made, ended or refused for good. */
const STIRRING: ReadonlySet<number> = new Set([201, 204, 401, 429]);

/** Who calls, and what they know. */
export interface StandIn {
  readonly credential: AppKey | string | undefined;
  readonly known: Known;
}

/** The cast of one server. */
export class Cast {
  readonly #server: TestServer;
  readonly #app: AppKey;
  #member: Member | undefined;
  #operator: Member | undefined;
  readonly #standIns = new Map<Operation, StandIn>();

  constructor(server: TestServer, app: AppKey) {
    this.#server = server;
    this.#app = app;
  }

  static async gather(server: TestServer): Promise<Cast> {
    return new Cast(server, await server.addApp());
  }

  /** Whoever the operation is for, as they are now. */
  async standIn(operation: Operation): Promise<StandIn> {
    const made = this.#standIns.get(operation) ?? (await this.#make(operation));
    this.#standIns.set(operation, made);
    return made;
  }

  /** After some answers those who called are no longer who they were. */
  heard(status: number): void {
    if (STIRRING.has(status)) this.#standIns.clear();
    if (status === 429) this.#member = undefined;
  }

  async #make({ path, security }: Operation): Promise<StandIn> {
    const operator = await this.#ready(this.#operator, () => this.#anOperator());
    const member = await this.#ready(this.#member, () => aMember(this.#server));
    [this.#operator, this.#member] = [operator, member];
    const holder = path.startsWith('/api/v1/admin/') ? operator : member;
    const [scheme] = security.flatMap((each) => Object.keys(each));
    const credentials: Readonly<Record<string, StandIn['credential']>> = { app: this.#app, session: holder.token };
    return { credential: credentials[scheme ?? ''], known: await this.#knownTo(member, operator, path) };
  }

  /** Who was locked out, or is no more, is replaced. */
  async #ready(member: Member | undefined, make: () => Promise<Member>): Promise<Member> {
    if (member === undefined) return make();
    const { status } = await call(this.#server, 'GET /me', member);
    return status === 200 ? member : make();
  }

  async #anOperator(): Promise<Member> {
    const [username, password] = [aUsername(), aPassword()];
    const { id } = await this.#server.addAccount({ username, password, roles: ['operator'] });
    return { id, username, password, token: await signIn(this.#server, { username, password }) };
  }

  async #knownTo(member: Member, operator: Member, path: string): Promise<Known> {
    const isOfOperator = path.startsWith('/api/v1/admin/');
    const { password } = isOfOperator ? operator : member;
    return {
      id: await this.#idsFor(path, member),
      identifier: path.endsWith('/codes') ? [aMobile(), anEmail()] : [member.username],
      password: path.endsWith('/me') || path.endsWith('/sessions') ? [password] : [aPassword()],
      current_password: [password],
      new_password: [aPassword()],
      token: [member.token],
      mobile: [aMobile()],
      email: [anEmail()],
      profile: [{ nickname: 'Ada' }],
      name: this.#server.endpoints.slice(0, 3),
      username: [aUsername()],
      purpose: ['api.sign-in', 'sign-in', 'register'],
    };
  }

  async #idsFor(path: string, member: Member): Promise<readonly unknown[]> {
    if (path.includes('/apps/')) return [(await this.#server.addApp({ id: aUsername() })).id];
    return path.includes('/me/sessions/') ? this.#sessionsOf(member) : [member.id];
  }

  async #sessionsOf(member: Member): Promise<readonly unknown[]> {
    const { sessions } = told(await call(this.#server, 'GET /me/sessions', member)) as {
      sessions: readonly { id: string }[];
    };
    return sessions.map(({ id }) => id);
  }
}
