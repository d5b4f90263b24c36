// Changes whose effect must outlive a kill: new passwords, ended sessions, counted failures. Each knows what it was told and checks it later.
import { aPassword, aUsername } from '../support/people.ts';
import { noteSecret } from '../support/run-folder.ts';
import type { Visit, Visitor } from '../support/visitor.ts';
import { unlessCutOff, type World } from './world.ts';

/** An account under test. */
export interface Subject {
  readonly id: string;
  readonly username: string;
  readonly password: string;
}

/** A change that is attempted while everything is about to be killed. */
export interface Change {
  /** How many steps were acknowledged. */
  readonly acknowledged: number;
  attempt(world: World, isOver: () => boolean): Promise<void>;
  /** What does not hold although it was acknowledged; empty when all is well. */
  check(world: World): Promise<readonly string[]>;
}

/** Registers somebody whose password is known by its hash already. */
export async function register(
  { operator }: World,
  { password, passwordHash }: { readonly password: string; readonly passwordHash: string },
): Promise<Subject> {
  const username = aUsername();
  const id = await operator.order('create', { record: { username, passwordHash } });
  if (id === undefined) throw new Error('the account was not created');
  return { id, username, password };
}

/** Signs somebody in. @throws Error when that is refused */
export async function signIn(visitor: Visitor, { username, password }: Subject): Promise<string> {
  const { token, heard } = await visitor.shopxo(username, password);
  if (token === undefined) throw new Error(`the sign-in was refused: ${heard.body}`);
  noteSecret(token);
  return token;
}

const isThrottled = ({ code, says }: Visit): boolean => code === -4 && says.includes('次数过多');
const isWrongPassword = ({ code, says }: Visit): boolean => code === -4 && !says.includes('次数过多');

/** A new password: the old one is dead, and so are the sessions it opened. */
export class PasswordChange implements Change {
  acknowledged = 0;
  readonly #subject: Subject;
  readonly #token: string;
  readonly #next = aPassword();

  constructor(subject: Subject, token: string) {
    this.#subject = subject;
    this.#token = token;
  }

  async attempt({ operator }: World, isOver: () => boolean): Promise<void> {
    if (isOver()) return;
    const done = await operator.order('setPassword', { accountId: this.#subject.id, password: this.#next });
    if (done !== undefined) this.acknowledged = 1;
  }

  async check({ visitor }: World): Promise<readonly string[]> {
    const { username, password } = this.#subject;
    const isOldLive = (await visitor.shopxo(username, password)).token !== undefined;
    const isNewLive = (await visitor.shopxo(username, this.#next)).token !== undefined;
    const isSessionLive = await visitor.isLive(this.#token);
    return [
      ...(this.acknowledged === 1 && !isNewLive ? ['the new password is lost'] : []),
      ...(this.acknowledged === 1 && isOldLive ? ['the old password is back'] : []),
      ...(isOldLive === isNewLive ? ['not exactly one password is right'] : []),
      ...(isSessionLive === isNewLive ? ['the session does not go with the password'] : []),
    ];
  }
}

/** The operator ends somebody's sessions. */
export class Revocation implements Change {
  acknowledged = 0;
  readonly #subject: Subject;
  readonly #token: string;

  constructor(subject: Subject, token: string) {
    this.#subject = subject;
    this.#token = token;
  }

  async attempt({ operator }: World, isOver: () => boolean): Promise<void> {
    if (isOver()) return;
    const done = await operator.order('revoke', { accountId: this.#subject.id });
    if (done !== undefined) this.acknowledged = 1;
  }

  async check({ visitor }: World): Promise<readonly string[]> {
    const isBack = this.acknowledged === 1 && (await visitor.isLive(this.#token));
    return isBack ? ['the session is back'] : [];
  }
}

/** So many wrong guesses lock an account. */
export const FAILURES = 5;
/** Some are turned away because the server is busy. */
const MOST_TRIES = 50;

/** Wrong guesses: five lock, whether or not the server died among them. */
export class Guessing implements Change {
  acknowledged = 0;
  readonly #subject: Subject;
  readonly #upTo: number;

  constructor(subject: Subject, upTo = FAILURES) {
    this.#subject = subject;
    this.#upTo = upTo;
  }

  async attempt({ visitor }: World, isOver: () => boolean): Promise<void> {
    for (let tries = 0; tries < MOST_TRIES && this.acknowledged < this.#upTo && !isOver(); tries += 1)
      await this.#guess(visitor);
  }

  /** Whether the guess was looked at, and wrong. */
  async #guess(visitor: Visitor): Promise<boolean> {
    const visit = await unlessCutOff(visitor.shopxo(this.#subject.username, aPassword()));
    const isLookedAt = visit !== undefined && isWrongPassword(visit);
    if (isLookedAt) this.acknowledged += 1;
    return isLookedAt;
  }

  /** The server may be busy, or still hold the place of an attempt that was cut short. */
  async #guessPatiently(visitor: Visitor): Promise<void> {
    for (let tries = 0; tries < 3; tries += 1) if (await this.#guess(visitor)) return;
  }

  async check({ visitor }: World): Promise<readonly string[]> {
    const { username, password } = this.#subject;
    const wasLocked = this.acknowledged === FAILURES;
    await Promise.all(Array.from({ length: FAILURES - this.acknowledged }, () => this.#guessPatiently(visitor)));
    const visit = await visitor.shopxo(username, password);
    return [
      ...(wasLocked && !isThrottled(visit) ? [`the lock is gone: ${visit.heard.body}`] : []),
      ...(visit.token === undefined ? [] : ['failures are forgotten: the right password still works']),
      ...(this.acknowledged > FAILURES ? [`${this.acknowledged} guesses were looked at`] : []),
    ];
  }
}
