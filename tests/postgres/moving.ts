// A store full of people that is about to move: a server on it, an operator beside it, and a witness of all that was acknowledged.
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { loadConfig } from '#config';
import { importAccount, readAccountRecord, Refusal, sealAudit, Secret } from '#core';
import { type House, openHouse } from '#main';
import { onTestFinished } from 'vitest';

import { crew } from '../chaos/world.ts';
import { ChildServer, plainEnvironment, understudy } from '../support/child-server.ts';
import { aPassword, aUsername } from '../support/people.ts';
import { newFolder, noteSecret } from '../support/run-folder.ts';
import { type AppKey, Visitor } from '../support/visitor.ts';
import { soon } from './soon.ts';

const LAUNCHER = join(import.meta.dirname, '../../bin/understudy');
const AUDIT = { outcome: 'success', source: 'cli' } as const;
/** By then what was written has settled, and may be sealed. */
const LATER_MS = 3_600_000;
const IMPORTED_AT_ONCE = 100;
const BETWEEN_MS = 20;

/** What was acknowledged, and must be so afterwards. */
class Witness {
  readonly live = new Set<string>();
  readonly ended: string[] = [];
  readonly registered: string[] = [];
  readonly removed: string[] = [];
  /** Answers that were neither a yes nor a plea for patience. */
  readonly odd: string[] = [];
  busy = 0;
}

/** What the witness says when all is well. */
export const AS_ACKNOWLEDGED = {
  deadTokens: [] as readonly string[],
  risenTokens: [] as readonly string[],
  lostAccounts: [] as readonly string[],
  risenAccounts: [] as readonly string[],
  odd: [] as readonly string[],
  wasBusy: true,
};

/** How a move ended. */
export interface Moved {
  readonly code: number | null;
  readonly err: string;
  readonly isResumed?: boolean;
  readonly to?: string;
}

/** People at work. */
interface Bustle {
  /** Resolves when everybody has stopped. */
  end(): Promise<void>;
}

/** Signing in takes a hash: of so many it is tried. */
const SIGNED_IN = 20;

/** One store, its server and its operator. */
export class MovingStore {
  readonly dataDir = newFolder('data');
  readonly witness = new Witness();
  readonly databaseUrl: string;
  readonly #password = aPassword();
  readonly #people: string[] = [];
  #hash = '';
  #house!: House;
  #app!: AppKey;
  server!: ChildServer;

  /** @param databaseUrl where it is; a file in its folder otherwise */
  constructor(databaseUrl?: string) {
    this.databaseUrl = databaseUrl ?? this.fileUrl;
  }

  get fileUrl(): string {
    return `sqlite:${join(this.dataDir, 'understudy.db')}`;
  }

