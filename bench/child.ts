// Programs the bench starts: servers that tell where they listen, and commands that end by themselves.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';

/** A script and its words. */
export interface Program {
  readonly script: string;
  readonly words: readonly string[];
  /** Options of Node itself. */
  readonly nodeOptions?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Ends it at once, however far it has come. */
  readonly abort: AbortSignal;
}

const START_MS = 20_000;
const STOP_MS = 10_000;

/** A server in a process of its own. It ends with the bench: its standard input is a pipe that closes then. */
export class ServerProcess {
  readonly port: number;
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess, port: number) {
    this.#process = process;
    this.port = port;
  }

  /** Starts it and waits for the line of JSON in which it says its `url`. */
  static async start(program: Program): Promise<ServerProcess> {
    const child = launch(program);
    try {
      const url = await Promise.race([urlFrom(child.stdout), late(child)]);
      return new ServerProcess(child, Number(new URL(url).port));
    } catch (reason) {
      child.kill('SIGKILL');
      throw reason;
    }
  }

  /** Its process. */
  get id(): number {
    return this.#process.pid ?? 0;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Ends it without a word. */
  async kill(): Promise<void> {
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await ended;
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGTERM');
    const giveUp = setTimeout(() => this.#process.kill('SIGKILL'), STOP_MS);
    await ended;
    clearTimeout(giveUp);
  }
}

/** Runs a command to its end; what it printed. @throws Error when it failed */
export async function runToEnd(program: Program): Promise<string> {
  const child = launch(program);
  child.stdin.end();
  const printed: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => printed.push(chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${program.words.join(' ')} ended with ${code}`);
  return Buffer.concat(printed).toString('utf8');
}

/** A session of its own, as a service manager gives each service: schedulers weigh priorities within it. */
function launch({
  script,
  words,
  nodeOptions = [],
  environment = {},
  abort,
}: Program): ChildProcess & { readonly stdin: Writable; readonly stdout: Readable } {
  const options = ['--disable-warning=ExperimentalWarning', ...nodeOptions];
  const child = spawn(process.execPath, [...options, script, ...words], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
    env: { ...process.env, ...environment },
    signal: abort,
    killSignal: 'SIGKILL',
  });
  // Whoever waits for it hears of its end.
  return child.on('error', () => undefined);
}

async function urlFrom(stdout: Readable): Promise<string> {
  const lines = createInterface({ input: stdout });
  // What is printed later is read and thrown away: a full pipe would hold the server up.
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  lines.on('line', (line) => {
    const url = /"url":"([^"]+)"/.exec(line)?.[1];
    if (url !== undefined) resolve(url);
  });
  lines.once('close', () => reject(new Error('the server ended before it listened')));
  return promise;
}

async function late(child: ChildProcess): Promise<never> {
  await pause(START_MS, undefined, { ref: false });
  throw new Error(`process ${child.pid} did not say where it listens`);
}
