// Finds the tests that say which requirement they are about: `it('R-78 refuses a repeated key', …)`.
import { type Node, Visitor } from 'oxc-parser';

import { type Source, lineAt } from '../structure/source.ts';

/** A test and the requirements it names. */
export interface NumberedTest {
  readonly numbers: readonly number[];
  /** The situations it stands in and its own sentence, without the numbers. */
  readonly name: string;
  readonly path: string;
  readonly line: number;
}

const LEADING_NUMBERS = /^(?:R-\d+ )+/;

/** The word a chain of calls begins with: of `it.each(rows)(…)` it is `it`. */
function firstWord(node: Node): string {
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'MemberExpression') return firstWord(node.object);
  if (node.type === 'CallExpression') return firstWord(node.callee);
  return node.type === 'TaggedTemplateExpression' ? firstWord(node.tag) : '';
}

function textOf(node: Node | undefined): string | undefined {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node?.type !== 'TemplateLiteral') return undefined;
  return node.quasis.map(({ value }) => value.cooked ?? '').join('…');
}

/** The numbered tests of a file, in their order. */
export function numberedTests(source: Source): readonly NumberedTest[] {
  const situations: string[] = [];
  const found: NumberedTest[] = [];
  new Visitor({
    CallExpression(node) {
      const title = textOf(node.arguments[0]);
      if (title === undefined) return;
      const word = firstWord(node.callee);
      if (word === 'describe') situations.push(title);
      const named = word === 'it' ? LEADING_NUMBERS.exec(title)?.[0] : undefined;
      if (named === undefined) return;
      const numbers = [...named.matchAll(/\d+/g)].map(([digits]) => Number(digits));
      const name = [...situations, title.slice(named.length)].join(' › ');
      found.push({ numbers, name, path: source.path, line: lineAt(source, node.start) });
    },
    'CallExpression:exit'(node) {
      if (firstWord(node.callee) === 'describe' && textOf(node.arguments[0]) !== undefined) situations.pop();
    },
  }).visit(source.program);
  return found;
}
