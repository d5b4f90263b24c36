// Carries out `account import`: a stream of lines, batch by batch, each batch's accounts created side by side.
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type CreateAccountDeps,
  type JsonObject,
  type JsonValue,
  Refusal,
  importAccount,
  readAccountRecord,
} from '#core';
import type { Dialect } from '#wire';
import type { Act, ActCall } from '../act.ts';
import { adminDeps } from '../admin-deps.ts';
import { assertAttributesFit } from '../dialect-attributes.ts';
import { type Line, batchesOf, linesOf } from '../lines.ts';
import { Misuse } from '../misuse.ts';
import { arrangementOf, withHouse } from '../open.ts';
import { patientPool } from '../patient-pool.ts';
import { progressOn } from '../progress.ts';
import type { Report } from '../report.ts';
import { harmless } from '../terminal.ts';
import { RefusedLines } from './refused-lines.ts';

interface Options {
  readonly realm: string;
  readonly refused?: string;
}

/** Small enough that a running server never waits long for its turn to write, large enough to share a commit. */
const BATCH = 100;
/** Between batches a running server gets its turn. */
const BREATH_MS = 5;
const LONGEST_LINE_BYTES = 64 * 1024;
/** Passwords in clear wait in line for the hashers, so many for each: one is computed while the next gets ready. */
const WAITING_PER_HASHER = 2;

/** What became of the lines. */
interface Tally {
  lines: number;
  created: number;
  present: number;
  refused: number;
}

function objectOf(line: Line): JsonObject {
  if (line.text === undefined) throw new Refusal('input.malformed', { remark: 'longer than 64 KiB, or not UTF-8' });
  const value = parsed(line.text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Refusal('input.malformed', { remark: 'not a JSON object' });
  }
  return value as JsonObject;
}

/** The parser's own complaint would quote the line, secrets and all. */
function parsed(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return null;
  }
}

/** Why a line was refused: code, field and remark, nothing of the line itself. */
function reasonOf(error: unknown, line: Line): string {
  if (!(error instanceof Refusal))
    throw new Error(`stopped at line ${line.number}: ${String(error)}`, { cause: error });
  const { field, remark } = error.detail;
  return harmless([error.code, field?.slice(0, 60), remark].filter((part) => part !== undefined).join(': '));
}

/** What importing needs. */
interface ImportDeps {
  readonly accounts: CreateAccountDeps;
  readonly dialects: readonly Dialect[];
  readonly realm: string;
  readonly refused: RefusedLines;
}

/** Imports lines and counts what became of them. */
class Import {
  readonly tally: Tally = { lines: 0, created: 0, present: 0, refused: 0 };
  readonly #deps: ImportDeps;

  constructor(deps: ImportDeps) {
    this.#deps = deps;
  }

  async takeIn(batch: readonly Line[]): Promise<void> {
    this.tally.lines += batch.length;
    const reasons = await Promise.all(
      batch.filter(({ text }) => text?.trim() !== '').map(async (line) => this.#takeIn(line)),
    );
    await this.#deps.refused.add(reasons.filter((reason) => reason !== undefined));
  }

  async #takeIn(line: Line): Promise<{ readonly line: number; readonly reason: string } | undefined> {
    const { accounts, dialects, realm } = this.#deps;
    try {
      const record = readAccountRecord(objectOf(line), realm);
      assertAttributesFit(record.draft.attributes, dialects);
      this.tally[await importAccount(accounts)(record)] += 1;
      return undefined;
    } catch (error) {
      const reason = reasonOf(error, line);
      this.tally.refused += 1;
      return { line: line.number, reason };
    }
  }
}

async function sourceOf(file: string, stdin: Readable): Promise<{ readonly stream: Readable; readonly bytes: number }> {
  if (file === '-') return { stream: stdin, bytes: 0 };
  try {
    const handle = await open(file, 'r');
    const { size } = await handle.stat();
    return { stream: createReadStream(file, { fd: handle }), bytes: size };
  } catch {
    throw new Misuse(`cannot read ${file}`);
  }
}

/** Lets the bytes pass and counts them. */
async function* counted(stream: Readable, count: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    count(chunk.length);
    yield chunk;
  }
}

function told(tally: Tally, refused: RefusedLines): Report {
  const { lines, created, present } = tally;
  const head = `${lines} lines: ${created} created, ${present} there already, ${tally.refused} refused`;
  const shown = refused.first.map(({ line, reason }) => `line ${line}: ${reason}`);
  const more =
    tally.refused > refused.first.length
      ? [`… and ${tally.refused - refused.first.length} more; --refused <file> keeps them all`]
      : [];
  return {
    text: [head, ...shown, ...more].join('\n'),
    json: { ...tally, refusedLines: refused.first.map((each) => ({ ...each })) },
    exitCode: tally.refused > 0 ? 1 : 0,
  };
}

async function importAll(call: ActCall<Options>, deps: ImportDeps): Promise<Report> {
  const { stream, bytes } = await sourceOf(call.arguments[0] ?? '', call.terminal.stdin);
  const progress = await progressOn(call.terminal, bytes);
  const work = new Import(deps);
  let done = 0;
  try {
    const chunks = counted(stream, (length) => (done += length));
    for await (const batch of batchesOf(linesOf(chunks, LONGEST_LINE_BYTES), BATCH)) {
      await work.takeIn(batch);
      await pause(BREATH_MS);
      progress.show(done, `${work.tally.created} created, ${work.tally.refused} refused`);
    }
  } finally {
    progress.end();
  }
  return told(work.tally, deps.refused);
}

/** Imports the file; what was there already is passed over, so that it can be started again. */
export const importAccounts: Act<Options> = async (call) => {
  const { dialects } = await arrangementOf(call);
  return withHouse(call, async (house) => {
    const refused = await RefusedLines.keptIn(call.options.refused);
    try {
      const deps = adminDeps(house);
      const accounts = {
        ...deps,
        passwords: patientPool(deps.passwords, house.passwords.stats().concurrency * WAITING_PER_HASHER),
      };
      return await importAll(call, { accounts, dialects, realm: call.options.realm, refused });
    } finally {
      await refused.close();
    }
  });
};
