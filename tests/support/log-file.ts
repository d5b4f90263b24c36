// The log of a test's server, read record by record.
import { readFileSync } from 'node:fs';

import type { TestServer } from './server.ts';

/** One line of the log. */
export interface LogRecord {
  readonly [name: string]: unknown;
}

/** The records written so far. A line that is no JSON object is a forged one, and fails the test. */
export function logOf({ logFile }: Pick<TestServer, 'logFile'>): readonly LogRecord[] {
  const lines = readFileSync(logFile, 'utf8').split('\n');
  return lines.slice(0, -1).map((line) => JSON.parse(line) as LogRecord);
}

/** The record of the answer with that support code. */
export function recordOf(server: Pick<TestServer, 'logFile'>, supportCode: unknown): readonly LogRecord[] {
  return logOf(server).filter(({ id }) => id === supportCode);
}
