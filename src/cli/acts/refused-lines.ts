// Keeps account of the lines an import refused: the first few in memory, all of them in a file if one is given.
import { type FileHandle, open } from 'node:fs/promises';
import { Misuse } from '../misuse.ts';

/** A refused line and why; nothing of the line itself. */
export interface RefusedLine {
  readonly line: number;
  readonly reason: string;
}

const MOST_IN_MEMORY = 20;
/** The reasons may tell which identifiers are taken, so nobody else needs to read them. */
const PRIVATE = 0o600;

/** The refused lines of one import. */
export class RefusedLines {
  readonly first: RefusedLine[] = [];
  readonly #file: FileHandle | undefined;

  private constructor(file: FileHandle | undefined) {
    this.#file = file;
  }

  /** Begins an account; writes to the file if there is a path. @throws Misuse when the file cannot be written */
  static async keptIn(path: string | undefined): Promise<RefusedLines> {
    if (path === undefined) return new RefusedLines(undefined);
    try {
      return new RefusedLines(await open(path, 'w', PRIVATE));
    } catch {
      throw new Misuse(`cannot write ${path}`);
    }
  }

  async add(lines: readonly RefusedLine[]): Promise<void> {
    this.first.push(...lines.slice(0, Math.max(0, MOST_IN_MEMORY - this.first.length)));
    if (lines.length === 0) return;
    await this.#file?.write(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  }

  async close(): Promise<void> {
    await this.#file?.close();
  }
}