  /** Fills it and serves it. */
  async begin(people: number): Promise<void> {
    const config = loadConfig({
      flags: { dataDir: this.dataDir, databaseUrl: this.databaseUrl },
      env: {},
      dialects: [],
    });
    this.#house = await openHouse(config, 'tool');
    onTestFinished(() => this.#house.close());
    const place = await this.#house.passwords.enter();
    this.#hash = await place.hash(new Secret(this.#password));
    place.leave();
    while (this.#people.length < people)
      this.#people.push(...(await Promise.all(Array.from({ length: IMPORTED_AT_ONCE }, () => this.#create()))));
    const { out } = await understudy(['app', 'add', 'mover', '--json'], { dataDir: this.dataDir, env: this.env() });
    this.#app = { id: 'mover', signature: (JSON.parse(out) as AppKey).signature };
    noteSecret(this.#app.signature);
    await this.#sealTrail();
    this.server = await this.serve(this.databaseUrl);
  }

  env(databaseUrl = this.databaseUrl): Readonly<Record<string, string>> {
    return {
      UNDERSTUDY_DATABASE_URL: databaseUrl,
      UNDERSTUDY_DIALECTS_SHOPXO_CAPTCHA: 'never',
      UNDERSTUDY_SESSIONS_MAX_PER_ACCOUNT: '10000',
    };
  }

  serve(databaseUrl: string): Promise<ChildServer> {
    return ChildServer.start([], { dataDir: this.dataDir, env: this.env(databaseUrl) });
  }

  visitorOf(server: ChildServer): Visitor {
    return new Visitor(server.port, this.#app);
  }

  /** Everybody at their work, from the first acknowledgements on. */
  async bustle(): Promise<Bustle> {
    let isOver = false;
    const workers = [
      ...crew(
        4,
        () => isOver,
        () => this.#signIn(),
      ),
      ...crew(
        1,
        () => isOver,
        () => this.#orBusy(() => this.#register()),
      ),
      ...crew(
        1,
        () => isOver,
        () => this.#orBusy(() => this.#revoke()),
      ),
      ...crew(
        1,
        () => isOver,
        () => this.#orBusy(() => this.#remove()),
      ),
    ];
    const { ended, removed } = this.witness;
    await soon(() => ended.length > 0 && removed.length > 0);
    return {
      async end() {
        isOver = true;
        await Promise.all(workers);
      },
    };
  }

  get somebody(): string {
    return this.#people[0] ?? '';
  }

  /** A sign-in at any server. */
  async visit(server: ChildServer, username: string): ReturnType<Visitor['shopxo']> {
    return this.visitorOf(server).shopxo(username, this.#password);
  }

  /** Starts the move and kills it, with SIGKILL, as soon as it has come so far. */
  async killMoving(words: readonly string[], isTime: () => Promise<unknown>): Promise<void> {
    const env = plainEnvironment({ UNDERSTUDY_DATA_DIR: this.dataDir, ...this.env() });
    const child = spawn('/bin/sh', [LAUNCHER, 'move', ...words], { cwd: this.dataDir, env });
    const ended = once(child, 'exit');
    await isTime();
    child.kill('SIGKILL');
    await ended;
  }

  /** Lets it come to its end; what it printed as JSON, if it did. */
  async move(words: readonly string[]): Promise<Moved> {
    const surroundings = { dataDir: this.dataDir, env: this.env() };
    const { code, out, err } = await understudy(['move', ...words, '--json'], surroundings);
    return { code, err, ...(out === '' ? {} : (JSON.parse(out) as { isResumed: boolean; to: string })) };
  }

  /** What of all that was acknowledged does not hold at the server, and what was answered amiss. */
  async asAcknowledged(server: ChildServer): Promise<typeof AS_ACKNOWLEDGED> {
    const { live, ended, registered, removed, odd, busy } = this.witness;
    const visitor = this.visitorOf(server);
    const signsIn = async (username: string): Promise<boolean> =>
      (await this.visit(server, username)).token !== undefined;
    return {
      deadTokens: await among([...live], async (token) => !(await visitor.isLive(token))),
      risenTokens: await among(ended, (token) => visitor.isLive(token)),
      lostAccounts: await among(registered.slice(-SIGNED_IN), async (username) => !(await signsIn(username))),
      risenAccounts: await among(removed.slice(-SIGNED_IN), signsIn),
      odd,
      wasBusy: busy > 0,
    };
  }

  /** The exit code of `audit verify`. */
  async verifyTrail(databaseUrl: string): Promise<number | null> {
    const { code, out } = await understudy(['audit', 'verify'], { dataDir: this.dataDir, env: this.env(databaseUrl) });
    if (!/intact: [1-9]\d{3,} rows/.test(out)) throw new Error(`there is hardly a trail: ${out}`);
    return code;
  }

  close(): Promise<void> {
    return this.#house.close();
  }

  async #signIn(): Promise<void> {
    const username = this.#people[randomInt(this.#people.length)] ?? '';
    const { token, says, heard } = await this.visit(this.server, username);
    if (token !== undefined) {
      noteSecret(token);
      this.witness.live.add(token);
    } else if (heard.headers['retry-after'] !== undefined && says.includes('繁忙')) this.witness.busy += 1;
    else this.witness.odd.push(heard.body);
  }

  async #create(): Promise<string> {
    const username = aUsername();
    const { clock, passwords, passwordHashes, passwordPolicy, randomness, stores, vault } = this.#house;
    const deps = { ...stores, clock, passwords, passwordHashes, passwordPolicy, randomness, vault };
    await importAccount(deps)(readAccountRecord({ username, passwordHash: this.#hash }, 'main'));
    return username;
  }

  async #register(): Promise<void> {
    this.witness.registered.push(await this.#create());
  }

  /** A token is live until its end is acknowledged. */
  async #revoke(): Promise<void> {
    const [token] = this.witness.live;
    if (token === undefined) return;
    const { clock, digests, stores } = this.#house;
    const audit = { ...AUDIT, at: clock.now(), act: 'session.revoke' };
    await stores.sessions.revoke(digests.ofToken(token), audit);
    this.witness.live.delete(token);
    this.witness.ended.push(token);
  }

  async #remove(): Promise<void> {
    const [username] = this.witness.registered;
    if (username === undefined) return;
    const { clock, stores } = this.#house;
    const id = await stores.accounts.holder('main', { kind: 'username', key: username });
    if (id === undefined) throw new Error('a registered account is gone');
    await stores.accounts.remove(id, { ...AUDIT, at: clock.now(), act: 'account.remove' });
    this.witness.registered.shift();
    this.witness.removed.push(username);
  }

  /** Not so often that nothing is left for the others. */
  async #orBusy(work: () => Promise<void>): Promise<void> {
    await pause(BETWEEN_MS);
    try {
      await work();
    } catch (reason) {
      if (!(reason instanceof Refusal && reason.code === 'server.busy')) throw reason;
      this.witness.busy += 1;
    }
  }

  async #sealTrail(): Promise<void> {
    const { clock, digests, stores } = this.#house;
    await sealAudit({ audit: stores.audit, clock: { now: () => clock.now() + LATER_MS }, digests })();
  }
}

/** Those for which it is so. */
async function among(all: readonly string[], isSo: (each: string) => Promise<boolean>): Promise<readonly string[]> {
  const found: string[] = [];
  for (const each of all) if (await isSo(each)) found.push(each);
  return found;
}
