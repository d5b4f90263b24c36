// Asks the server about tokens: those asked about within one turn of the event loop go together.
import type { Connection } from './connection.ts';
import { type Introspection, readIntrospection, readIntrospections } from './introspection.ts';
import { UnderstudyProblem } from './problem.ts';

/** An application that is registered at the server. */
export interface AppCredentials {
  readonly id: string;
  readonly signature: string;
}

interface Waiting {
  readonly token: string;
  readonly resolve: (found: Introspection) => void;
  readonly reject: (reason: unknown) => void;
}

/** The most the server takes at once. */
const MOST_TOGETHER = 100;
/** A server that has no such call. */
const MISSING = new Set([404, 405, 501]);
/** Answers that would be the same for each token alone: the app is not admitted, or it asks too often. */
const FOR_ALL_ALIKE = new Set([401, 429]);

/** Asks, and remembers nothing but whether the server takes several at once. */
export class Inquiry {
  readonly #authorization: string;
  readonly #connection: Connection;
  #waiting: Waiting[] = [];
  #takesSeveral = true;

  constructor(connection: Connection, app: AppCredentials) {
    this.#connection = connection;
    this.#authorization = basic(app);
  }

  ask(token: string): Promise<Introspection> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length === 0) atEndOfTurn(() => this.#send());
      this.#waiting.push({ token, resolve, reject });
    });
  }

  #send(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (let start = 0; start < waiting.length; start += MOST_TOGETHER)
      void this.#settle(waiting.slice(start, start + MOST_TOGETHER));
  }

  async #settle(group: readonly Waiting[]): Promise<void> {
    if (group.length > 1 && this.#takesSeveral && (await this.#settleTogether(group))) return;
    await Promise.all(group.map((one) => this.#settleAlone(one)));
  }

  async #settleAlone({ token, resolve, reject }: Waiting): Promise<void> {
    const body = new URLSearchParams({ token });
    await this.#post('/tokens/introspect', body)
      .then((found) => resolve(readIntrospection(found)))
      .catch(reject);
  }

  /** False if each has to be asked about alone. */
  async #settleTogether(group: readonly Waiting[]): Promise<boolean> {
    const tokens = group.map(({ token }) => token);
    try {
      const found = readIntrospections(await this.#post('/tokens/introspect-batch', { tokens }), tokens.length);
      for (const [index, answer] of found.entries()) group[index]?.resolve(answer);
    } catch (reason) {
      if (this.#isAboutTheGroup(reason)) return false;
      for (const { reject } of group) reject(reason);
    }
    return true;
  }

  /** One token the server finds unreadable must not stand for all of them, nor a call the operator has closed for the other. */
  #isAboutTheGroup(reason: unknown): boolean {
    if (!(reason instanceof UnderstudyProblem)) return false;
    if (MISSING.has(reason.status)) this.#takesSeveral = false;
    return MISSING.has(reason.status) || (reason.status < 500 && !FOR_ALL_ALIKE.has(reason.status));
  }

  async #post(path: string, body: object): Promise<unknown> {
    const headers = { authorization: this.#authorization };
    return (await this.#connection.send({ method: 'POST', path, headers, body, isRepeatable: true })).body;
  }
}

/** RFC 7617. @throws TypeError for an id with a colon, which could not be told from its end */
function basic({ id, signature }: AppCredentials): string {
  if (id === '' || id.includes(':') || signature === '')
    throw new TypeError('An app has an id without a colon, and a signature');
  return `Basic ${btoa(String.fromCodePoint(...new TextEncoder().encode(`${id}:${signature}`)))}`;
}

/** After all that has arrived has been read; where there is no such moment, soon. */
function atEndOfTurn(work: () => void): void {
  if (typeof setImmediate === 'function') setImmediate(work);
  else setTimeout(work, 0);
}
