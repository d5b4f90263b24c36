// Lines of a log that leave together: one write for each line is a tenth of what it costs to turn somebody away in a storm.
import type { Writable } from 'node:stream';

/** Longest that a line waits for others, milliseconds. */
const GATHER_MS = 20;

/** Where lines can be written. */
interface LineSink {
  write(line: string): void;
}

/** Writes to the stream what was written within a moment, at once. Whatever else goes there keeps its place among the lines. */
export function gathered(stream: Writable): LineSink {
  return {
    write(line) {
      if (stream.writableCorked === 0) {
        stream.cork();
        setTimeout(() => stream.uncork(), GATHER_MS);
      }
      stream.write(line);
    },
  };
}
