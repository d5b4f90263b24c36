// A closed-loop HTTP client that costs as little as possible, because it shares the cores with the server it measures.
import { connect, type Socket } from 'node:net';

/** What is asked, how many at once, and for how long. */
export interface LoadPlan {
  readonly port: number;
  readonly inFlight: number;
  /** Whole requests, sent in turn. */
  readonly requests: readonly Uint8Array[];
  /** What the body of every answer must contain; an answer with status 200 may still be a refusal. */
  readonly expects: string;
  /** Not counted. */
  readonly warmUpMs: number;
  readonly windowMs: number;
}

/** What came of it within the window. */
export interface LoadResult {
  readonly perSecond: number;
  /** Sorted. */
  readonly latenciesMs: readonly number[];
  /** Share of one core that this client itself used. */
  readonly clientShare: number;
}

/** A request in the bytes it is sent in. */
export function postRequest(path: string, headers: Readonly<Record<string, string>>, body: string): Uint8Array {
  const all = { host: '127.0.0.1', ...headers, 'content-length': String(Buffer.byteLength(body)) };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
}

/**
 * Keeps so many requests in flight, each on a connection of its own that stays open as long as the server likes.
 * @throws Error at the first answer that is not the expected one: a server that refuses is quick, and measures nothing
 */
export async function underLoad(plan: LoadPlan): Promise<LoadResult> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  const loop = new ClosedLoop(plan, { done: () => resolve(undefined), failed: reject });
  const before = process.cpuUsage();
  const startedAt = performance.now();
  const deadline = setTimeout(
    () => reject(new Error('the server stopped answering')),
    plan.warmUpMs + plan.windowMs + GRACE_MS,
  );
  try {
    loop.start();
    await promise;
  } finally {
    clearTimeout(deadline);
    loop.stop();
  }
  const { user, system } = process.cpuUsage(before);
  const latenciesMs = loop.latenciesMs.toSorted((one, other) => one - other);
  return {
    perSecond: (latenciesMs.length * 1000) / plan.windowMs,
    latenciesMs,
    clientShare: (user + system) / 1000 / (performance.now() - startedAt),
  };
}

const GRACE_MS = 20_000;

interface LoopEnd {
  readonly done: () => void;
  readonly failed: (reason: Error) => void;
}

class ClosedLoop {
  readonly latenciesMs: number[] = [];
  readonly #plan: LoadPlan;
  readonly #end: LoopEnd;
  readonly #connections: Connection[];
  readonly #windowFrom: number;
  readonly #windowTo: number;
  #sent = 0;
  #open: number;

  constructor(plan: LoadPlan, end: LoopEnd) {
    this.#plan = plan;
    this.#end = end;
    this.#open = plan.inFlight;
    this.#windowFrom = performance.now() + plan.warmUpMs;
    this.#windowTo = this.#windowFrom + plan.windowMs;
    const watch = { answered: (by: Connection, answer: Answer) => this.#answered(by, answer), failed: end.failed };
    this.#connections = Array.from({ length: plan.inFlight }, () => new Connection(plan.port, watch));
  }

  start(): void {
    for (const connection of this.#connections) connection.send(this.#next());
  }

  stop(): void {
    for (const connection of this.#connections) connection.close();
  }

  #next(): Uint8Array {
    const { requests } = this.#plan;
    const request = requests[this.#sent % requests.length];
    if (request === undefined) throw new RangeError('there is nothing to send');
    this.#sent += 1;
    return request;
  }

  #answered(connection: Connection, { bytes, tookMs }: Answer): void {
    if (!isExpected(bytes, this.#plan.expects)) {
      return this.#end.failed(new Error(`not the expected answer:\n${bytes.toString('utf8')}`));
    }
    const now = performance.now();
    if (now >= this.#windowFrom && now < this.#windowTo) this.latenciesMs.push(tookMs);
    if (now < this.#windowTo) return connection.send(this.#next());
    this.#open -= 1;
    if (this.#open === 0) this.#end.done();
  }
}

/** 200 or 201. */
const OK = 'HTTP/1.1 20';

const isExpected = (bytes: Buffer, body: string): boolean =>
  bytes.toString('latin1', 0, OK.length) === OK && bytes.includes(body);

/** An answer, and the time since its request was sent. */
export interface Answer {
  /** Head and body; valid until the next request is sent. */
  readonly bytes: Buffer;
  readonly tookMs: number;
}

interface ConnectionWatch {
  readonly answered: (by: Connection, answer: Answer) => void;
  readonly failed: (reason: Error, by: Connection) => void;
}

const LONGEST_ANSWER = 16_384;

/** One connection with at most one request under way; it is opened anew after the server closed it. */
export class Connection {
  readonly #port: number;
  readonly #from: string;
  readonly #watch: ConnectionWatch;
  /** Read into again and again: no answer costs an allocation. */
  readonly #buffer = Buffer.allocUnsafe(LONGEST_ANSWER);
  #socket: Socket | undefined;
  #received = Buffer.alloc(0);
  #sentAt = 0;

  /** @param from a loopback address: each of 127.0.0.0/8 is a source of its own */
  constructor(port: number, watch: ConnectionWatch, from = '127.0.0.1') {
    this.#port = port;
    this.#from = from;
    this.#watch = watch;
  }

  send(request: Uint8Array): void {
    this.#sentAt = performance.now();
    this.#socket ??= this.#connect();
    this.#socket.write(request);
  }

  close(): void {
    this.#socket?.destroy();
    this.#socket = undefined;
  }

  #connect(): Socket {
    const onread = { buffer: this.#buffer, callback: (size: number) => this.#receive(size) };
    const socket = connect({ host: '127.0.0.1', localAddress: this.#from, port: this.#port, noDelay: true, onread });
    socket.on('error', (reason) => this.#watch.failed(reason, this));
    socket.on('end', () => this.#watch.failed(new Error('the server hung up'), this));
    return socket;
  }

  #receive(size: number): boolean {
    const fresh = this.#buffer.subarray(0, size);
    const bytes = this.#received.length === 0 ? fresh : Buffer.concat([this.#received, fresh]);
    const head = headOf(bytes);
    if (head === undefined || bytes.length < head.answerLength) {
      this.#received = Buffer.from(bytes);
      return true;
    }
    this.#received = Buffer.alloc(0);
    if (head.isLast) this.close();
    this.#watch.answered(this, { bytes, tookMs: performance.now() - this.#sentAt });
    return true;
  }
}

interface Head {
  readonly answerLength: number;
  /** The server closes the connection after this answer. */
  readonly isLast: boolean;
}

/** Undefined while the head is not complete. */
function headOf(bytes: Buffer): Head | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const text = bytes.toString('latin1', 0, end);
  const bodyLength = Number(/^content-length: (\d+)/im.exec(text)?.[1] ?? Number.NaN);
  if (Number.isNaN(bodyLength)) throw new Error(`an answer without a length:\n${text}`);
  return { answerLength: end + 4 + bodyLength, isLast: /^connection: close/im.test(text) };
}
