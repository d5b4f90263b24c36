// Talks to a server over real sockets: in good HTTP, or byte by byte. Whatever is heard is kept for the canary scan.
import { appendFileSync, mkdirSync } from 'node:fs';
import { type IncomingHttpHeaders, request as httpRequest } from 'node:http';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';

import { RUN_FOLDER } from './run-folder.ts';

/** A request as a client puts it. */
export interface Said {
  readonly method?: string;
  /** With the query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Uint8Array;
  /** The loopback address to speak from: each of 127.0.0.0/8 is a source of its own. */
  readonly from?: string;
}

/** An answer as it came. */
export interface Heard {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Everything that came back over one connection. */
export interface HeardRaw {
  readonly text: string;
  /** The server hung up; otherwise we lost patience. */
  readonly isClosed: boolean;
  readonly status: number;
  /** How many answers came. */
  readonly answers: number;
  readonly tookMs: number;
}

/** The folder in which answers are kept. */
const ANSWERS = join(RUN_FOLDER, 'answers');

function keep(answer: string): void {
  mkdirSync(ANSWERS, { recursive: true });
  appendFileSync(join(ANSWERS, `${process.pid}.txt`), `${answer}\n`);
}

/** One request over a connection of its own. */
export function talk(
  port: number,
  { method = 'POST', path, headers = {}, body = '', from = '127.0.0.1' }: Said,
): Promise<Heard> {
  const bytes = Buffer.from(body);
  const length = bytes.length > 0 ? { 'content-length': String(bytes.length) } : {};
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', localAddress: from, port, method, path, headers: { ...headers, ...length } };
    const sent = httpRequest({ ...options, agent: false, timeout: 20_000 });
    sent.on('error', reject).on('timeout', () => sent.destroy(new Error('no answer in time')));
    sent.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject);
      response.on('end', () => {
        const heard = {
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        };
        keep(`${JSON.stringify(heard.headers)} ${heard.body}`);
        resolve(heard);
      });
    });
    sent.end(bytes);
  });
}

/** A value as JSON, posted. */
export function talkJson(port: number, path: string, value: unknown): Promise<Heard> {
  return talk(port, { path, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) });
}

/** Sends bytes as they are and listens until the server hangs up, or for so long. A text is sent as Latin-1. */
export function talkRaw(port: number, bytes: string | Uint8Array, patienceMs = 3000): Promise<HeardRaw> {
  return listen(connect({ host: '127.0.0.1', port }), patienceMs, (socket) => void socket.write(latin1(bytes)));
}

/**
 * Posts many bodies over one connection without waiting in between, and hangs up after the last; how many answers came.
 * They are too many and too much alike to be kept.
 */
export function pipeline(port: number, path: string, bodies: readonly string[]): Promise<number> {
  const requests = bodies.map((body, index) => {
    const isLast = index === bodies.length - 1;
    const head = [`POST ${path} HTTP/1.1`, 'Host: a', 'Content-Type: application/json'];
    if (isLast) head.push('Connection: close');
    return `${[...head, `Content-Length: ${Buffer.byteLength(body)}`].join('\r\n')}\r\n\r\n${body}`;
  });
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect({ host: '127.0.0.1', port }, () => socket.write(requests.join('')));
    socket.setEncoding('latin1').setTimeout(20_000, () => socket.destroy(new Error('no answer in time')));
    socket.on('data', (chunk: string) => (text += chunk));
    socket.on('error', reject).on('end', () => resolve(text.split('HTTP/1.1 200').length - 1));
  });
}

const POUR_MS = 10_000;

/** Sends on and on, as fast as the server takes it, until it hangs up, or for ten seconds. */
export function pour(port: number, head: string, chunk: Uint8Array): Promise<HeardRaw> {
  return listen(connect({ host: '127.0.0.1', port }), POUR_MS, (socket) => {
    socket.write(head);
    const more = (): void => {
      while (!socket.destroyed && socket.writable && socket.write(chunk));
    };
    socket.on('drain', more);
    more();
  });
}

function listen(socket: Socket, patienceMs: number, speak: (socket: Socket) => void): Promise<HeardRaw> {
  const startedAt = performance.now();
  const chunks: Buffer[] = [];
  return new Promise((resolve) => {
    let isClosed = false;
    const patience = setTimeout(() => socket.destroy(), patienceMs);
    socket.on('data', (chunk) => chunks.push(chunk));
    // A reset is one way of hanging up: what counts is what was said before.
    socket.on('error', () => (isClosed = true));
    socket.on('end', () => (isClosed = true));
    socket.on('close', () => {
      clearTimeout(patience);
      const text = Buffer.concat(chunks).toString('latin1');
      keep(text);
      const statuses = [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)];
      resolve({
        text,
        isClosed,
        status: Number(statuses[0]?.[1] ?? 0),
        answers: statuses.length,
        tookMs: performance.now() - startedAt,
      });
    });
    socket.on('connect', () => speak(socket));
  });
}

function latin1(bytes: string | Uint8Array): Uint8Array {
  return typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes;
}
