// Follows a document the way a reader does: in a fresh checkout, block by block, on a port nobody else uses.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

import { plainEnvironment } from '../support/child-server.ts';
import { newFolder } from '../support/run-folder.ts';
import { type Block, commandsOf } from './blocks.ts';
import { isJson, isText } from './matching.ts';

/** What of a checkout a reader's command may need. Nothing a package manager could do here reaches the real one. */
const CHECKED_OUT = ['bin', 'examples', 'runtime', 'src'];
const DOCUMENTED_PORT = /\b8080\b/g;
const PATIENCE_MS = 60_000;
/** The reader has one shell all along: what one block assigns, the next one knows. A failing `a && b` at the end does not end a shell by itself. */
const asInOneShell = (block: string): string =>
  `set -aeu\n[ ! -f "$VARIABLES" ] || . "$VARIABLES"\n${block}\n[ "$?" -eq 0 ] || exit 1\nexport -p > "$VARIABLES"\n`;

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** One reader with one document. */
export class Notebook {
  readonly #root: string;
  readonly #folder = newFolder('data');
  readonly #port: number;
  readonly #servers: ChildProcess[] = [];
  #printed = '';

  private constructor(root: string, port: number) {
    this.#root = root;
    this.#port = port;
    for (const entry of CHECKED_OUT) symlinkSync(join(root, entry), join(this.#folder, entry));
    mkdirSync(join(this.#folder, 'node_modules'));
  }

  /** `root` is the checkout whose documents are read. */
  static async open(root: string): Promise<Notebook> {
    return new Notebook(root, await freePort());
  }

  /** Follows a document up to the first block that is not as it says; the complaint names its line. */
  async followAll(blocks: readonly Block[]): Promise<readonly string[]> {
    for (const block of blocks) {
      const complaint = await this.#roles[block.role]({
        ...block,
        text: block.text.replaceAll(DOCUMENTED_PORT, String(this.#port)),
      });
      if (complaint !== undefined) return [`line ${block.line}: ${complaint}`];
    }
    return [];
  }

  /** Ends the servers that were started, and tells with which codes they ended. */
  async close(): Promise<readonly (number | null)[]> {
    return Promise.all(this.#servers.map(stopGroup));
  }

  readonly #roles: Readonly<Record<Block['role'], (block: Block) => Promise<string | undefined>>> = {
    run: (block) => this.#run(block.text),
    start: (block) => this.#start(block.text),
    json: (block) => this.#compare(isJson(block.text, this.#printed)),
    text: (block) => this.#compare(isText(block.text, this.#printed)),
    elsewhere: (block) => this.#missingElsewhere(block),
  };

  async #compare(isSame: boolean): Promise<string | undefined> {
    return isSame ? undefined : `printed was ${this.#printed}`;
  }

  async #run(text: string): Promise<string | undefined> {
    const child = this.#shell(asInOneShell(text));
    const patience = setTimeout(() => void stopGroup(child), PATIENCE_MS);
    const { code, out, err } = await ending(child);
    clearTimeout(patience);
    this.#printed = out;
    return code === 0 ? undefined : `ended with ${code}: ${err}${out}`;
  }

  async #start(text: string): Promise<string | undefined> {
    const child = this.#shell(`exec ${text.trim()}`);
    this.#servers.push(child);
    const ended = ending(child);
    const listening = new Promise<undefined>((resolve) => {
      child.stdout?.on('data', (chunk: Buffer) => {
        this.#printed += chunk.toString();
        if (this.#printed.includes('"listening"')) resolve(undefined);
      });
    });
    this.#printed = '';
    const run = await Promise.race([listening, ended]);
    return run && `the server ended with ${run.code}: ${run.err}${run.out}`;
  }

  async #missingElsewhere(block: Block): Promise<string | undefined> {
    const texts = block.files.map((file) => readFileSync(join(this.#root, file), 'utf8'));
    const missing = commandsOf(block).filter((command) => !texts.some((text) => text.includes(command)));
    return missing.length === 0
      ? undefined
      : `not run by ${block.files.join(', ') || 'anybody'}: ${missing.join('; ')}`;
  }

  #shell(script: string): ChildProcess {
    const env = plainEnvironment({ UNDERSTUDY_PORT: String(this.#port), VARIABLES: join(this.#folder, 'variables') });
    return spawn('/bin/sh', ['-c', script], {
      cwd: this.#folder,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
  }
}

async function ending(child: ChildProcess): Promise<Run> {
  const [out, err]: [string[], string[]] = [[], []];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => out.push(text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => err.push(text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out: out.join(''), err: err.join('') };
}

/** A detached child leads a group of its own, so that whatever it started goes with it. */
async function stopGroup(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.pid === undefined) return child.exitCode;
  const ended = once(child, 'exit') as Promise<[number | null]>;
  process.kill(-child.pid, 'SIGTERM');
  return (await ended)[0];
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
