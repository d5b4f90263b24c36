// The writing thread as the rest of the process sees it.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { ActCall, ActKind } from '../sql/acts.ts';
import type { Written } from './group-commit.ts';
import { Outbox } from './outbox.ts';
import { fromMessage } from './thread-errors.ts';
import type { FromThread, ToThread, WriteReply, WriteRequest } from './writer-messages.ts';

interface Waiting {
  readonly resolve: (written: Written) => void;
  readonly reject: (reason: Error) => void;
}

/** Sends writes to a thread of their own. */
export class WriterThread {
  readonly #path: string;
  readonly #waiting = new Map<number, Waiting>();
  readonly #outbox = new Outbox<WriteRequest>((requests) => this.#deliver(requests));
  #lastId = 0;
  #isClosed = false;
  #thread: Worker | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** Starts the thread, on a database in shape. */
  async start(): Promise<void> {
    await once(this.#running(), 'message');
  }

  perform(call: ActCall, kind: ActKind): Promise<Written> {
    if (this.#isClosed) return Promise.reject(new Error('the storage is closed'));
    const id = (this.#lastId += 1);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#outbox.send({ id, call, kind });
    });
  }

  /** Lets what was sent finish, then ends the thread. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#outbox.flush();
    if (this.#thread === undefined) return;
    const exited = once(this.#thread, 'exit');
    this.#post('close');
    await exited;
  }

  /** Whoever asked for what cannot cross hears so; the others of the same breath go their way. */
  #deliver(requests: readonly WriteRequest[]): void {
    try {
      this.#post(requests);
    } catch (fault) {
      const [first, ...others] = requests;
      if (others.length > 0) for (const each of requests) this.#deliver([each]);
      else if (first !== undefined) this.#refuse(first, fault as Error);
    }
  }

  #refuse({ id }: WriteRequest, fault: Error): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    waiting?.reject(fault);
  }

  #post(message: ToThread): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    this.#running().postMessage(message);
  }

  /** A thread that died is started anew by the next write. */
  #running(): Worker {
    this.#thread ??= this.#launch();
    return this.#thread;
  }

  #launch(): Worker {
    const thread = new Worker(new URL('./writer-thread.ts', import.meta.url), { workerData: this.#path });
    thread.on('message', (message: FromThread) => message !== 'ready' && this.#settle(message));
    thread.on('error', (fault) => this.#mourn(thread, fault as Error));
    thread.on('exit', () => this.#mourn(thread, new Error('the writing thread has ended')));
    return thread;
  }

  #settle(replies: readonly WriteReply[]): void {
    for (const reply of replies) {
      const waiting = this.#waiting.get(reply.id);
      this.#waiting.delete(reply.id);
      if ('error' in reply) waiting?.reject(fromMessage(reply.error));
      else waiting?.resolve({ result: reply.result, changes: reply.changes });
    }
  }

  /** Whoever still waits hears of a fault: nothing is acknowledged that may not have happened. */
  #mourn(thread: Worker, fault: Error): void {
    if (this.#thread !== thread) return;
    this.#thread = undefined;
    this.#outbox.clear();
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject(fault);
  }
}
