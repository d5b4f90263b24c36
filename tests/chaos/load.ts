// Steady mixed load over connections that are kept open, and what became of each request.
import { Agent, type ClientRequest, request as httpRequest } from 'node:http';

/** One request to be sent. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What became of a request. */
export interface Fate {
  readonly path: string;
  /** `cut` is an answer that began and did not end. */
  readonly outcome: 'answered' | 'cut' | 'unanswered';
  /** The whole request had left us before the server was told to stop. */
  readonly isEarlier: boolean;
  /** Why there was no whole answer. */
  readonly error?: string;
  readonly status?: number;
}

const EVERY_MS = 5;
const CONNECTIONS = 32;

/** Sends requests in turn, two hundred a second, until it is stopped. */
export class Load {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  readonly #port: number;
  readonly #calls: readonly Call[];
  readonly #fates: Promise<Fate>[] = [];
  #timer: NodeJS.Timeout | undefined;
  #isStopping = false;
  #sent = 0;

  constructor(port: number, calls: readonly Call[]) {
    this.#port = port;
    this.#calls = calls;
  }

  /** Begins, and goes on; resolves when so many are sent. */
  async begin(count: number): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#timer = setInterval(() => {
        this.#sendNext();
        if (this.#sent >= count) resolve();
      }, EVERY_MS);
    });
  }

  /** From here on the server may refuse what is sent. */
  noteStop(): void {
    this.#isStopping = true;
  }

  /** Many of one kind at once. */
  burst(call: Call, count: number): void {
    for (let sent = 0; sent < count; sent += 1) this.#send(call);
  }

  /** Stops and tells what became of everything. */
  async end(): Promise<readonly Fate[]> {
    clearInterval(this.#timer);
    const fates = await Promise.all(this.#fates);
    this.#agent.destroy();
    return fates;
  }

  #sendNext(): void {
    const call = this.#calls[this.#sent % this.#calls.length];
    if (call !== undefined) this.#send(call);
  }

  #send({ method, path, headers, body }: Call): void {
    this.#sent += 1;
    const length = { 'content-length': String(Buffer.byteLength(body)) };
    const sent = httpRequest({
      host: '127.0.0.1',
      port: this.#port,
      agent: this.#agent,
      method,
      path,
      headers: { ...headers, ...length },
      timeout: 30_000,
    });
    this.#fates.push(this.#follow(path, sent));
    sent.end(body);
  }

  #follow(path: string, sent: ClientRequest): Promise<Fate> {
    let isEarlier = false;
    sent.on('finish', () => (isEarlier = !this.#isStopping));
    sent.on('timeout', () => sent.destroy(new Error('no answer in time')));
    return new Promise((resolve) => {
      const tell = (outcome: Fate['outcome'], more: { error?: string; status?: number }): void =>
        resolve({ path, outcome, isEarlier, ...more });
      sent.on('error', (error) => tell('unanswered', { error: codeOf(error) }));
      sent.on('response', (response) => {
        response.on('error', (error) => tell('cut', { error: codeOf(error) }));
        response.on('end', () => tell('answered', { status: response.statusCode ?? 0 })).resume();
      });
    });
  }
}

function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : error.message;
}
