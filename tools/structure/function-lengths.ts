// Measures how long the functions are. A callback is part of the function it stands in and is not counted by itself.
import { type Function as AnyFunction, type ArrowFunctionExpression, type Expression, Visitor } from 'oxc-parser';

import { type Source, lineAt } from './source.ts';

type Measured = AnyFunction | ArrowFunctionExpression;

function isFunction(node: { type: string }): boolean {
  return node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression';
}

function callbackStarts(source: Source): Set<number> {
  const starts = new Set<number>();
  const note = ({
    arguments: given,
  }: {
    arguments: readonly (Expression | { type: string; start: number })[];
  }): void => {
    for (const argument of given) if (isFunction(argument)) starts.add(argument.start);
  };
  new Visitor({ CallExpression: note, NewExpression: note }).visit(source.program);
  return starts;
}

/** The length in lines of every function in the file that has a body and is not a callback. */
export function functionLengths(source: Source): number[] {
  const callbacks = callbackStarts(source);
  const lengths: number[] = [];
  const measure = (node: Measured): void => {
    if (!node.body || callbacks.has(node.start)) return;
    lengths.push(lineAt(source, node.end) - lineAt(source, node.start) + 1);
  };
  new Visitor({
    FunctionDeclaration: measure,
    FunctionExpression: measure,
    ArrowFunctionExpression: measure,
  }).visit(source.program);
  return lengths;
}

/** The middle one; of an even number the mean of the two in the middle. Nothing has no median. */
export function median(numbers: readonly number[]): number | undefined {
  const sorted = numbers.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  return upper === undefined || lower === undefined ? undefined : (upper + lower) / 2;
}
