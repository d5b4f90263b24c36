// a secret is compared in constant time, on digests of equal length, and only src/crypto knows how.
import { type BinaryExpression, type CallExpression, type Node, Visitor } from 'oxc-parser';

import { type Finding, type Rule, type Source, lineAt } from './source.ts';

const SECRET_NAME = /(signature|token|digest|password|secret|csrf)$/i;
const EQUALITY = new Set(['===', '!==', '==', '!=']);
const EARLY_EXIT = new Set([
  'indexOf',
  'lastIndexOf',
  'includes',
  'startsWith',
  'endsWith',
  'localeCompare',
  'equals',
  'compare',
]);
const ADVICE =
  'compares a secret in a time that depends on how much of it is right; compare digests through the Digests port';

/** What an expression is about, without the wrapping of `!`, `as`, `?.` and `await`. */
function unwrapped(node: Node): Node {
  if (node.type === 'AwaitExpression') return unwrapped(node.argument);
  const isWrapping = ['ChainExpression', 'TSNonNullExpression', 'TSAsExpression', 'ParenthesizedExpression'].includes(
    node.type,
  );
  return isWrapping && 'expression' in node && typeof node.expression === 'object' ? unwrapped(node.expression) : node;
}

/** The last word of an expression: of `row.tokenDigest` it is tokenDigest. What has just been revealed is a secret by any name. */
function lastWord(wrapped: Node): string {
  const node = unwrapped(wrapped);
  if (node.type === 'Identifier' || node.type === 'PrivateIdentifier') return node.name;
  if (node.type === 'MemberExpression') return lastWord(node.property);
  return node.type === 'CallExpression' && isReveal(node.callee) ? 'revealedSecret' : '';
}

function isReveal(callee: Node): boolean {
  return lastWord(callee) === 'reveal';
}

function isSecret(node: Node): boolean {
  return SECRET_NAME.test(lastWord(node));
}

/** A secret is never a literal: such a comparison asks whether one is there, or for the name of an option. */
function isNoSecret(node: Node): boolean {
  return node.type === 'Literal' || (node.type === 'Identifier' && node.name === 'undefined');
}

function comparesSecret({ operator, left, right }: BinaryExpression): boolean {
  if (!EQUALITY.has(operator) || isNoSecret(left) || isNoSecret(right)) return false;
  return isSecret(left) || isSecret(right);
}

function searchesSecret({ callee, arguments: given }: CallExpression): boolean {
  if (callee.type !== 'MemberExpression' || !EARLY_EXIT.has(lastWord(callee))) return false;
  return isSecret(callee.object) || given.some((argument) => isSecret(argument));
}

/** Finds comparisons that would leak a secret's beginning through their duration. */
export const secretComparisons: Rule = (source: Source) => {
  if (source.path.startsWith('src/crypto/')) return [];
  const findings: Finding[] = [];
  const report = (node: Node): void => {
    findings.push({ path: source.path, line: lineAt(source, node.start), says: `R-19 ${ADVICE}` });
  };
  new Visitor({
    BinaryExpression: (node) => comparesSecret(node) && report(node),
    CallExpression: (node) => searchesSecret(node) && report(node),
  }).visit(source.program);
  return findings;
};
