// Sets the two sides up: the bare server, and Understudy with people, an app and, where wanted, sessions.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Program, runToEnd, ServerProcess } from './child.ts';
import { importLines, makePeople, type Person } from './people.ts';

/** The people, and the file both sides know them by. */
export interface Population {
  readonly people: readonly Person[];
  readonly file: string;
}

/** An app of the server, as it proves itself. */
export interface AppKey {
  readonly id: string;
  readonly signature: string;
}

const script = (name: string): string => join(import.meta.dirname, name);
const CLI = join(import.meta.dirname, '..', 'src', 'cli', 'understudy.ts');

/** Opens servers in a folder of its own, and takes everything down again. */
export class Rig {
  readonly #folder = mkdtempSync(join(tmpdir(), 'understudy-bench-'));
  readonly #servers: ServerProcess[] = [];
  readonly #nodeOptions: readonly string[];
  readonly #abort = new AbortController();
  #stores = 0;

  /** `nodeOptions` are for Understudy's process: `--cpu-prof` shows where its time goes. */
  constructor(nodeOptions: readonly string[] = []) {
    this.#nodeOptions = nodeOptions;
  }

  /** The processes of the servers. */
  get processes(): readonly number[] {
    return this.#servers.map(({ id }) => id);
  }

  async populate(count: number): Promise<Population> {
    const people = await makePeople(count);
    const file = join(this.#folder, 'people.jsonl');
    writeFileSync(file, importLines(people));
    return { people, file };
  }

  async startBare({ file }: Population): Promise<ServerProcess> {
    return this.#start({ script: script('bare-server.ts'), words: [file] });
  }

  /** Understudy as a new installation has it, but for what `environment` says. */
  async startUnderstudy(
    { file }: Population,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<{ readonly server: ServerProcess; readonly app: AppKey }> {
    const folder = this.newFolder();
    const data = ['--data', folder];
    await this.run(['account', 'import', file, ...data]);
    const app = JSON.parse(await this.run(['app', 'add', 'bench', '--json', ...data])) as AppKey;
    return { server: await this.serve(folder, environment), app };
  }

  /** Understudy on data that is there already. */
  async serve(dataDir: string, environment: Readonly<Record<string, string>>): Promise<ServerProcess> {
    const words = ['serve', '--port', '0', '--data', dataDir];
    return this.#start({ script: script('understudy-server.ts'), words, nodeOptions: this.#nodeOptions, environment });
  }

  /** A place for files that goes with the rig. */
  newFolder(): string {
    this.#stores += 1;
    const folder = join(this.#folder, `data-${this.#stores}`);
    mkdirSync(folder, { mode: 0o700 });
    return folder;
  }

  /** Runs a command of Understudy's to its end; what it printed. `killed` ends it with SIGKILL. */
  run(words: readonly string[], killed?: AbortSignal): Promise<string> {
    const abort = AbortSignal.any([this.#abort.signal, ...(killed ? [killed] : [])]);
    return runToEnd({ script: CLI, words, abort });
  }

  async close(): Promise<void> {
    await Promise.all(this.#servers.map((server) => server.stop()));
    // What is still on its way where the measurement was cut short.
    this.#abort.abort();
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 3 });
  }

  async #start(program: Omit<Program, 'abort'>): Promise<ServerProcess> {
    const server = await ServerProcess.start({ ...program, abort: this.#abort.signal });
    this.#servers.push(server);
    return server;
  }
}
