// Measures the shape of the code and fails when it has lost it: function and file lengths, names, and the rules a linter does not know.
import { functionLengths, median } from './structure/function-lengths.ts';
import { fileLength, openingSentence, tellingNames } from './structure/naming.ts';
import { placesOf } from './structure/one-place.ts';
import { secretComparisons } from './structure/secret-comparisons.ts';
import { type Finding, type Rule, type Source, isShipped, lineCount, readSources } from './structure/source.ts';
import { sqlText } from './structure/sql-text.ts';
import { wallClock } from './structure/wall-clock.ts';

const LONGEST_MEDIAN = 10;

/** The answer code for a locked account: every dialect has one, and weidu's stands for all of them in this check. */
const CODE_IN_ONE_PLACE = '40021';

const RULES_FOR_ALL: readonly Rule[] = [openingSentence, tellingNames];
const RULES_FOR_SHIPPED: readonly Rule[] = [fileLength, secretComparisons, sqlText, wallClock];

function findingsIn(source: Source): Finding[] {
  const rules = isShipped(source) ? [...RULES_FOR_ALL, ...RULES_FOR_SHIPPED] : RULES_FOR_ALL;
  return rules.flatMap((rule) => rule(source));
}

function figures(sources: readonly Source[], places: readonly string[]): [string, string, boolean][] {
  const shipped = sources.filter(isShipped);
  const lengths = shipped.flatMap(functionLengths);
  const middle = median(lengths) ?? 0;
  return [
    ['files shipped', String(shipped.length), true],
    ['longest file', `${Math.max(0, ...shipped.map(lineCount))} lines`, true],
    ['functions', String(lengths.length), true],
    ['median function', `${middle} lines (at most ${LONGEST_MEDIAN})`, middle <= LONGEST_MEDIAN],
    [`places of ${CODE_IN_ONE_PLACE}`, `${places.length} (exactly 1) ${places.join(' ')}`, places.length === 1],
  ];
}

function main(): void {
  const sources = readSources('{src,packages/*/src}/**/*.ts').filter(({ path }) => !path.endsWith('.generated.ts'));
  const others = readSources('{tests,tools,bench,examples}/**/*.ts');
  const findings = [
    ...sources.flatMap(findingsIn),
    ...others.flatMap((source) => RULES_FOR_ALL.flatMap((rule) => rule(source))),
  ];
  const table = figures(sources, placesOf(CODE_IN_ONE_PLACE, sources));
  for (const [name, value, isFine] of table) console.log(`${isFine ? ' ' : '✗'} ${name.padEnd(18)} ${value}`);
  for (const { path, line, says } of findings) console.error(`✗ ${path}:${line} ${says}`);
  if (findings.length > 0 || table.some(([, , isFine]) => !isFine)) process.exitCode = 1;
}

main();
