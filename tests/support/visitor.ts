// A visitor signs in the way the clients of each document do, and asks what a token is worth.
import { type Heard, type Said, talk, talkJson } from './talk.ts';

/** What a sign-in came to, told alike for every dialect. */
export interface Visit {
  /** Undefined when it was refused. */
  readonly token: string | undefined;
  /** The code of the document. */
  readonly code: number;
  /** The text that goes with it. */
  readonly says: string;
  readonly heard: Heard;
}

/** An app and its signature. */
export interface AppKey {
  readonly id: string;
  readonly signature: string;
}

/** RFC 7662. */
export interface Introspection {
  readonly active: boolean;
  readonly sub?: string;
  readonly username?: string;
  readonly client_id?: string;
  readonly token_type?: string;
  readonly iat?: number;
  readonly exp?: number;
  readonly dialect?: string;
  readonly realm?: string;
}

/** Headers of the documented HTML forms. */
const FORM: NonNullable<Said['headers']> = { 'content-type': 'application/x-www-form-urlencoded' };

interface Envelope {
  readonly code: number | string;
  readonly result?: string;
  readonly msg?: string;
  readonly token?: string;
  readonly data?: string | { readonly token?: string };
}

function visit(
  heard: Heard,
  read: (envelope: Envelope) => { token?: string | undefined; says?: string | undefined },
): Visit {
  const envelope = JSON.parse(heard.body) as Envelope;
  const { token = '', says = '' } = read(envelope);
  return { token: token === '' ? undefined : token, code: Number(envelope.code), says, heard };
}

const tokenIn = ({ data }: Envelope): string | undefined => (typeof data === 'object' ? data.token : undefined);

const aegisSpeedVisit = (heard: Heard): Visit => visit(heard, ({ token, result }) => ({ token, says: result }));
const noBaseVisit = (heard: Heard): Visit =>
  visit(heard, (envelope) => ({
    token: tokenIn(envelope),
    says: typeof envelope.data === 'string' ? envelope.data : envelope.msg,
  }));
const shopxoVisit = (heard: Heard): Visit =>
  visit(heard, (envelope) => ({ token: tokenIn(envelope), says: envelope.msg }));

/** One visitor of one server. */
export class Visitor {
  readonly #port: number;
  readonly #app: AppKey;

  constructor(port: number, app: AppKey = { id: 'none', signature: 'none' }) {
    this.#port = port;
    this.#app = app;
  }

  async aegisSpeedUser(idNumber: string, password: string): Promise<Visit> {
    return aegisSpeedVisit(
      await talkJson(this.#port, '/user/login/login_user_info', { user_id: idNumber, user_password: password }),
    );
  }

  async aegisSpeedAdmin(aegisSpeedId: string, password: string): Promise<Visit> {
    const body = { user_AegisSpeed_id: aegisSpeedId, user_password: password };
    return aegisSpeedVisit(await talkJson(this.#port, '/user/login/login_admin_info_by_aegisspeed_id', body));
  }

  async weidu(loginId: string, password: string): Promise<Visit> {
    const heard = await talkJson(this.#port, '/weidu/api/v1/users/login', { login_id: loginId, password });
    const token = [heard.headers['token'] ?? ''].flat()[0];
    return visit(heard, ({ result }) => ({ token, says: result }));
  }

  async noBaseGet(user: string, pass: string): Promise<Visit> {
    const query = new URLSearchParams(this.#noBaseFields(user, pass));
    return noBaseVisit(await talk(this.#port, { method: 'GET', path: `/api/user/login?${query.toString()}` }));
  }

  async noBaseForm(user: string, pass: string): Promise<Visit> {
    const body = new URLSearchParams(this.#noBaseFields(user, pass)).toString();
    return noBaseVisit(await talk(this.#port, { path: '/api/user/login', headers: FORM, body }));
  }

  async noBaseJson(user: string, pass: string): Promise<Visit> {
    return noBaseVisit(await talkJson(this.#port, '/api/user/login', this.#noBaseFields(user, pass)));
  }

  /** `path` is any of the URLs under which the call is known. */
  async shopxo(accounts: string, pwd: string, path = '/user/login'): Promise<Visit> {
    const body = new URLSearchParams({ accounts, pwd, type: 'username' }).toString();
    return shopxoVisit(await talk(this.#port, { path, headers: FORM, body }));
  }

  async introspect(token: string): Promise<Introspection> {
    const { id, signature } = this.#app;
    const authorization = `Basic ${Buffer.from(`${id}:${signature}`).toString('base64')}`;
    const body = new URLSearchParams({ token }).toString();
    const heard = await talk(this.#port, {
      path: '/api/v1/tokens/introspect',
      headers: { ...FORM, authorization },
      body,
    });
    if (heard.status !== 200) throw new Error(`introspection was refused: ${heard.status} ${heard.body}`);
    return JSON.parse(heard.body) as Introspection;
  }

  async isLive(token: string): Promise<boolean> {
    return (await this.introspect(token)).active;
  }

  #noBaseFields(user: string, pass: string): Record<string, string> {
    const { id, signature } = this.#app;
    return { appid: id, signature, user, pass };
  }
}
