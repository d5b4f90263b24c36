// no SQL is put together from pieces of text. Values travel as parameters, names come from the schema.
import { type CallExpression, type Node, type TemplateLiteral, Visitor } from 'oxc-parser';

import { type Finding, type Rule, type Source, lineAt } from './source.ts';

const RUNS_SQL = new Set(['exec', 'prepare', 'query', 'unsafe', 'executeSql']);
const WRITES_RAW_SQL = new Set(['raw', 'lit', 'literal']);
const SQL_STATEMENT =
  /^\s*(select\s.+\sfrom\s|insert\s+into\s|update\s+\S+\s+set\s|delete\s+from\s|(create|alter|drop)\s+(table|(unique\s+)?index|view|trigger)\s|pragma\s+\S|truncate\s|with\s.+\sas\s*\()/is;

function isFixedText(node: Node | undefined): boolean {
  if (node?.type === 'Literal') return true;
  return node?.type === 'TemplateLiteral' && node.expressions.length === 0;
}

function isPutTogether(node: Node | undefined): boolean {
  if (node?.type === 'TemplateLiteral') return node.expressions.length > 0;
  return node?.type === 'BinaryExpression' && node.operator === '+';
}

function methodName({ callee }: CallExpression): string {
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return '';
  return callee.property.name;
}

function isRawSql(call: CallExpression): boolean {
  const { callee } = call;
  if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier' || callee.object.name !== 'sql')
    return false;
  return WRITES_RAW_SQL.has(methodName(call)) && !isFixedText(call.arguments[0]);
}

function runsPieces(call: CallExpression): boolean {
  return RUNS_SQL.has(methodName(call)) && isPutTogether(call.arguments[0]);
}

function readsLikeSql({ quasis, expressions }: TemplateLiteral): boolean {
  return expressions.length > 0 && SQL_STATEMENT.test(quasis.map(({ value }) => value.raw).join('piece'));
}

/** Finds SQL that is concatenated, interpolated, or handed over raw. Kysely's tagged `sql` binds its values and is fine. */
export const sqlText: Rule = (source: Source) => {
  const tagged = new Set<number>();
  const lines = new Set<number>();
  new Visitor({
    TaggedTemplateExpression: ({ quasi }) => tagged.add(quasi.start),
    CallExpression: (call) => (isRawSql(call) || runsPieces(call)) && lines.add(lineAt(source, call.start)),
    TemplateLiteral: (node) => !tagged.has(node.start) && readsLikeSql(node) && lines.add(lineAt(source, node.start)),
  }).visit(source.program);
  return [...lines].map((line): Finding => ({
    path: source.path,
    line,
    says: 'R-81 puts SQL together from text; bind values with the sql tag or the query builder',
  }));
};
