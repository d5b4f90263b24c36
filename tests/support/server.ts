// A real server for a test: real storage in a folder of its own, real sockets, the log at debug level in a file.
import { join } from 'node:path';

import { loadConfig } from '#config';
import {
  type Account,
  createAccount,
  type Courier,
  createApp,
  type JsonObject,
  readAccountRecord,
  setEndpoint,
  changeStatus,
  Secret,
} from '#core';
import { DIALECTS, type House, openHouse, type RunningServer, serve } from '#main';
import type { Dialect } from '#wire';
import { type DestinationStream, pino } from 'pino';

import { engineSettings } from './engine.ts';
import { newFolder, noteSecret } from './run-folder.ts';
import { NotedRandomness, PATIENT_MS, realTimer, TestClock } from './test-machine.ts';

/** What may differ from an ordinary server. */
export interface ServerOptions {
  /** Settings by dotted key: `{ 'dialects.nobase.policy': 'strict' }`. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Dialects besides our own. */
  readonly dialects?: readonly Dialect[];
  /** The data of an earlier server. */
  readonly dataDir?: string;
  readonly clock?: TestClock;
  /** Carries messages instead of those that are configured. */
  readonly couriers?: Courier;
}

/** An application as a test wants it. */
export interface AppWish {
  readonly id?: string;
  readonly signature?: string;
  readonly allowsGet?: boolean;
  readonly demandsToken?: boolean;
  readonly origins?: readonly string[];
  readonly realm?: string;
}

/** A running server and the hands of its operator. */
export class TestServer {
  readonly clock: TestClock;
  readonly dataDir: string;
  readonly house: House;
  readonly logFile: string;
  readonly #running: RunningServer;

  constructor(parts: { clock: TestClock; dataDir: string; house: House; logFile: string; running: RunningServer }) {
    this.clock = parts.clock;
    this.dataDir = parts.dataDir;
    this.house = parts.house;
    this.logFile = parts.logFile;
    this.#running = parts.running;
  }

  /** Without a trailing slash. */
  get url(): string {
    return this.#running.url;
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  /** Names of all endpoints. */
  get endpoints(): readonly string[] {
    return this.#running.endpoints;
  }

  /** Makes an account from what a line of an import file would say. */
  async addAccount(record: JsonObject): Promise<Account> {
    const { passwordPolicy, passwordHashes, ...house } = this.house;
    const { password, idNumber } = record;
    for (const secret of [password, idNumber]) if (typeof secret === 'string') noteSecret(secret);
    const deps = { ...house, accounts: house.stores.accounts, passwordPolicy, passwordHashes };
    const { draft, credential } = readAccountRecord(record, 'main');
    return createAccount(deps)({ draft, credential });
  }

  /** Registers an app; its signature. */
  async addApp({ id = 'app-1', signature, ...wish }: AppWish = {}): Promise<{
    readonly id: string;
    readonly signature: string;
  }> {
    const { clock, digests, randomness, stores } = this.house;
    const { realm = 'main', origins = [], allowsGet = true, demandsToken = true } = wish;
    const command = { id, name: id, realm, origins, allowsGet, demandsToken, sessionLifeSeconds: null };
    const made = await createApp({ apps: stores.apps, clock, digests, randomness })(
      signature === undefined ? command : { ...command, signature: new Secret(signature) },
    );
    noteSecret(made.signature.reveal());
    return { id, signature: made.signature.reveal() };
  }

  /** Opens or closes an endpoint, as the operator would. */
  async switchEndpoint(endpoint: string, isOpen: boolean): Promise<void> {
    const { clock, stores } = this.house;
    await setEndpoint({ clock, endpoints: stores.endpoints, known: this.endpoints })({ endpoint, isOpen });
  }

  async setStatus(account: Account, status: Account['status']): Promise<void> {
    const { clock, stores } = this.house;
    await changeStatus({ accounts: stores.accounts, clock })({ accountId: account.id, status });
  }

  async close(): Promise<void> {
    await this.#running.close();
  }
}

/** Starts a server on a free port of the loopback address. */
export async function startServer({
  settings = {},
  dialects = [],
  dataDir = newFolder('data'),
  clock = new TestClock(),
  couriers,
}: ServerOptions = {}): Promise<TestServer> {
  const all = [...DIALECTS, ...dialects];
  const config = loadConfig({
    flags: { port: 0, dataDir, 'kdf.waitMs': PATIENT_MS, ...(await engineSettings(dataDir)), ...settings },
    env: {},
    dialects: all,
  });
  const logFile = join(newFolder('log'), 'server.log');
  const log: DestinationStream = pino.destination({ dest: logFile, sync: true });
  const machine = { clock, timer: realTimer, randomness: new NotedRandomness() };
  const opened = await openHouse(config, 'server', machine);
  const house = { ...opened, ...(couriers && { couriers }) };
  const running = await serve({ house, dialects: all, log: pino({ level: 'debug' }, log) });
  return new TestServer({ clock, dataDir, house, logFile, running });
}
