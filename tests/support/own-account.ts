// Somebody and their account, as flows know them: registered, signed in, sent a code.
import { type AskOf, codeDigest, Secret } from '#core';

import { aMobile, aPassword, aUsername } from './people.ts';
import { asking, callFrom, type OpenRulebook, TERMS } from './rulebook.ts';

/** Somebody with a name and a password. */
export interface Named {
  readonly username: string;
  readonly password: string;
}

export const aPerson = (): Named => ({ username: aUsername(), password: aPassword() });

/** What registering with a name and a password asks. */
export const joining = ({ username, password }: Named, more: Partial<AskOf<'signUp'>> = {}): AskOf<'signUp'> => ({
  identifiers: [{ kind: 'username', text: username }],
  password: new Secret(password),
  profile: {},
  session: TERMS,
  client: {},
  ...more,
});

/** Somebody who has a verified mobile, and what they do. */
export class Owner {
  readonly mobile = aMobile();
  readonly password: string;
  readonly username: string;
  readonly #book: OpenRulebook;

  constructor(book: OpenRulebook, { username, password }: Named = aPerson()) {
    this.#book = book;
    this.username = username;
    this.password = password;
  }

  /** Makes the account. */
  async settle(record: Readonly<Record<string, string>> = {}): Promise<this> {
    const { mobile, username, password } = this;
    await this.#book.addAccount({ mobile, username, password, ...record });
    return this;
  }

  /** The token of a new session. */
  async signIn(from = 1, password = this.password): Promise<Secret> {
    const { session } = await this.#book.flows.signInWithPassword(asking(this.username, password), callFrom(from));
    return session.token;
  }

  /** Whether the token still opens the account. */
  async holds(token: Secret): Promise<boolean> {
    return this.#book.flows.describeAccount({ who: { token } }, callFrom(1)).then(
      () => true,
      () => false,
    );
  }

  /** Has a code of this purpose sent to the mobile. */
  async receive(purpose: string, code: string, mobile = this.mobile): Promise<void> {
    const { clock, house } = this.#book;
    const where = { realm: 'main', purpose, destination: `mobile:+86${mobile}` };
    const digest = codeDigest(house.digests, where, new Secret(code));
    const issuedAt = clock.now();
    await house.stores.codes.issue({ ...where, digest, issuedAt, expiresAt: issuedAt + 600_000, tries: 5 });
  }
}
