// One connection on which one thing is asked at a time: it waits for the whole answer, and measures how long that took.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** An answer, and the time from the first byte sent to the last byte received. */
export interface TimedAnswer {
  readonly text: string;
  readonly tookMs: number;
}

const HEAD_END = '\r\n\r\n';

/** Speaks HTTP/1.1; a connection the server has closed after its answer, or for being idle, is opened anew. */
export class Conversation {
  readonly #port: number;
  readonly #from: string;
  #socket: Socket;
  #isClosing = false;
  #received = Buffer.alloc(0);

  private constructor(socket: Socket, port: number, from: string) {
    this.#socket = socket;
    this.#port = port;
    this.#from = from;
  }

  /** @param from a loopback address: each of 127.0.0.0/8 is a source of its own */
  static async open(port: number, from = '127.0.0.1'): Promise<Conversation> {
    return new Conversation(await opened(port, from), port, from);
  }

  /** @throws Error when the server hangs up instead of answering */
  async ask(request: Uint8Array): Promise<TimedAnswer> {
    if (this.#isClosing || this.#socket.destroyed || this.#socket.readableEnded) await this.#openAnew();
    const startedAt = performance.now();
    this.#socket.write(request);
    await this.#whole();
    const tookMs = performance.now() - startedAt;
    const text = this.#received.toString('utf8');
    this.#received = Buffer.alloc(0);
    this.#isClosing = /^connection: close\r$/im.test(text);
    return { text, tookMs };
  }

  close(): void {
    this.#socket.destroy();
  }

  async #openAnew(): Promise<void> {
    this.#socket.destroy();
    this.#socket = await opened(this.#port, this.#from);
  }

  #whole(): Promise<void> {
    return new Promise((resolve, reject) => {
      const receive = (chunk: Buffer): void => {
        this.#received = Buffer.concat([this.#received, chunk]);
        if (!isWhole(this.#received)) return;
        leave();
        resolve();
      };
      const fail = (): void => {
        leave();
        reject(new Error(`the server hung up: ${this.#received.toString('utf8')}`));
      };
      const leave = (): void => {
        this.#socket.off('data', receive).off('close', fail);
      };
      this.#socket.on('data', receive).once('close', fail);
    });
  }
}

async function opened(port: number, from: string): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', localAddress: from, port, noDelay: true });
  await once(socket, 'connect');
  return socket;
}

function isWhole(bytes: Buffer): boolean {
  const end = bytes.indexOf(HEAD_END);
  if (end < 0) return false;
  const length = /^content-length: (\d+)/im.exec(bytes.toString('latin1', 0, end))?.[1] ?? '0';
  return bytes.length >= end + HEAD_END.length + Number(length);
}
