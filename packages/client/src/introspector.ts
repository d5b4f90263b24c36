// Tells what a token is worth, from a moment's memory or by asking the server. Whatever cannot be known is an error, never a yes.
import { type Clock, machineClock } from './clock.ts';
import { Connection, type ServerOptions } from './connection.ts';
import { type AppCredentials, Inquiry } from './inquiry.ts';
import { INACTIVE, type Introspection } from './introspection.ts';
import { RecentQuestions } from './recent-questions.ts';

/** How an introspector asks. */
export interface IntrospectorOptions extends ServerOptions {
  /** `understudy app add <id>` makes one and shows its signature once. */
  readonly app: AppCredentials;
  /** How long an answer serves, counted from the question; a revocation is seen within this time. 5000 unless told; 0 asks every time. */
  readonly maxAgeMs?: number;
  /** How many tokens are remembered; 10 000 unless told. */
  readonly maxEntries?: number;
  /** Instead of the machine's. */
  readonly clock?: Clock;
}

/** What a token may look like (RFC 6750, section 2.1); anything else is nobody's, and nobody needs to be asked. */
const TOKEN = /^[A-Za-z0-9._~+/-]+=*$/;
const LONGEST_TOKEN = 256;
const USUAL_TIMEOUT_MS = 2000;

/**
 * Asks about tokens. One per process, so that its memory serves all requests.
 *
 * @example
 * const introspector = new Introspector({ url: 'https://login.example.org', app: { id: 'my-api', signature } });
 * const found = await introspector.introspect(token);
 * if (found.active) console.log(found.sub, found.dialect);
 */
export class Introspector {
  readonly #inquiry: Inquiry;
  readonly #recent: RecentQuestions;

  /** `timeoutMs` is 2000 unless told. */
  constructor({ app, maxAgeMs = 5000, maxEntries = 10_000, clock = machineClock, ...server }: IntrospectorOptions) {
    this.#inquiry = new Inquiry(new Connection({ timeoutMs: USUAL_TIMEOUT_MS, ...server }), app);
    this.#recent = new RecentQuestions({ maxAgeMs, maxEntries }, clock);
  }

  /**
   * What the token is worth, as the server said no longer than `maxAgeMs` ago and before the token's end.
   * @throws UnderstudyProblem if the server refuses to say, as to an app it does not know
   * @throws UnderstudyUnavailable if there is no usable answer within `timeoutMs`; an older answer never stands in
   */
  async introspect(token: string): Promise<Introspection> {
    if (token.length > LONGEST_TOKEN || !TOKEN.test(token)) return INACTIVE;
    return this.#recent.find(token) ?? this.#ask(token);
  }

  /** Forgets what was known of a token, so that the next question is asked anew: after a sign-out, for instance. */
  forget(token: string): void {
    this.#recent.forget(token);
  }

  /** How many tokens are remembered at the moment. */
  get size(): number {
    return this.#recent.size;
  }

  #ask(token: string): Promise<Introspection> {
    const answer = this.#inquiry.ask(token);
    this.#recent.keep(token, answer);
    return answer;
  }
}
