// The calls of somebody who has signed in: their account, their password, their sessions.
import type { Account, Api, Session } from './api.generated.ts';
import type { Call, Connection, Reply } from './connection.ts';

type Page = Api['GET /me/sessions']['answer'];
type ProfileChange = Api['PATCH /me']['body']['profile'];
type PasswordChange = Api['PUT /me/password']['body'];

/** An account, and the name of the state it was in when it was read. */
export interface TaggedAccount {
  readonly account: Account;
  readonly etag: string;
}

/** The most the server gives at once. */
const PAGE = 100;

/** Speaks to a server with one session's token, which is not shown to whoever prints this. Made by UnderstudyClient. */
export class SignedInClient {
  readonly #connection: Connection;
  readonly #token: string;

  constructor(connection: Connection, token: string) {
    this.#connection = connection;
    this.#token = token;
  }

  /** To be kept like a password. */
  get token(): string {
    return this.#token;
  }

  async me(): Promise<TaggedAccount> {
    return tagged(await this.#read('/me'));
  }

  /**
   * Changes the profile: what is left out stays, null takes away (RFC 7396).
   * With the `etag` of what was read it is refused (`version.stale`) if the account has changed since.
   */
  async updateMe(profile: ProfileChange, etag?: string): Promise<TaggedAccount> {
    const headers = etag === undefined ? {} : { 'if-match': etag };
    return tagged(await this.#write('PATCH', '/me', { body: { profile }, headers }));
  }

  /** All other sessions end; this one goes on. */
  async changePassword(change: PasswordChange): Promise<void> {
    await this.#write('PUT', '/me/password', { body: change });
  }

  /** Everything that is kept about the account. */
  async exportMe(): Promise<Api['GET /me/export']['answer']> {
    return (await this.#read('/me/export')).body as Api['GET /me/export']['answer'];
  }

  /** Deletes the account, at once and for good. */
  async deleteMe(password: string): Promise<void> {
    await this.#write('DELETE', '/me', { body: { password } });
  }

  /** Every session of the account, of every dialect, the newest first; pages are fetched as they are needed. */
  async *sessions(): AsyncGenerator<Session, void, undefined> {
    let next: string | null = null;
    do {
      const page: Page = await this.#page(next);
      yield* page.sessions;
      next = page.next;
    } while (next !== null);
  }

  async #page(cursor: string | null): Promise<Page> {
    const from = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    return (await this.#read(`/me/sessions?limit=${PAGE}${from}`)).body as Page;
  }

  /** Ends one session, by its id. */
  async revoke(sessionId: string): Promise<void> {
    await this.#write('DELETE', `/me/sessions/${encodeURIComponent(sessionId)}`);
  }

  /** Ends all sessions but this one. */
  async revokeOthers(): Promise<void> {
    await this.#write('DELETE', '/me/sessions');
  }

  /** Ends this session. */
  async signOut(): Promise<void> {
    await this.#write('DELETE', '/sessions/current');
  }

  #read(path: string): Promise<Reply> {
    return this.#send({ method: 'GET', path, isRepeatable: true });
  }

  /** Not repeated: a lost answer may stand for a change that was made. */
  #write(method: Call['method'], path: string, more: Pick<Call, 'body' | 'headers'> = {}): Promise<Reply> {
    return this.#send({ method, path, isRepeatable: false, ...more });
  }

  #send(call: Call): Promise<Reply> {
    const headers = { ...call.headers, authorization: `Bearer ${this.#token}` };
    return this.#connection.send({ ...call, headers });
  }
}

function tagged({ body, headers }: Reply): TaggedAccount {
  return { account: body as Account, etag: headers.get('etag') ?? '' };
}
