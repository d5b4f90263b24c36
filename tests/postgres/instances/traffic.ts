// Mixed traffic through the proxy, and the ledger its clients keep of everything that was acknowledged to them.
import { randomInt } from 'node:crypto';

import { aMobile, aPassword, aUsername } from '#tests/support/people';
import { noteSecret } from '#tests/support/run-folder';
import { type Heard, talk, talkJson } from '#tests/support/talk';
import { Visitor } from '#tests/support/visitor';

import { crew, someOf } from '../../chaos/world.ts';
import type { Fleet, Which } from './fleet.ts';

interface Person {
  readonly username: string;
  readonly password: string;
}

/** A request that was not answered as somebody who was let in is answered. */
export interface Mishap {
  readonly act: string;
  /** Which server the proxy tried is not told; this is what the client got. */
  readonly got: string;
  /** When it was sent. */
  readonly at: number;
  readonly tookMs: number;
}

/** Everything that was acknowledged and is not so; each list is empty when all is well. */
export interface Loss {
  readonly accounts: readonly string[];
  readonly deadTokens: number;
  readonly risenTokens: number;
  readonly codes: readonly string[];
  readonly locks: readonly string[];
  /** How many acknowledged acts of each kind are missing in the audit trail. */
  readonly events: Readonly<Record<string, number>>;
}

export const NO_LOSS: Loss = { accounts: [], deadTokens: 0, risenTokens: 0, codes: [], locks: [], events: {} };

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const FAILURES = 5;
const MOST_CHECKED = 300;
const CHECKED_AT_ONCE = 4;
/** The first lock of an account lasts a minute. */
const STILL_LOCKED_MS = 40_000;
/** So many sessions are left to be checked. */
const FEW = 5;

/** Clients of a fleet, several of each kind. */
export class Traffic {
  readonly mishaps: Mishap[] = [];
  /** How many of each act were answered. */
  readonly answered: Record<string, number> = {};
  /** How long each took. */
  readonly tookMs: Record<string, number[]> = {};
  readonly #fleet: Fleet;
  readonly #people: Person[] = [];
  readonly #live: string[] = [];
  readonly #revoked: string[] = [];
  readonly #codes: string[] = [];
  readonly #locked: (Person & { readonly at: number })[] = [];
  readonly #acknowledged: Record<string, number> = {};
  #isOver = false;
  #work: readonly Promise<unknown>[] = [];

  constructor(fleet: Fleet) {
    this.#fleet = fleet;
  }

