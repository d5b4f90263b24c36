// Time comes through the Clock port, so `new Date()` without an instant stands only where that port is implemented.
import { Visitor } from 'oxc-parser';

import { type Finding, type Rule, type Source, lineAt } from './source.ts';

const KEEPS_TIME = /^src\/(main|crypto|cli)\//;

/** Finds a reading of the wall clock that a test could not hold still. */
export const wallClock: Rule = (source: Source) => {
  if (KEEPS_TIME.test(source.path)) return [];
  const findings: Finding[] = [];
  new Visitor({
    NewExpression({ callee, arguments: given, start }) {
      if (callee.type !== 'Identifier' || callee.name !== 'Date' || given.length > 0) return;
      findings.push({
        path: source.path,
        line: lineAt(source, start),
        says: 'reads the wall clock; ask the Clock port',
      });
    },
  }).visit(source.program);
  return findings;
};
