// A crowd at the door while something happens to the database: everybody signs in through every login again and again, and a stranger guesses beside them.
import { noteSecret } from '#tests/support/run-folder';

import { crew } from '../chaos/world.ts';
import { introspect, invite, type Somebody, type World } from '../laws/somebody.ts';
import { EVERY_SPEAKER, type Speaker, told } from '../laws/speakers.ts';
import { soon } from './soon.ts';

/** What became of one sign-in. */
export interface Told {
  readonly speaker: Speaker;
  /** The right password was given. */
  readonly isRight: boolean;
  readonly token: string | undefined;
  readonly says: string;
  readonly startedAt: number;
  readonly tookMs: number;
}

/** So many sign-ins come first. */
export const UNDISTURBED = 2 * EVERY_SPEAKER.length;
const BUSY = /繁忙|busy/i;
/** Failures after which an account is locked. */
const FAILURES = 5;
const [FIRST_SPEAKER] = EVERY_SPEAKER as [Speaker];

export const isBusy = ({ says }: Told): boolean => BUSY.test(says);

/** Whether a sign-in was answered as its dialect answers whoever is let in, guessed wrongly, has to wait, or meets a fault. */
export const isOfTheDialect = (each: Told): boolean =>
  (each.isRight && each.token !== undefined) ||
  each.says === each.speaker.answers.fault ||
  isBusy(each) ||
  (!each.isRight && (isLookedAt(each) || each.speaker.answers.locked.test(each.says)));

const isLookedAt = ({ isRight, says, speaker }: Told): boolean => !isRight && says === speaker.answers.wrong;

/** The people, and whom the stranger guesses at. */
export class Crowd {
  readonly answers: Told[] = [];
  readonly #world: World;
  readonly #person: Somebody;
  readonly #victim: Somebody;

  private constructor(world: World, person: Somebody, victim: Somebody) {
    this.#world = world;
    this.#person = person;
    this.#victim = victim;
  }

  static async at(world: World): Promise<Crowd> {
    return new Crowd(world, await invite(world), await invite(world));
  }

  /** Keeps everybody busy until it has happened; the stranger comes right before it. */
  async during(happening: () => Promise<unknown>): Promise<void> {
    let isOver = false;
    const again = async (speaker: Speaker, somebody: Somebody, isRight: boolean): Promise<unknown> =>
      Promise.all(
        crew(
          1,
          () => isOver,
          async () => this.answers.push(await this.#signIn(speaker, somebody, isRight)),
        ),
      );
    const people = EVERY_SPEAKER.map((speaker) => again(speaker, this.#person, true));
    await soon(() => this.answers.length >= UNDISTURBED);
    const stranger = again(FIRST_SPEAKER, this.#victim, false);
    try {
      await happening();
    } finally {
      isOver = true;
      await Promise.all([...people, stranger]);
    }
  }

  /** Whether the right password lets somebody in. */
  async isIn(): Promise<boolean> {
    return (await this.#signIn(FIRST_SPEAKER, this.#person, true)).token !== undefined;
  }

  /** Tokens that were given and are none. */
  async lostTokens(): Promise<number> {
    const tokens = this.answers.flatMap(({ token }) => token ?? []);
    const live = await Promise.all(
      tokens.map(async (token) => (await introspect(this.#world, token))['active'] === true),
    );
    return live.filter((isLive) => !isLive).length;
  }

  /** How many guesses at the victim were looked at, once no more are. */
  async guessesLookedAt(): Promise<number> {
    const before = this.answers.filter(isLookedAt).length;
    for (let guesses = 0; ; guesses += 1) {
      const guess = await this.#signIn(FIRST_SPEAKER, this.#victim, false);
      if (FIRST_SPEAKER.answers.locked.test(guess.says)) return before + guesses;
      if (!isLookedAt(guess) || guesses > 2 * FAILURES) throw new Error(`guess ${guesses}: ${guess.says}`);
    }
  }

  async #signIn(speaker: Speaker, somebody: Somebody, isRight: boolean): Promise<Told> {
    const startedAt = performance.now();
    const heard = await this.#world.signIn(speaker, isRight ? somebody : { ...somebody, password: 'a wrong one' });
    const token = speaker.tokenIn(heard);
    if (token !== undefined) noteSecret(token);
    return { speaker, isRight, token, says: told(heard), startedAt, tookMs: performance.now() - startedAt };
  }
}
