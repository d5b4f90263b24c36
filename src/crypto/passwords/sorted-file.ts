// Looks a line up in a sorted text file of any size, such as a set of breached passwords: by halving, without reading it whole.
import { type FileHandle, open } from 'node:fs/promises';

/** What is left to search is read at once. */
const BLOCK_BYTES = 32_768;
/** No password is longer, and so no line is. */
const LONGEST_LINE_BYTES = 4096;
const SAMPLES = 1000;
const LINE_BREAK = Buffer.from('\n');

/** Whether one of these is a line of the file. The file must be sorted byte by byte (`LC_ALL=C sort`). @throws Error when it cannot be read */
export async function hasLine(path: string, lines: readonly string[]): Promise<boolean> {
  return withFile(path, async (handle, size) => {
    for (const line of lines) if (await finds(handle, size, Buffer.from(line))) return true;
    return false;
  });
}

/** Whether lines from all over the file are in order: a file that was never sorted does not pass. @throws Error when it cannot be read */
export async function looksSorted(path: string): Promise<boolean> {
  return withFile(path, async (handle, size) => {
    let before: Uint8Array = new Uint8Array(0);
    for (let sample = 1; sample < SAMPLES; sample += 1) {
      const next = await lineAfter(handle, Math.floor((size * sample) / SAMPLES));
      if (next === undefined) continue;
      if (next.text.compare(before) < 0) return false;
      before = next.text;
    }
    return true;
  });
}

async function withFile<T>(path: string, work: (handle: FileHandle, size: number) => Promise<T>): Promise<T> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    return await work(handle, size);
  } finally {
    await handle.close();
  }
}

async function finds(handle: FileHandle, size: number, wanted: Buffer): Promise<boolean> {
  let [low, high] = [0, size];
  while (high - low > BLOCK_BYTES) {
    const middle = await lineAfter(handle, Math.floor((low + high) / 2));
    if (middle === undefined) throw new Error(`a line is longer than ${LONGEST_LINE_BYTES} bytes`);
    const order = wanted.compare(middle.text);
    if (order === 0) return true;
    if (order < 0) high = middle.start;
    else low = middle.start;
  }
  const block = Buffer.concat([LINE_BREAK, await read(handle, low, high - low), LINE_BREAK]);
  return block.includes(Buffer.concat([LINE_BREAK, wanted, LINE_BREAK]));
}

/** The first whole line that begins after the place; undefined when there is none, or a very long one. */
async function lineAfter(
  handle: FileHandle,
  place: number,
): Promise<{ readonly start: number; readonly text: Buffer } | undefined> {
  const bytes = await read(handle, place, 2 * LONGEST_LINE_BYTES);
  const start = bytes.indexOf('\n') + 1;
  const end = bytes.indexOf('\n', start);
  return start === 0 || end < 0 ? undefined : { start: place + start, text: bytes.subarray(start, end) };
}

async function read(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}
