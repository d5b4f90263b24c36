// Shows how far a long command is, on a terminal only.
import type { Terminal } from './terminal.ts';

/** Something that shows how far we are. */
export interface Progress {
  /** `done` of the whole, and what it came to so far. */
  show(done: number, remark: string): void;
  end(): void;
}

const SILENT: Progress = { show: () => undefined, end: () => undefined };

/** A bar on standard error when that is a terminal; silence otherwise. */
export async function progressOn({ stderr }: Terminal, whole: number): Promise<Progress> {
  if (stderr.isTTY !== true || whole === 0) return SILENT;
  const { SingleBar } = await import('cli-progress');
  const bar = new SingleBar({ format: '{bar} {percentage}%  {remark}', hideCursor: true, stream: stderr });
  bar.start(whole, 0, { remark: '' });
  return { show: (done, remark) => bar.update(done, { remark }), end: () => bar.stop() };
}
