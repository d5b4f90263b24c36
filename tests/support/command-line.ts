// The real program for a test: run once with arguments and input, or started as a server.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Readable, Writable } from 'node:stream';
import { dirname, join } from 'node:path';

import { onTestFinished } from 'vitest';

import { run as runHere } from '#cli';
import type { JsonObject } from '#core';

import { newFolder, noteSecret } from './run-folder.ts';

const PROGRAM = join(import.meta.dirname, '../../bin/understudy');

/** How a run ended. */
export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** What is special about a run. */
export interface RunOptions {
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
}

/** Nothing of the machine's own settings, and the Node that runs the tests. */
function environment(given: RunOptions['env'] = {}): Record<string, string> {
  return { PATH: `${dirname(process.execPath)}:/usr/bin:/bin`, HOME: '/nonexistent', ...given };
}

function start(words: readonly string[], env: RunOptions['env']): ChildProcessWithoutNullStreams {
  return spawn(PROGRAM, words, { env: environment(env), cwd: newFolder('data') });
}

/** Runs the program to its end, in a process of its own. */
export async function run(words: readonly string[], { input = '', env }: RunOptions = {}): Promise<Run> {
  const child = start(words, env);
  const [out, err] = [[] as Buffer[], [] as Buffer[]];
  child.stdout.on('data', (part: Buffer) => out.push(part));
  child.stderr.on('data', (part: Buffer) => err.push(part));
  // It may have seen enough before it has read everything.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() };
}

/** Keeps what is written to it. */
class Collected extends Writable {
  readonly #parts: Buffer[] = [];

  get text(): string {
    return Buffer.concat(this.#parts).toString();
  }

  override _write(part: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#parts.push(part);
    done();
  }
}

/** The operator of one data directory. */
export class CommandLine {
  readonly dataDir: string;
  readonly env: Readonly<Record<string, string>>;

  constructor(env: Readonly<Record<string, string>> = {}, dataDir: string = newFolder('data')) {
    this.dataDir = dataDir;
    this.env = env;
  }

  /** Runs a command on the data directory, in this process: the program without its start-up. */
  async run(words: readonly string[], input: string | Uint8Array = ''): Promise<Run> {
    const [stdout, stderr] = [new Collected(), new Collected()];
    const stdin = Readable.from([Buffer.from(input as Uint8Array)]);
    const code = await runHere([...words, '--data', this.dataDir], { stdin, stdout, stderr, environment: this.env });
    return { code, out: stdout.text, err: stderr.text };
  }

  /** Runs a command that must succeed; what it prints as JSON. */
  async json(words: readonly string[], input: string | Uint8Array = ''): Promise<JsonObject> {
    const { code, out, err } = await this.run([...words, '--json'], input);
    if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}: ${err}`);
    return JSON.parse(out) as JsonObject;
  }

  /** Creates an account with a password. */
  async addAccount(options: readonly string[], password: string): Promise<JsonObject> {
    noteSecret(password);
    return this.json(['account', 'add', ...options, '--password-stdin'], password);
  }

  /** Starts a server on a free port; it is stopped when the test is over. */
  async serve(words: readonly string[] = []): Promise<ServedProcess> {
    const child = start(['serve', '--port', '0', '--data', this.dataDir, ...words], this.env);
    const served = new ServedProcess(child);
    onTestFinished(async () => void (await served.stop('SIGKILL')));
    await served.isListening();
    return served;
  }
}

/** A server that runs in a process of its own. */
export class ServedProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: string[] = [];
  readonly #ended: Promise<number | null>;
  readonly #listening: Promise<string>;

  constructor(child: ChildProcessWithoutNullStreams) {
    this.#child = child;
    this.#ended = once(child, 'close').then(([code]) => code as number | null);
    let complaint = '';
    child.stderr.on('data', (part: Buffer) => (complaint += part.toString()));
    this.#listening = new Promise((resolve, reject) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        this.#lines.push(line);
        const url = /"url":"(?<url>http:[^"]+)"/.exec(line)?.groups?.['url'];
        if (url !== undefined) resolve(url);
      });
      void this.#ended.then((code) => reject(new Error(`the server ended with ${code}: ${complaint}`)));
    });
    // Whoever waits for it is told; nobody has to.
    this.#listening.catch(() => undefined);
  }

  async isListening(): Promise<string> {
    return this.#listening;
  }

  /** Everything it has printed, without the log. */
  get printed(): readonly string[] {
    return this.#lines.filter((line) => !line.startsWith('{'));
  }

  /** Sends a signal and waits for the end; the exit code. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    this.#child.kill(signal);
    return this.#ended;
  }

  /** Posts JSON and reads JSON. */
  async post(path: string, body: unknown): Promise<JsonObject> {
    const response = await fetch(`${await this.#listening}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return (await response.json()) as JsonObject;
  }

  /** Whether the password signs the account in (through weidu's login). */
  async signsIn(login: string, password: string): Promise<boolean> {
    return (await this.post('/weidu/api/v1/users/login', { login_id: login, password }))['code'] === 200;
  }
}
