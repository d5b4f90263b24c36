// Words what went wrong, in one line: misuse, a refusal, or a fault.
import { CommanderError } from 'commander';
import { type JsonObject, Refusal } from '#core';
import { Misuse } from './misuse.ts';
import { harmless } from './terminal.ts';

/** How a run that failed is told. */
interface Failure {
  readonly exitCode: 1 | 2;
  readonly text: string;
  readonly json: JsonObject;
}

const oneLine = (text: string): string => harmless(text.trim().replaceAll(/\s*\n\s*/g, ' '));

function misuse(message: string): Failure {
  const text = oneLine(message.replace(/^error: /, ''));
  return { exitCode: 2, text: `error: ${text}`, json: { code: 'misuse', text } };
}

function refused({ code, message, detail }: Refusal): Failure {
  const about = [detail.field, detail.remark].filter((part) => part !== undefined).join(': ');
  const text = oneLine(about === '' ? message : `${message} (${about})`);
  return { exitCode: 1, text: `refused: ${text} [${code}]`, json: { code, text } };
}

/** The failure an error stands for. */
export function failureOf(error: unknown): Failure {
  if (error instanceof CommanderError || error instanceof Misuse) return misuse(error.message);
  if (error instanceof Refusal) return refused(error);
  const text = oneLine(error instanceof Error ? error.message : String(error));
  return { exitCode: 1, text: `error: ${text}`, json: { code: 'fault', text } };
}
