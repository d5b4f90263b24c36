// An operator at work beside a server, in a process of its own that can be killed like the server.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import type { JsonObject } from '#core';
import { onTestFinished } from 'vitest';

import { plainEnvironment } from '../support/child-server.ts';

/** Something to be done. */
export interface Order {
  readonly number: number;
  readonly act: 'create' | 'hash' | 'revoke' | 'setPassword';
  /** A line of an import file, for `create`. */
  readonly record?: JsonObject;
  readonly accountId?: string;
  readonly password?: string;
}

/** The word that an order was carried out, or refused. */
export interface Receipt {
  readonly number: number;
  readonly done?: string;
  readonly refused?: string;
}

const PROGRAM = join(import.meta.dirname, 'operator-process.ts');

/** Orders that were given and not yet answered wait here. */
type Waiting = Map<number, (receipt: Receipt | undefined) => void>;

/** The operator's process. */
export class Operator {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #closed: Promise<unknown>;
  readonly #waiting: Waiting = new Map();
  #errors = '';
  #orders = 0;

  private constructor(child: ChildProcessWithoutNullStreams) {
    this.#child = child;
    this.#closed = once(child, 'close').then(() => this.#giveUp());
    child.stdin.on('error', () => undefined);
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.#errors += text));
    createInterface(child.stdout).on('line', (line) => this.#hear(line));
  }

  /** Starts beside the server of that folder. @throws Error what the process said when it could not */
  static async beside(dataDir: string): Promise<Operator> {
    const env = plainEnvironment({ UNDERSTUDY_DATA_DIR: dataDir, UNDERSTUDY_KDF_WAIT_MS: '60000' });
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', PROGRAM], { env, cwd: dataDir });
    onTestFinished(() => void child.kill('SIGKILL'));
    const operator = new Operator(child);
    const isReady = await new Promise((resolve) => operator.#waiting.set(0, resolve));
    if (isReady === undefined) throw new Error(`the operator's process ended: ${operator.#errors}`);
    return operator;
  }

  /** What was done; undefined when it was refused, or when nobody will ever know. */
  async order(act: Order['act'], details: Omit<Order, 'act' | 'number'>): Promise<string | undefined> {
    const number = (this.#orders += 1);
    const receipt = new Promise<Receipt | undefined>((resolve) => this.#waiting.set(number, resolve));
    this.#child.stdin.write(`${JSON.stringify({ number, act, ...details })}\n`);
    return (await receipt)?.done;
  }

  /** SIGKILL; what it had said by then is still heard. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#closed;
  }

  #hear(line: string): void {
    const receipt = { number: 0, ...(JSON.parse(line) as Partial<Receipt>) };
    this.#waiting.get(receipt.number)?.(receipt);
    this.#waiting.delete(receipt.number);
  }

  #giveUp(): void {
    for (const resolve of this.#waiting.values()) resolve(undefined);
    this.#waiting.clear();
  }
}
