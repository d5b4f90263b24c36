// A page per dialect, for whoever writes a client: all its commands are run, and it leaves out no call and no code.
import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';

import { loadConfig } from '#config';
import { Refusal, type RefusalCode, REFUSALS } from '#core';
import { DIALECTS } from '#main';
import type { Dialect } from '#wire';
import { describe, expect, it, onTestFinished } from 'vitest';

import { wireRequest } from '../support/wire-request.ts';
import { type Block, blocksOf } from './blocks.ts';
import { Notebook } from './notebook.ts';

const ROOT = process.cwd();
/** Longer than the patience with any one command, so that it is told which one did not end. */
const PAGE_MS = 180_000;

interface Page {
  readonly path: string;
  readonly text: string;
  readonly dialect: Dialect;
}

const PAGES: readonly Page[] = globSync('docs/dialects/*.md')
  .toSorted()
  .map((path) => {
    const dialect = DIALECTS.find(({ name }) => name === basename(path, '.md'));
    if (dialect === undefined) throw new Error(`${path} is about no dialect there is`);
    return { path, text: readFileSync(path, 'utf8'), dialect };
  });

const CONFIG = loadConfig({ env: {}, dialects: DIALECTS });

/** Every code the dialect's own words can hold, whatever is refused and wherever. */
function codesOf({ name, rows, refusals, fault }: Dialect): ReadonlySet<string> {
  const settings = CONFIG.dialects[name] as never;
  const request = wireRequest({ on: 'POST /' });
  const { publicUrl, timeZone } = CONFIG;
  const reply = { request, settings, publicUrl, timeZone, locale: 'en', now: 0 } as const;
  const words = (Object.keys(REFUSALS) as RefusalCode[]).flatMap((code) => {
    const refusal = new Refusal(code);
    const tables = [refusals, ...rows.map(({ refuses }) => ({ ...refusals, ...refuses }))];
    return tables.map((table) => (table[code] ?? table[refusal.kind])(refusal, reply));
  });
  const faults = [fault(reply), ...rows.flatMap(({ fails }) => fails?.(reply) ?? [])];
  const answers = [...words, ...faults].map(({ body }) => JSON.parse(body) as { readonly code: unknown });
  return new Set(answers.map(({ code }) => String(code)));
}

/** The commands whose answers the page shows, with the variables that hold addresses put in their places. */
function answeredIn({ text }: Page): string {
  const blocks = blocksOf(text);
  const shown = blocks.filter(({ role }, index) => role === 'run' && SHOWN.has(blocks[index + 1]?.role ?? 'run'));
  const assigned = [...text.matchAll(/^([A-Z]+)=(http\S+)$/gm)];
  const commands = shown.map((block) => block.text).join('\n');
  return assigned.reduce((all, [, name, value]) => all.replaceAll(`$${name}/`, `${value}/`), commands);
}

const SHOWN: ReadonlySet<Block['role']> = new Set(['json', 'text']);

/** Whether a command calls the path, in which `…` stands for anything. */
function isIn(path: string, commands: string): boolean {
  const [before = '', ...after] = path.split('…');
  return commands.split('\n').some((line) => line.includes(before) && after.every((part) => line.includes(part)));
}

describe.each(PAGES)('$path', (page) => {
  it('works as it says, from top to bottom', { timeout: PAGE_MS }, async () => {
    const notebook = await Notebook.open(ROOT);
    onTestFinished(async () => void (await notebook.close()));

    expect(await notebook.followAll(blocksOf(page.text))).toEqual([]);
  });

  it('names every documented call, and shows a command and its answer for every path', () => {
    const calls = page.dialect.rows.flatMap(({ on }) => on);
    const commands = answeredIn(page);

    const unnamed = calls.filter((call) => !page.text.includes(`\`${call}\``));
    const paths = new Set(calls.map((call) => call.split(' ')[1] ?? ''));
    const untried = [...paths].filter((path) => !isIn(path, commands));

    expect([unnamed, untried]).toEqual([[], []]);
  });

  it('explains every code the dialect can answer', () => {
    const missing = [...codesOf(page.dialect)].filter((code) => !page.text.includes(`\`${code}\``));

    expect(missing).toEqual([]);
  });
});

describe('the pages', () => {
  it('are there for every dialect but our own, which has a document', () => {
    const names = DIALECTS.map(({ name }) => name).filter((name) => name !== 'api');

    expect(PAGES.map(({ dialect }) => dialect.name)).toEqual(names.toSorted());
  });
});
