// Everything the documents show is run: each file from top to bottom, in a checkout and on a store of its own. `blocks.ts` says how blocks are labelled.
import { globSync, readFileSync } from 'node:fs';

import { describe, expect, it, onTestFinished } from 'vitest';

import { blocksOf } from './blocks.ts';
import { Notebook } from './notebook.ts';

const ROOT = process.cwd();
/** Written by people, for people to follow; what is generated shows single examples, which do not follow one another. */
const PATTERNS = ['{docs,examples/*}/*.md', 'docs/operating/{backup,incidents,keys,upgrade}.md'];
const DOCUMENTS = ['README.md', ...globSync(PATTERNS).toSorted()].filter(
  (path) => blocksOf(readFileSync(path, 'utf8')).length > 0,
);

describe('following a document from top to bottom', () => {
  it.each(DOCUMENTS)('works as %s says', { timeout: 300_000 }, async (path) => {
    const notebook = await Notebook.open(ROOT);
    onTestFinished(async () => void (await notebook.close()));

    const complaints = await notebook.followAll(blocksOf(readFileSync(path, 'utf8')));

    expect(complaints).toEqual([]);
    expect((await notebook.close()).filter((code) => code !== 0)).toEqual([]);
  });

  it('has the README to follow', () => {
    expect(DOCUMENTS).toContain('README.md');
  });
});
