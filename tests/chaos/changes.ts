// One round of changes in front of a kill: a handful of each kind, all at once, on accounts made for the purpose.
import { aPassword } from '../support/people.ts';
import {
  type Change,
  FAILURES,
  Guessing,
  PasswordChange,
  register,
  Revocation,
  signIn,
  type Subject,
} from './effects.ts';
import { killAmid, times, type World } from './world.ts';

const OF_EACH = 5;

interface Tally {
  passwords: number;
  revocations: number;
  failures: number;
}

/** Rounds of changes, and what was acknowledged in all of them together. */
export class Changes {
  readonly acknowledged: Tally = { passwords: 0, revocations: 0, failures: 0 };
  readonly #password = aPassword();
  #passwordHash = '';
  #passwords: readonly Change[] = [];
  #revocations: readonly Change[] = [];
  #guessings: readonly Change[] = [];

  /** Makes the accounts, opens the sessions, and brings one account to the brink of its lock. */
  async prepare(world: World): Promise<void> {
    this.#passwordHash = (await world.operator.order('hash', { password: this.#password })) ?? '';
    const guest = async (): Promise<Subject> =>
      register(world, { password: this.#password, passwordHash: this.#passwordHash });
    const signedIn = async (): Promise<readonly [Subject, string]> => {
      const subject = await guest();
      return [subject, await signIn(world.visitor, subject)];
    };
    const each = async <T>(make: () => Promise<T>): Promise<readonly T[]> =>
      Promise.all(Array.from({ length: OF_EACH }, make));
    this.#passwords = await each(async () => new PasswordChange(...(await signedIn())));
    this.#revocations = await each(async () => new Revocation(...(await signedIn())));
    const [known] = await signedIn();
    const onTheBrink = new Guessing(await guest(), FAILURES - 1);
    await onTheBrink.attempt(world, () => false);
    this.#guessings = [onTheBrink, new Guessing(known), ...(await each(async () => new Guessing(await guest())))];
  }

  /** Attempts everything until everything is killed. */
  async storm(world: World): Promise<void> {
    await killAmid(world, {
      begin: (isOver) => [
        inTurn(this.#passwords, world, isOver),
        inTurn(this.#revocations, world, isOver),
        ...this.#guessings.map((guessing) => guessing.attempt(world, isOver)),
      ],
      // The one on the brink had its failures before.
      isUnderWay: () =>
        stepsOf(this.#passwords) > 0 && stepsOf(this.#revocations) > 0 && stepsOf(this.#guessings) >= FAILURES,
    });
    this.acknowledged.passwords += stepsOf(this.#passwords);
    this.acknowledged.revocations += stepsOf(this.#revocations);
    this.acknowledged.failures += stepsOf(this.#guessings);
  }

  /** Everything that was acknowledged and does not hold. */
  async check(world: World): Promise<readonly string[]> {
    const inTurns = [[...this.#passwords, ...this.#revocations], this.#guessings];
    const found = await times(inTurns.length, async (turn) =>
      Promise.all((inTurns[turn - 1] ?? []).map((change) => change.check(world))),
    );
    return found.flat(2);
  }
}

function stepsOf(changes: readonly Change[]): number {
  return changes.reduce((steps, { acknowledged }) => steps + acknowledged, 0);
}

async function inTurn(changes: readonly Change[], world: World, isOver: () => boolean): Promise<void> {
  await times(changes.length, async (number) => changes[number - 1]?.attempt(world, isOver));
}
