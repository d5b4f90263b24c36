// People who sign in one after the other as long as something else goes on, and what they were given.
import type { Person } from '../people.ts';
import { loginAt } from './entrances.ts';

const AT_ONCE = 2;

/** They begin when it is made. */
export class SigningIn {
  readonly tokens: string[] = [];
  /** Told to come back later. */
  busy = 0;
  readonly #url: string;
  readonly #people: readonly Person[];
  readonly #work: readonly Promise<void>[];
  #turn = 0;
  #isOver = false;

  constructor(url: string, people: readonly Person[]) {
    this.#url = url;
    this.#people = people;
    this.#work = Array.from({ length: AT_ONCE }, () => this.#goOn());
    // Whoever ends them hears of it.
    for (const each of this.#work) each.catch(() => undefined);
  }

  /** @throws Error when somebody was neither let in nor told to come back */
  async end(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#work);
  }

  async #goOn(): Promise<void> {
    while (!this.#isOver) {
      this.#turn += 1;
      const person = this.#people[this.#turn % this.#people.length];
      if (person === undefined) throw new RangeError('there is nobody');
      const { token, mayComeBack, text } = await loginAt(this.#url, person);
      if (token !== null) this.tokens.push(token);
      else if (mayComeBack) this.busy += 1;
      else throw new Error(`no token: ${text}`);
    }
  }
}
