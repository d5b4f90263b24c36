// Writes the tables of docs/security.md into the text that stands around them: what is required, and what says that it holds.
import { readFileSync } from 'node:fs';

import { loadConfig } from '#config';
import { DIALECTS } from '#main';

import { revealedBy } from '../../src/cli/doctor/revealing.ts';
import { COMPARISONS } from '../../tests/timing/comparisons.ts';
import { findings, type Findings } from '../../tests/timing/findings.ts';
import type { GeneratedFile } from '../generated-file.ts';
import { type NumberedTest, numberedTests } from '../security/numbered-tests.ts';
import { type Chapter, CHAPTERS, type Requirement } from '../security/requirements.ts';
import { assertNumbersExist, type Evidence, standingOf } from '../security/standing.ts';
import { readSources } from '../structure/source.ts';

const PATH = 'docs/security.md';
const TESTS = '{src,tests,tools}/**/*.{test,contract}.ts';

const inTable = (text: string): string => text.replaceAll('|', '\\|');

function evidence(): Evidence {
  const tests = readSources(TESTS).flatMap(numberedTests);
  assertNumbersExist(tests, CHAPTERS);
  const measured = [...new Set(COMPARISONS.map(({ requirement }) => requirement))];
  return { tests, measured, measurements: findings()?.measurements ?? [] };
}

function rowOf(requirement: Requirement, found: Evidence): string {
  const { number, title, threshold, waits } = requirement;
  const tests = found.tests.filter(({ numbers }) => numbers.includes(number)).length;
  const standing = standingOf(requirement, found);
  const cells = [`R-${number}`, title, threshold, `**${standing}**`, tests === 0 ? '' : String(tests), waits ?? ''];
  return `| ${cells.map(inTable).join(' | ')} |`;
}

function chapterTable({ title, requirements }: Chapter, found: Evidence): string {
  const head = ['| | what is asked | what has to be shown | stands | tests | waits for |', '|---|---|---|---|---|---|'];
  return [`### ${title}`, '', ...head, ...requirements.map((each) => rowOf(each, found)), ''].join('\n');
}

function summary(found: Evidence): string {
  const counts = Map.groupBy(
    CHAPTERS.flatMap(({ requirements }) => requirements),
    (requirement) => standingOf(requirement, found),
  );
  const told = [...counts].map(([standing, { length }]) => `${length} ${standing}`).toSorted();
  return `Of ${[...counts.values()].flat().length} requirements: ${told.join(', ')}.\n`;
}

function requirementTables(found: Evidence): string {
  return [summary(found), ...CHAPTERS.map((chapter) => chapterTable(chapter, found))].join('\n');
}

function testIndex({ tests }: Evidence): string {
  const numbers = CHAPTERS.flatMap(({ requirements }) => requirements.map(({ number }) => number));
  return numbers
    .flatMap((number) => {
      const own = tests.filter((test) => test.numbers.includes(number));
      return own.length === 0 ? [] : [`**R-${number}**`, '', ...own.map(linkTo), ''];
    })
    .join('\n');
}

const linkTo = ({ name, path }: NumberedTest): string => `- ${name.replaceAll('<', '\\<')} ([${path}](../${path}))`;

function measurementTable(found: Findings | undefined): string {
  if (found === undefined) return 'Nothing was measured yet.\n';
  const { machine, at, load, within, measurements } = found;
  const head = `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, ${at.slice(0, 10)}, load ${load}; even is 0.5 ± ${within}.`;
  const rows = measurements.map(({ requirement, name, verdict, trials, rounds }) => {
    const aucs = rounds.map(({ auc, shape, aucWithLeak }) => `${auc} / ${shape} (${aucWithLeak})`).join(', ');
    return `| ${requirement} | ${inTable(name)} | ${trials} | ${aucs} | ${verdict} |`;
  });
  return [
    head,
    '',
    '| | what is compared | trials | AUC / of the shape (AUC with a leak) | |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

/** What the server tells strangers as it is installed, found by asking each dialect for its words. */
function revelations(): string {
  const config = loadConfig({ env: {}, dialects: DIALECTS });
  const rows = DIALECTS.filter(({ rows }) => rows.some(({ does }) => does === 'signInWithPassword')).map((dialect) => {
    const told = revealedBy(dialect, config);
    return `| ${dialect.name} | ${told.length === 0 ? 'nothing' : told.join('; ')} |`;
  });
  return ['| dialect | `documented` tells a stranger |', '|---|---|', ...rows, ''].join('\n');
}

/** Replaces what stands between a pair of marks. @throws Error when the text has lost them */
function fill(text: string, name: string, content: string): string {
  const [open, close] = [`<!-- ${name}, by npm run gen -->\n`, `<!-- end of ${name} -->`];
  const [before, rest = ''] = text.split(open);
  const [, after] = rest.split(close);
  if (before === undefined || after === undefined) throw new Error(`${PATH} has lost the marks around its ${name}`);
  return `${before}${open}\n${content}\n${close}${after}`;
}

function document(): string {
  const found = evidence();
  const contents = [
    ['revelations', revelations()],
    ['requirements', requirementTables(found)],
    ['measurements', measurementTable(findings())],
    ['tests', testIndex(found)],
  ] as const;
  return contents.reduce((text, [name, content]) => fill(text, name, content), readFileSync(PATH, 'utf8'));
}

/** `docs/security.md`: its tables; what stands around them is written by hand. */
export const securityTables: GeneratedFile = { path: PATH, text: document };
