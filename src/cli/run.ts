// One run of the program: from the words of the command line to an exit code.
import { CommanderError } from 'commander';
import type { StandingOptions } from './act.ts';
import { createProgram } from './program.ts';
import type { Report } from './report.ts';
import type { Terminal } from './terminal.ts';

/** Carries out the command line: 0 when done, 1 when refused, 2 when the command line itself is wrong. */
export async function run(words: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode = 0;
  const deliver = (report: Report, { json }: StandingOptions): void => {
    const text = json === true && report.json !== null ? JSON.stringify(report.json) : report.text;
    if (text !== '') terminal.stdout.write(`${text}\n`);
    exitCode = report.exitCode ?? 0;
  };
  try {
    await createProgram({ terminal, deliver }).parseAsync([...words], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    // Most runs go well and need not load the words for those that do not.
    const failure = (await import('./failure.ts')).failureOf(error);
    terminal.stderr.write(`${words.includes('--json') ? JSON.stringify({ error: failure.json }) : failure.text}\n`);
    return failure.exitCode;
  }
}
