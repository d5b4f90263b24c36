// Two servers in processes of their own, on one PostgreSQL and one set of keys, behind nginx as our sample sets it up.
import { ChildServer, understudy } from '#tests/support/child-server';
import { freePort } from '#tests/support/free-port';
import { MessageDouble } from '#tests/support/message-double';
import { FreshDatabase } from '#tests/support/postgres';
import { type Proxy, startNginx } from '#tests/support/proxy';
import { newFolder, noteSecret } from '#tests/support/run-folder';
import type { AppKey } from '#tests/support/visitor';
import { onTestFinished } from 'vitest';

/** Load comes from few addresses and few people, so that only the accounts' own budgets may speak. */
const SETTINGS = {
  trustedProxies: '127.0.0.1',
  insecureHttp: 'true',
  shutdownDelaySeconds: '2',
  'budgets.names.failures': '1000000',
  'budgets.source.failures': '1000000',
  'budgets.subnet.failures': '1000000',
  'codes.source.perHour': '1000',
  'codes.subnet.perHour': '1000',
  'dialects.shopxo.captcha': 'never',
  'dialects.weidu.captcha': 'never',
  'log.level': 'info',
  'registration.source.perHour': '1000000',
  'registration.subnet.perHour': '1000000',
  'sessions.maxPerAccount': '10000',
};

export type Which = 0 | 1;

/** Both servers, what stands before and behind them, and their operator. */
export class Fleet {
  readonly app: AppKey;
  readonly database: FreshDatabase;
  readonly messages: MessageDouble;
  readonly nginx: Proxy;
  readonly #surroundings: { readonly dataDir: string; readonly env: Record<string, string> };
  readonly #servers: [ChildServer, ChildServer];

  private constructor(parts: Parts & { nginx: Proxy; servers: [ChildServer, ChildServer] }) {
    this.app = parts.app;
    this.database = parts.database;
    this.messages = parts.messages;
    this.nginx = parts.nginx;
    this.#surroundings = parts.surroundings;
    this.#servers = parts.servers;
  }

  /** Everything is gone when the test is over. `more` are variables for the servers. */
  static async raise(more: Readonly<Record<string, string>> = {}): Promise<Fleet> {
    const [database, messages] = [await FreshDatabase.make(), new MessageDouble()];
    onTestFinished(() => database.drop());
    onTestFinished(() => messages.close());
    const settings = { ...SETTINGS, ...(await messages.open()), databaseUrl: database.url };
    const surroundings = { dataDir: newFolder('data'), env: { ...asVariables(settings), ...more } };
    const { out } = await understudy(['app', 'add', 'fleet', '--json'], surroundings);
    const { signature } = JSON.parse(out) as AppKey;
    noteSecret(signature);
    const ports = [await freePort(), await freePort()] as const;
    const servers: [ChildServer, ChildServer] = [
      await serve(ports[0], surroundings),
      await serve(ports[1], surroundings),
    ];
    const nginx = await startNginx({ servers: [...ports] });
    onTestFinished(() => nginx.stop());
    return new Fleet({ app: { id: 'fleet', signature }, database, messages, surroundings, servers, nginx });
  }

  server(which: Which): ChildServer {
    return this.#servers[which];
  }

  /** Stops one in good order and starts it again; the code it ended with. */
  async restart(which: Which): Promise<number | null> {
    const { code } = await this.#servers[which].stop();
    await this.start(which);
    return code;
  }

  /** Starts one that has ended, where it was. */
  async start(which: Which): Promise<void> {
    this.#servers[which] = await serve(this.#servers[which].port, this.#surroundings);
  }

  /** Runs a command of the operator. @throws Error when it fails */
  async order(...words: readonly string[]): Promise<string> {
    const { code, out, err } = await understudy(words, this.#surroundings);
    if (code !== 0) throw new Error(`${words.join(' ')}: ${err}${out}`);
    return out;
  }
}

interface Parts {
  readonly app: AppKey;
  readonly database: FreshDatabase;
  readonly messages: MessageDouble;
  readonly surroundings: { readonly dataDir: string; readonly env: Record<string, string> };
}

const serve = (port: number, surroundings: Parts['surroundings']): Promise<ChildServer> =>
  ChildServer.start(['--port', String(port)], surroundings);

/** `{ 'log.level': 'info' }` as the environment has it. */
function asVariables(settings: Readonly<Record<string, unknown>>): Record<string, string> {
  const nameOf = (key: string): string =>
    key
      .replaceAll(/([A-Z])/g, '_$1')
      .replaceAll('.', '_')
      .toUpperCase();
  return Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [`UNDERSTUDY_${nameOf(key)}`, String(value)]),
  );
}
