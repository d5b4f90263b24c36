// Reads a request's body, but never more of it than is allowed.
import type { IncomingMessage } from 'node:http';

const EMPTY = new Uint8Array(0);

/**
 * So many times the longest body, if it was announced, is still taken off the wire and thrown away: a client that is cut off while it sends
 * never hears why. Beyond that it is cut off.
 */
const TIMES_DISCARDED = 32;

/** The whole body; undefined when it is longer than `most` bytes. Rejects when the client goes away. */
export function readBody(request: IncomingMessage, most: number): Promise<Uint8Array | undefined> | Uint8Array {
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  if (encoding !== undefined) return collect(request, { kept: most, taken: most });
  if (length === undefined || length === '0') return EMPTY;
  const taken = most * TIMES_DISCARDED;
  return Number(length) > taken ? Promise.resolve(undefined) : collect(request, { kept: most, taken });
}

interface Bounds {
  readonly kept: number;
  readonly taken: number;
}

function collect(request: IncomingMessage, { kept, taken }: Bounds): Promise<Uint8Array | undefined> {
  return new Promise((resolve, reject) => {
    const gathered = new Gathered();
    let size = 0;
    request.on('data', (piece: Uint8Array) => {
      size += piece.length;
      if (size <= kept) gathered.add(piece);
      if (size <= taken) return;
      // What still arrives is not even looked at: the answer closes the connection.
      request.pause();
      resolve(undefined);
    });
    request.once('end', () => resolve(size > kept ? undefined : gathered.bytes));
    request.once('error', reject);
    // Every request closes in the end; an error that nobody would get costs more than the reading did.
    request.once('close', () => {
      if (!request.readableEnded) reject(new Error('the client went away'));
    });
  });
}

/** Bytes put together as they come. A thousand pieces of one byte weigh a thousand bytes, not a thousand objects. */
class Gathered {
  #store: Uint8Array = EMPTY;
  #size = 0;

  get bytes(): Uint8Array {
    return this.#store.subarray(0, this.#size);
  }

  /** The first piece is mostly the only one, and is kept as it is. */
  add(piece: Uint8Array): void {
    const size = this.#size + piece.length;
    if (this.#size > 0 && size > this.#store.length) this.#grow(size * 2);
    if (this.#size === 0) this.#store = piece;
    else this.#store.set(piece, this.#size);
    this.#size = size;
  }

  #grow(length: number): void {
    const store = Buffer.allocUnsafe(length);
    store.set(this.bytes);
    this.#store = store;
  }
}
