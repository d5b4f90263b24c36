// Runs one of our tools on the Node that runs us, and keeps what it printed.
import { spawn } from 'node:child_process';

/** How a tool ended: its exit code (a signal counts as failure) and everything it printed, in order. */
export interface Ending {
  readonly isFine: boolean;
  readonly printed: string;
}

/** Runs a script with this very Node and never throws for its failure. */
export async function runScript(script: string, ...options: readonly string[]): Promise<Ending> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...options]);
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { isFine: code === 0, printed: Buffer.concat(chunks).toString().trimEnd() };
}
