// A storm of registrations and sign-ins, and the ledger its clients keep of everything that was acknowledged to them.
import { randomInt } from 'node:crypto';

import { aPassword, aUsername } from '../support/people.ts';
import { noteSecret } from '../support/run-folder.ts';
import type { Visitor } from '../support/visitor.ts';
import type { Operator } from './operator.ts';
import { inspect } from './store-file.ts';
import { crew, killAmid, someOf, unlessCutOff, type World } from './world.ts';

interface Registered {
  readonly username: string;
  readonly password: string;
}

/** What is gone or wrong although it was acknowledged; each list is empty when all is well. */
export interface Loss {
  readonly integrity: string;
  readonly halves: number;
  readonly missing: readonly string[];
  readonly refused: readonly string[];
  readonly deadTokens: readonly string[];
}

export const NO_LOSS: Loss = { integrity: 'ok', halves: 0, missing: [], refused: [], deadTokens: [] };

const AT_ONCE = 32;

/** Kept by the clients, outside of everything that is killed. */
export class Ledger {
  readonly accounts: Registered[] = [];
  readonly tokens: string[] = [];
  /** Answers that were neither a sign-in nor a plea for patience. */
  readonly oddAnswers: string[] = [];
  readonly #password = aPassword();
  #hash = '';

  /** A few accounts, so that there is somebody to sign in. */
  async begin({ operator }: World): Promise<void> {
    this.#hash = (await operator.order('hash', { password: this.#password })) ?? '';
    await Promise.all(Array.from({ length: 8 }, () => this.#register(operator)));
  }

  /** Registrations and sign-ins side by side, until everything is killed. */
  async storm(world: World): Promise<void> {
    const [accounts, tokens] = [this.accounts.length, this.tokens.length];
    await killAmid(world, {
      begin: (isOver) => [
        ...crew(AT_ONCE, isOver, () => this.#register(world.operator)),
        ...crew(AT_ONCE, isOver, () => this.#signIn(world.visitor)),
      ],
      isUnderWay: () => this.accounts.length > accounts && this.tokens.length > tokens,
    });
  }

  /** Holds the ledger against what is there now. */
  async audit({ server, visitor }: World): Promise<Loss> {
    const { integrity, halves, complete } = inspect(server.dataDir);
    return {
      integrity,
      halves,
      missing: this.accounts.map(({ username }) => username).filter((username) => !complete.has(username)),
      refused: await this.#refusedAmong(someOf(this.accounts, 4), visitor),
      deadTokens: await deadAmong(this.tokens, visitor),
    };
  }

  /** Most bring a hash along, as an import does; every eighth a password that has to be hashed first. */
  async #register(operator: Operator): Promise<void> {
    const username = aUsername();
    const password = randomInt(8) === 0 ? aPassword() : this.#password;
    const credential = password === this.#password ? { passwordHash: this.#hash } : { password };
    const id = await operator.order('create', { record: { username, ...credential } });
    if (id !== undefined) this.accounts.push({ username, password });
  }

  async #signIn(visitor: Visitor): Promise<void> {
    const [{ username, password } = { username: '', password: '' }] = someOf(this.accounts, 1);
    const visit = await unlessCutOff(visitor.shopxo(username, password));
    if (visit?.token !== undefined) {
      noteSecret(visit.token);
      this.tokens.push(visit.token);
    } else if (visit !== undefined && !visit.says.includes('繁忙')) this.oddAnswers.push(visit.heard.body);
  }

  async #refusedAmong(some: readonly Registered[], visitor: Visitor): Promise<readonly string[]> {
    const visits = await Promise.all(some.map(({ username, password }) => visitor.shopxo(username, password)));
    return visits.filter(({ token }) => token === undefined).map(({ heard }) => heard.body);
  }
}

async function deadAmong(tokens: readonly string[], visitor: Visitor): Promise<readonly string[]> {
  const dead: string[] = [];
  const left = [...tokens];
  const ask = async (): Promise<void> => {
    const token = left.pop();
    if (token !== undefined && !(await visitor.isLive(token))) dead.push(token);
  };
  await Promise.all(crew(AT_ONCE, () => left.length === 0, ask));
  return dead;
}
