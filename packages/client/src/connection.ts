// One server over HTTP: deadlines, one repetition after a lost connection, and refusals as errors.
import { readProblem } from './problem.ts';
import { serverAddress } from './server-address.ts';
import { UnderstudyUnavailable } from './unavailable.ts';

/** The part of `fetch` that is used. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Where the server is and how it is spoken to. */
export interface ServerOptions {
  /** Its public address: `https://login.example.org`. */
  readonly url: string;
  /** Allows plain HTTP to other machines, within a network you trust. */
  readonly insecureHttp?: boolean;
  /** How long one call may take altogether. */
  readonly timeoutMs?: number;
  /** Instead of the global one. */
  readonly fetch?: Fetch;
}

/** One call. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api/v1`, with the query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as a form if it is one, otherwise as JSON. */
  readonly body?: object;
  /** Doing it twice comes to the same. */
  readonly isRepeatable: boolean;
}

/** An answer that is no refusal. */
export interface Reply {
  /** Undefined if there is none. */
  readonly body: unknown;
  readonly headers: Headers;
}

/** What a connection says of itself when it was lost before an answer came. */
const LOST = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

/** Speaks to one server. */
export class Connection {
  readonly #address: string;
  readonly #fetch: Fetch;
  readonly #timeoutMs: number;

  constructor({ url, insecureHttp = false, timeoutMs = 5000, fetch }: ServerOptions) {
    this.#address = serverAddress(url, insecureHttp);
    this.#fetch = fetch ?? ((...request) => globalThis.fetch(...request));
    this.#timeoutMs = timeoutMs;
  }

  /** @throws UnderstudyProblem if the server refuses @throws UnderstudyUnavailable if there is no usable answer */
  async send(call: Call): Promise<Reply> {
    const init = { ...spelled(call), signal: AbortSignal.timeout(this.#timeoutMs) };
    try {
      return await this.#exchange(call.path, init);
    } catch (reason) {
      if (!call.isRepeatable || !isLost(reason)) throw reason;
      return this.#exchange(call.path, init);
    }
  }

  async #exchange(path: string, init: RequestInit): Promise<Reply> {
    const [response, text] = await this.#hear(path, init);
    const body = parsed(text);
    if (!response.ok) throw readProblem(response, body) ?? unusable(`was answered with ${response.status}`);
    return { body, headers: response.headers };
  }

  async #hear(path: string, init: RequestInit): Promise<[Response, string]> {
    try {
      const response = await this.#fetch(`${this.#address}/api/v1${path}`, init);
      return [response, await response.text()];
    } catch (cause) {
      throw unusable('was not answered', cause);
    }
  }
}

/** Nothing is kept, no cookie goes along, and no redirection carries a secret elsewhere. */
function spelled({ method, headers = {}, body }: Call): RequestInit {
  const common = { method, cache: 'no-store', credentials: 'omit', redirect: 'error' } as const;
  if (body === undefined) return { ...common, headers };
  if (body instanceof URLSearchParams) return { ...common, headers, body };
  return { ...common, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

function parsed(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unusable(what: string, cause?: unknown): UnderstudyUnavailable {
  return new UnderstudyUnavailable(`The login server ${what}`, cause === undefined ? {} : { cause });
}

/** The code stands somewhere down the chain of causes. */
function isLost(reason: unknown): boolean {
  if (!(reason instanceof Error)) return false;
  return ('code' in reason && LOST.has(String(reason.code))) || isLost(reason.cause);
}
