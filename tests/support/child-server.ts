// The program as an operator starts it: `bin/understudy` in a process of its own, with a data folder and a port of its own.
import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

import { onTestFinished } from 'vitest';

import { newFolder } from './run-folder.ts';

/** How a process ended, and what it had printed. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

/** Where and how the program runs. */
export interface Surroundings {
  /** The data of an earlier process; a fresh folder otherwise. */
  readonly dataDir?: string;
  /** Settings by variable: `{ UNDERSTUDY_LOG_LEVEL: 'info' }`. */
  readonly env?: Readonly<Record<string, string>>;
  /** The folder it is started in; the data folder otherwise. */
  readonly cwd?: string;
}

/** A line of the server's log. */
export interface LogLine {
  readonly msg: string;
  readonly url?: string;
  readonly endpoint?: string;
  readonly status?: number;
}

/** The launcher of this checkout. */
const LAUNCHER = join(import.meta.dirname, '../../bin/understudy');

/** A heap so small that garbage cannot pile up in it: what a process still grows by, it keeps. */
export const SMALL_HEAP = { NODE_OPTIONS: '--max-old-space-size=64 --max-semi-space-size=4' };

const PATIENCE_MS = 30_000;

/** The environment of a process that inherits nothing from the test run but its Node. */
export function plainEnvironment(env: Readonly<Record<string, string>> = {}): Record<string, string> {
  const { PATH = '', HOME = '/tmp', LANG = 'C.UTF-8' } = process.env;
  return { PATH: [dirname(process.execPath), PATH].join(delimiter), HOME, LANG, ...env };
}

function launch(
  args: readonly string[],
  { dataDir, cwd, env = {} }: Surroundings & { readonly dataDir: string },
): ChildProcessWithoutNullStreams {
  const variables = plainEnvironment({ UNDERSTUDY_DATA_DIR: dataDir, ...env });
  return spawn('/bin/sh', [LAUNCHER, ...args], { cwd: cwd ?? dataDir, env: variables });
}

/** Runs one command to its end; one that does not come to it is killed. */
export async function understudy(
  args: readonly string[],
  { input = '', ...surroundings }: Surroundings & { readonly input?: string } = {},
): Promise<Ended> {
  const child = launch(args, { ...surroundings, dataDir: surroundings.dataDir ?? newFolder('data') });
  const listener = new Listener(child);
  const patience = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  child.stdin.on('error', () => undefined).end(input);
  return listener.ended.finally(() => clearTimeout(patience));
}

/** Keeps what a process prints: JSON lines are its log, everything else is meant for people. */
class Listener extends EventEmitter<{ more: [] }> {
  readonly ended: Promise<Ended>;
  readonly log: LogLine[] = [];
  hasEnded = false;
  readonly #logFile = join(newFolder('log'), 'child.log');
  #out = '';
  #err = '';
  #rest = '';
  #printed = '';

  constructor(child: ChildProcessWithoutNullStreams) {
    super();
    child.stdout.setEncoding('utf8').on('data', (text: string) => this.#hear(text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.#err += text));
    this.ended = once(child, 'close').then((how) => {
      this.hasEnded = true;
      this.emit('more');
      const [code, signal] = how as [number | null, NodeJS.Signals | null];
      return { code, signal, out: this.#out, err: this.#err };
    });
  }

  /** Complete lines that are no log. */
  get printed(): string {
    return this.#printed;
  }

  /** Everything, for whoever has to find out what went wrong. */
  get said(): string {
    return this.#err + this.#out;
  }

  #hear(text: string): void {
    this.#out += text;
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#sort(line);
    this.emit('more');
  }

  #sort(line: string): void {
    // What a command prints as JSON is meant for its operator, and may show a secret once.
    if (!line.startsWith('{"level":')) {
      this.#printed += `${line}\n`;
      return;
    }
    appendFileSync(this.#logFile, `${line}\n`);
    this.log.push(JSON.parse(line) as LogLine);
  }
}

/** A server in a process of its own. */
export class ChildServer {
  readonly dataDir: string;
  /** From the launcher's first instruction to the first line that says it listens. */
  readonly startedInMs: number;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #listener: Listener;
  readonly #url: string;

  private constructor(parts: {
    child: ChildProcessWithoutNullStreams;
    dataDir: string;
    listener: Listener;
    startedInMs: number;
    url: string;
  }) {
    this.dataDir = parts.dataDir;
    this.startedInMs = parts.startedInMs;
    this.#child = parts.child;
    this.#listener = parts.listener;
    this.#url = parts.url;
  }

  /** Starts `bin/understudy serve` on a free port and waits until it listens. It is gone when the test is over. */
  static async start(args: readonly string[] = [], surroundings: Surroundings = {}): Promise<ChildServer> {
    const dataDir = surroundings.dataDir ?? newFolder('data');
    const env = { UNDERSTUDY_LOG_LEVEL: 'debug', ...surroundings.env };
    const startedAt = performance.now();
    const child = launch(['serve', '--port', '0', ...args], { ...surroundings, dataDir, env });
    onTestFinished(() => void child.kill('SIGKILL'));
    const listener = new Listener(child);
    const url = await heard(listener, () => listener.log.find(({ msg }) => msg === 'listening')?.url);
    return new ChildServer({ child, dataDir, listener, startedInMs: performance.now() - startedAt, url });
  }

  /** Without a trailing slash. */
  get url(): string {
    return this.#url;
  }

  get port(): number {
    return Number(new URL(this.#url).port);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** The memory it holds, in bytes. */
  residentBytes(): number {
    const kibibytes = execFileSync('ps', ['-o', 'rss=', '-p', String(this.pid)], { encoding: 'utf8' });
    return Number(kibibytes) * 1024;
  }

  /** What it has printed for people so far. */
  get printed(): string {
    return this.#listener.printed;
  }

  get log(): readonly LogLine[] {
    return this.#listener.log;
  }

  /** Waits until what it prints for people matches. */
  async prints(pattern: RegExp): Promise<string> {
    return heard(this.#listener, () => (pattern.test(this.printed) ? this.printed : undefined));
  }

  /** Sends a signal and leaves it to its fate. */
  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** How it ended, once it has. */
  get ended(): Promise<Ended> {
    return this.#listener.ended;
  }

  /** SIGKILL: no last words. */
  async kill(): Promise<Ended> {
    this.signal('SIGKILL');
    return this.ended;
  }

  /** SIGTERM: lets it finish. */
  async stop(): Promise<Ended> {
    this.signal('SIGTERM');
    return this.ended;
  }
}

/** Waits for something a process says. */
async function heard<T>(listener: Listener, find: () => T | undefined): Promise<T> {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  for (;;) {
    const found = find();
    if (found !== undefined) return found;
    if (listener.hasEnded) throw new Error(`it ended: ${listener.said}`);
    if (patience.aborted) throw new Error(`it did not say so in time: ${listener.said}`);
    await once(listener, 'more', { signal: patience }).catch(() => undefined);
  }
}
