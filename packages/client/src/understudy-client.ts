// The calls anybody may make: registering, signing in, and what goes before either.
import type { Api } from './api.generated.ts';
import { type Call, Connection, type ServerOptions } from './connection.ts';
import { SignedInClient } from './signed-in-client.ts';

type Registration = Api['POST /accounts']['body'];
type SignIn = Api['POST /sessions']['body'];
type CodeRequest = Api['POST /codes']['body'];
type Challenge = Api['POST /challenges']['answer'];
type PasswordReset = Api['POST /password-resets']['body'];

/**
 * Speaks to a server for whoever has not signed in yet. Fields are spelled as in the API's reference.
 * Every call may fail with UnderstudyProblem (the server refuses) or UnderstudyUnavailable (there is no usable answer).
 *
 * @example
 * const client = new UnderstudyClient({ url: 'https://login.example.org' });
 * const alice = await client.signIn({ identifier: 'alice', password });
 * console.log(alice.token, (await alice.me()).account.profile.nickname);
 */
export class UnderstudyClient {
  readonly #connection: Connection;

  /** `timeoutMs` is 5000 unless told. */
  constructor(options: ServerOptions) {
    this.#connection = new Connection(options);
  }

  /**
   * Registers, and signs in. A connection that is lost is tried once more and makes nothing twice; to go on trying after a
   * failure, give the same key again.
   * @returns undefined where the server does not tell whether the name was free (`policy: strict`): sign in then
   */
  async register(registration: Registration, key: string = crypto.randomUUID()): Promise<SignedInClient | undefined> {
    const headers = { 'idempotency-key': key };
    const answer = await this.#post('/accounts', registration, { headers, isRepeatable: true });
    const made = answer as Api['POST /accounts']['answer'] | undefined;
    return made && this.withToken(made.session.token);
  }

  /** With a password, or with a code that was sent. */
  async signIn(credentials: SignIn): Promise<SignedInClient> {
    const { token } = (await this.#post('/sessions', credentials)) as Api['POST /sessions']['answer'];
    return this.withToken(token);
  }

  /** Has a code sent; tells in how many seconds another one may be asked for. */
  async requestCode(request: CodeRequest): Promise<number> {
    return ((await this.#post('/codes', request)) as Api['POST /codes']['answer']).resend_after;
  }

  /** Sets a new password with a code that was sent for it; all sessions end. */
  async resetPassword(reset: PasswordReset): Promise<void> {
    await this.#post('/password-resets', reset);
  }

  /** Has a challenge posed, once a call was refused with `challenge.missing`; `purpose` says which: `api.sign-in`, for instance. */
  async poseChallenge(wish: Api['POST /challenges']['body']): Promise<Challenge> {
    return (await this.#post('/challenges', wish)) as Challenge;
  }

  /** Takes the answer to a challenge; gives the `challenge_token` the refused call needs. */
  async answerChallenge(answer: Api['POST /challenges/answers']['body']): Promise<string> {
    const passed = await this.#post('/challenges/answers', answer);
    return (passed as Api['POST /challenges/answers']['answer']).challenge_token;
  }

  /** Whoever holds this token, as kept from an earlier sign-in. Nothing is asked yet. */
  withToken(token: string): SignedInClient {
    return new SignedInClient(this.#connection, token);
  }

  async #post(path: string, body: object, more: Partial<Call> = {}): Promise<unknown> {
    return (await this.#connection.send({ method: 'POST', path, body, isRepeatable: false, ...more })).body;
  }
}
