// A small checkout in a temporary folder, with our real launcher in it and a probe in the place of the server.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Prints what it was started with, then waits for a signal or ends with the code it was asked for. */
const PROBE = `
  const { pid, argv, execPath, execArgv, env } = process;
  process.on('SIGTERM', () => process.exit(7));
  console.log(JSON.stringify({ pid, execPath, execArgv, args: argv.slice(2), cache: env.NODE_COMPILE_CACHE }));
  if (argv[2] === 'wait') setInterval(() => {}, 1000);
  if (argv[2] === 'exit') process.exitCode = Number(argv[3]);
`;

/** What the probe says about the process it runs in. */
export interface Sighting {
  readonly pid: number;
  readonly execPath: string;
  readonly execArgv: readonly string[];
  readonly args: readonly string[];
  readonly cache?: string;
}

/** How a run ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

function writeProgram(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  chmodSync(path, 0o755);
}

/** A throw-away checkout. Its PATH holds the system's own tools and whatever is put into its `tools` folder. */
export class Checkout {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'understudy checkout ')));
  readonly #tools = join(this.root, 'tools');

  constructor() {
    for (const folder of ['bin', 'runtime/package.json', 'runtime/package-lock.json', 'runtime/find-node.sh']) {
      cpSync(folder, join(this.root, folder), { recursive: true });
    }
    mkdirSync(join(this.root, 'node_modules'));
    writeProgram(join(this.root, 'src/cli/understudy.ts'), PROBE);
    this.putOnPath('node', `exec '${process.execPath}' "$@"`);
    for (const tool of ['dirname', 'readlink', 'uname', 'mktemp', 'rm', 'cp', 'chmod', 'mkdir']) {
      this.putOnPath(tool, `PATH=/usr/bin:/bin exec ${tool} "$@"`);
    }
  }

  /** Adds a program to the PATH, written in shell. */
  putOnPath(name: string, script: string): void {
    writeProgram(join(this.#tools, name), `#!/bin/sh\n${script}\n`);
  }

  /** Takes a program off the PATH. */
  takeOffPath(name: string): void {
    rmSync(join(this.#tools, name));
  }

  /** Puts a Node of an age on the PATH that the launcher must not use for the server. */
  ageNode(version: string): void {
    this.putOnPath('node', `[ "$1" = --version ] && echo v${version} || exec '${process.execPath}' "$@"`);
  }

  /** Makes the checkout one whose packages were never installed. */
  dropPackages(): void {
    rmSync(join(this.root, 'node_modules'), { recursive: true });
  }

  /** Lets `link` (outside the tree's own bin folder) lead to `target`. */
  link(link: string, target: string): string {
    const path = join(this.root, link);
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(target, path);
    return path;
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  entries(folder: string): string[] {
    return readdirSync(join(this.root, folder)).toSorted();
  }

  /** Starts the launcher, or another program of the checkout, and leaves it running. */
  start(args: readonly string[], program = join(this.root, 'bin/understudy')): ChildProcess {
    const env = { PATH: this.#tools };
    return spawn('/bin/sh', [program, ...args], { env, cwd: this.root, stdio: ['ignore', 'pipe', 'pipe'] });
  }

  async run(args: readonly string[], program?: string): Promise<Ended> {
    return await ending(this.start(args, program));
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** Waits for the first line the probe prints. */
export async function firstSighting(child: ChildProcess): Promise<Sighting> {
  const [line] = (await once(child.stdout ?? child, 'data')) as [Buffer];
  return sightingIn(line.toString());
}

/** Reads what the probe printed. */
export function sightingIn(out: string): Sighting {
  return JSON.parse(out) as Sighting;
}

/** Waits for a process to end and keeps what it printed. */
export async function ending(child: ChildProcess): Promise<Ended> {
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => err.push(chunk));
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { code, signal, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() };
}
