// The parameters of a NoBase call: texts from the query of a GET, from the body or the query of a POST.
import { type AskOf, fitPassword, type IdentifierClaim, type JsonValue, Refusal, Secret } from '#core';
import { bearerIn, type Fields, type WireRequest } from '#wire';

type App = NonNullable<AskOf<'signInWithPassword'>['app']>;
type Who = AskOf<'describeAccount'>['who'];

/** What one call says. Key by key the body wins over the query, also when it is empty there. */
export class Parameters {
  readonly #request: WireRequest;
  readonly #body: Fields;
  readonly #all: Fields;

  /** @throws Refusal `input.malformed` */
  constructor(request: WireRequest) {
    this.#request = request;
    this.#body = request.method === 'POST' ? request.body('form', 'json') : {};
    this.#all = { ...request.query(), ...this.#body };
  }

  /** @throws Refusal `input.malformed` */
  text(name: string): string {
    const text = this.textIfAny(name);
    if (text === undefined) throw new Refusal('input.malformed', { field: name });
    return text;
  }

  /** Undefined when absent, null or empty. @throws Refusal `input.malformed` */
  textIfAny(name: string): string | undefined {
    const value = this.#own(name) ?? '';
    if (typeof value !== 'string') throw new Refusal('input.malformed', { field: name });
    return value === '' ? undefined : value;
  }

  /** @throws Refusal `input.malformed` when it is missing or no text */
  password(name: string, maxLength: number): Secret | Refusal {
    const fit = fitPassword(this.#own(name) === '' ? '' : this.text(name), maxLength);
    return fit instanceof Refusal ? new Refusal(fit.code, { field: name }) : fit;
  }

  /**
   * The app. One that forbids GET wants none of these secrets in a URL, whatever the method they came with.
   * @throws Refusal `input.malformed`
   */
  app(...secrets: readonly string[]): App {
    const [id, signature] = [this.text('appid'), this.text('signature')];
    return { id, signature: new Secret(signature), isGet: secrets.some((name) => this.#isInUrl(name)) };
  }

  /** The app of a call whose page does not ask for one. */
  appIfAny(...secrets: readonly string[]): { readonly app?: App } {
    return this.textIfAny('appid') === undefined ? {} : { app: this.app(...secrets) };
  }

  /** The token, as the parameter of the document or as a header. */
  token(): Secret | undefined {
    const token = this.textIfAny('token');
    return token === undefined ? bearerIn(this.#request) : new Secret(token);
  }

  /** Whoever holds a token, else whoever knows a name and its password. @throws Refusal `input.malformed` */
  who(maxLength: number): Who {
    const token = this.token();
    if (token !== undefined) return { token };
    if (this.textIfAny('user') === undefined) throw new Refusal('input.malformed', { field: 'token' });
    return { claims: claimsOf(this.text('user')), password: this.password('pass', maxLength) };
  }

  #isInUrl(name: string): boolean {
    return this.#own(name) !== undefined && this.#body[name] === undefined;
  }

  #own(name: string): JsonValue | undefined {
    return Object.hasOwn(this.#all, name) ? this.#all[name] : undefined;
  }
}

/**
 * A name is looked for among usernames first: that is what the document's accounts register with. One that looks like a number or an address
 * and was registered here counts here alone, after those whose number or address it is.
 */
export function claimsOf(user: string): readonly IdentifierClaim[] {
  return [
    { kind: 'username', text: user },
    { kind: 'mobile', text: user },
    { kind: 'email', text: user },
    { kind: 'username', text: user, nameSpace: NAME_SPACE },
  ];
}

export const NAME_SPACE = 'nobase';
