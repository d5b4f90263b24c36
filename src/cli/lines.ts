// Reads a stream line by line without ever holding more than one line and one chunk of it.

/** One line of a file. */
export interface Line {
  /** The first is 1. */
  readonly number: number;
  /** Undefined when the line is too long, or is not UTF-8. */
  readonly text: string | undefined;
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Collects the bytes of the current line, up to a limit. */
class LineBuffer {
  readonly #mostBytes: number;
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  #parts: Uint8Array[] = [];
  #length = 0;
  #number = 0;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  get isEmpty(): boolean {
    return this.#length === 0;
  }

  append(part: Uint8Array): void {
    this.#length += part.length;
    // Of a line that is too long nothing needs to be kept.
    if (this.#length > this.#mostBytes) this.#parts = [];
    else if (part.length > 0) this.#parts.push(part);
  }

  finish(): Line {
    this.#number += 1;
    const line = { number: this.#number, text: this.#length > this.#mostBytes ? undefined : this.#text() };
    this.#parts = [];
    this.#length = 0;
    return line;
  }

  #text(): string | undefined {
    const bytes = Buffer.concat(this.#parts);
    try {
      return this.#decoder.decode(bytes.at(-1) === CARRIAGE_RETURN ? bytes.subarray(0, -1) : bytes);
    } catch {
      return undefined;
    }
  }
}

/** The lines of a byte stream; those longer than `mostBytes` come without text. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>, mostBytes: number): AsyncGenerator<Line> {
  const buffer = new LineBuffer(mostBytes);
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      buffer.append(chunk.subarray(start, end));
      yield buffer.finish();
      start = end + 1;
    }
    buffer.append(chunk.subarray(start));
  }
  if (!buffer.isEmpty) yield buffer.finish();
}

/** Groups of at most `size`, in order. */
export async function* batchesOf<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<readonly T[]> {
  let batch: T[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