  /** Begins; it goes on until it is ended. */
  async begin(): Promise<void> {
    await Promise.all(Array.from({ length: 4 }, () => this.#register()));
    const isOver = (): boolean => this.#isOver;
    this.#work = [
      ...crew(1, isOver, () => this.#register()),
      ...crew(3, isOver, () => this.#signIn()),
      ...crew(3, isOver, () => this.#check()),
      ...crew(1, isOver, () => this.#revoke()),
      ...crew(1, isOver, () => this.#lockSomebody()),
    ];
  }

  async end(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#work);
  }

  /** Lets somebody be sent a code, to be used after whatever comes. */
  async askForCode(): Promise<void> {
    const mobile = aMobile();
    await this.#fleet.order('account', 'add', '--mobile', mobile, '--no-password');
    const heard = await this.#talk('code', () => talkJson(this.#port, '/weidu/api/v1/users/mobile/sms', { mobile }));
    if (heard?.status === 200) this.#codes.push(mobile);
  }

  /** Holds the ledger against what one of the servers says, and the database. */
  async audit(which: Which): Promise<Loss> {
    const { port } = this.#fleet.server(which);
    const visitor = new Visitor(port, this.#fleet.app);
    const live = await liveOf(someOf(this.#live, MOST_CHECKED), visitor);
    const risen = await liveOf(someOf(this.#revoked, MOST_CHECKED), visitor);
    return {
      accounts: await this.#missing(),
      deadTokens: live.filter((isLive) => !isLive).length,
      risenTokens: risen.filter(Boolean).length,
      codes: await this.#refusedCodes(port),
      locks: await this.#open(visitor),
      events: await this.#missingEvents(),
    };
  }

  get #port(): number {
    return this.#fleet.nginx.port;
  }

  async #register(): Promise<void> {
    const person = { username: aUsername(), password: aPassword() };
    const { id: appid, signature } = this.#fleet.app;
    const fields = { appid, signature, user: person.username, pass: person.password, nickname: 'n' };
    const body = new URLSearchParams(fields).toString();
    const heard = await this.#talk('registration', () =>
      talk(this.#port, { path: '/api/user/register', headers: FORM, body }),
    );
    if (heard === undefined || !this.#isSaid(heard, 'registration', /"code":200/)) return;
    this.#people.push(person);
    this.#acknowledge('account.register');
  }

  async #signIn(): Promise<void> {
    const [person] = someOf(this.#people, 1);
    if (person === undefined) return;
    const visit = await this.#visit('login', (visitor) => visitor.weidu(person.username, person.password));
    if (visit?.token === undefined) return this.#note('login', visit?.heard);
    noteSecret(visit.token);
    this.#live.push(visit.token);
    this.#acknowledge('sign-in.password');
  }

  async #check(): Promise<void> {
    const [token] = someOf(this.#live, 1);
    if (token === undefined) return new Promise((resolve) => void setImmediate(resolve));
    const answer = await this.#visit('check', (visitor) => visitor.introspect(token));
    if (answer !== undefined && !answer.active && !this.#revoked.includes(token))
      this.mishaps.push({ act: 'check', got: 'inactive', at: performance.now(), tookMs: 0 });
  }

  /** Signs out, and asks the other server until it knows. */
  async #revoke(): Promise<void> {
    const index = randomInt(Math.max(1, this.#live.length));
    const [token] = this.#live.length < FEW ? [] : this.#live.splice(index, 1);
    if (token === undefined) return new Promise((resolve) => void setImmediate(resolve));
    this.#revoked.push(token);
    const headers = { authorization: `Bearer ${token}` };
    const heard = await this.#talk('revocation', () =>
      talk(this.#port, { path: '/weidu/api/v1/users/logout', headers }),
    );
    if (heard?.status === 200) this.#acknowledge('sign-out');
    // Nobody knows whether it came to pass.
    else this.#revoked.pop();
  }

  /** Five wrong guesses at somebody of its own: the sixth finds the door locked. */
  async #lockSomebody(): Promise<void> {
    const person = { username: aUsername(), password: aPassword() };
    let wrong = 0;
    for (let guess = 0; guess < FAILURES && !this.#isOver; guess += 1) {
      const visit = await this.#visit('guess', (visitor) => visitor.weidu(person.username, 'not-this-password'));
      if (visit?.code === 40013) wrong += 1;
    }
    if (wrong === FAILURES) this.#locked.push({ ...person, at: performance.now() });
  }

  async #missing(): Promise<readonly string[]> {
    const rows = await this.#fleet.database.ask("select key from identifiers where kind = 'username'");
    const there = new Set(rows.map(({ key }) => String(key)));
    return this.#people.map(({ username }) => username).filter((username) => !there.has(username));
  }

  async #refusedCodes(port: number): Promise<readonly string[]> {
    const heard = await Promise.all(
      this.#codes.map((mobile) =>
        talkJson(port, '/weidu/api/v1/users/mobile/login', { mobile, sms_code: this.#fleet.messages.codeFor(mobile) }),
      ),
    );
    return heard.filter(({ body }) => !body.startsWith('{"code":200')).map(({ body }) => body);
  }

  async #open(visitor: Visitor): Promise<readonly string[]> {
    const recent = this.#locked.filter(({ at }) => performance.now() - at < STILL_LOCKED_MS).slice(-10);
    const visits = await Promise.all(recent.map(({ username, password }) => visitor.weidu(username, password)));
    return visits.filter(({ code }) => code !== 40021).map(({ heard }) => heard.body);
  }

  async #missingEvents(): Promise<Record<string, number>> {
    const rows = await this.#fleet.database.ask(
      "select act, count(*)::int as count from audit_events where outcome = 'success' group by act",
    );
    const kept = new Map(rows.map(({ act, count }) => [String(act), Number(count)]));
    const missing = Object.entries(this.#acknowledged).map(([act, count]): [string, number] => [
      act,
      count - (kept.get(act) ?? 0),
    ]);
    return Object.fromEntries(missing.filter(([, count]) => count > 0));
  }

  #acknowledge(act: string): void {
    this.#acknowledged[act] = (this.#acknowledged[act] ?? 0) + 1;
  }

  #visit<T>(act: string, call: (visitor: Visitor) => Promise<T>): Promise<T | undefined> {
    return this.#talk(act, () => call(new Visitor(this.#port, this.#fleet.app)));
  }

  /** Undefined when there was no proper answer. */
  async #talk<T>(act: string, call: () => Promise<T>): Promise<T | undefined> {
    const startedAt = performance.now();
    try {
      const answer = await call();
      if (isHeard(answer) && answer.status >= 502) throw new Error(`${answer.status}`);
      this.answered[act] = (this.answered[act] ?? 0) + 1;
      (this.tookMs[act] ??= []).push(performance.now() - startedAt);
      return answer;
    } catch (error) {
      this.mishaps.push({ act, got: String(error), at: startedAt, tookMs: performance.now() - startedAt });
      return undefined;
    }
  }

  #isSaid(heard: Heard, act: string, pattern: RegExp): boolean {
    const isSo = pattern.test(heard.body);
    if (!isSo) this.#note(act, heard);
    return isSo;
  }

  #note(act: string, heard: Heard | undefined): void {
    if (heard !== undefined)
      this.mishaps.push({ act, got: `${heard.status} ${heard.body}`, at: performance.now(), tookMs: 0 });
  }
}

/** What became of each token, a few at a time. */
async function liveOf(tokens: readonly string[], visitor: Visitor): Promise<readonly boolean[]> {
  const [left, live] = [[...tokens], [] as boolean[]];
  const ask = async (): Promise<void> => {
    const token = left.pop();
    if (token !== undefined) live.push(await visitor.isLive(token));
  };
  await Promise.all(crew(CHECKED_AT_ONCE, () => left.length === 0, ask));
  return live;
}

const isHeard = (answer: unknown): answer is Heard =>
  typeof answer === 'object' && answer !== null && 'status' in answer;
