// Reads a secret from standard input: never from the command line, where every other user of the machine could see it.
import type { Readable } from 'node:stream';
import { Refusal, Secret } from '#core';
import { Misuse } from './misuse.ts';
import type { Terminal } from './terminal.ts';

/** More than any password may have; reading stops there. */
const MOST_BYTES = 64 * 1024;

async function readUpTo(stream: Readable, mostBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream as AsyncIterable<Buffer | string>) {
    const bytes = Buffer.from(chunk);
    chunks.push(bytes);
    length += bytes.length;
    if (length > mostBytes) throw new Refusal('password.too-long');
  }
  return Buffer.concat(chunks);
}

function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Refusal('password.malformed', { remark: 'not UTF-8' });
  }
}

/**
 * Everything on standard input but one line break at the end. At a terminal, what is typed is not shown.
 * @throws Refusal `password.too-long`, `password.malformed`; Misuse when there is nothing
 */
export async function readSecret({ stdin, stderr }: Terminal, what: string): Promise<Secret> {
  const text = stdin.isTTY === true ? await typed(stdin, stderr, what) : decoded(await readUpTo(stdin, MOST_BYTES));
  const secret = text.replace(/\r?\n$/, '');
  if (secret === '') throw new Misuse(`there is no ${what} on standard input`);
  return new Secret(secret);
}

/** Reads a line without echo. */
async function typed(stdin: Terminal['stdin'], stderr: Terminal['stderr'], what: string): Promise<string> {
  const { createInterface } = await import('node:readline/promises');
  const { Writable } = await import('node:stream');
  stderr.write(`${what}: `);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: silent, terminal: true });
  try {
    return await lines.question('');
  } finally {
    lines.close();
    stderr.write('\n');
  }
}
