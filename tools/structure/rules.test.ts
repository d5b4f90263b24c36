// What the structure rules find, and what they leave in peace.
import { describe, expect, it } from 'vitest';

import { functionLengths, median } from './function-lengths.ts';
import { fileLength, openingSentence, tellingNames } from './naming.ts';
import { placesOf } from './one-place.ts';
import { secretComparisons } from './secret-comparisons.ts';
import { type Rule, parseSource } from './source.ts';
import { sqlText } from './sql-text.ts';
import { wallClock } from './wall-clock.ts';

const linesFound = (rule: Rule, text: string, path = 'src/core/a.ts'): number[] =>
  rule(parseSource(path, text)).map(({ line }) => line);

describe('comparing secrets', () => {
  it.each([
    'if (given.signature === app.signature) go();',
    'if (tokenDigest !== row.token_digest) go();',
    'if (row?.password == given) go();',
    'if (secret.reveal() === text) go();',
    'if ((await app.secret) === text) go();',
    'tokens.indexOf(token);',
    'if (signature.startsWith(prefix)) go();',
    'left.equals(digest);',
    'all.includes(this.#csrf);',
  ])('R-19 finds %s', (text) => {
    expect(linesFound(secretComparisons, `\n${text}`)).toEqual([2]);
  });

  it.each([
    'if (signature === undefined || token === null || password === "") go();',
    'if (kind === "password") go();',
    'if (formula.digest === "base64") go();',
    'if (row.tokenCount === 3) go();',
    'if (digests.equal(left, right)) go();',
    'names.includes(name);',
  ])('R-19 leaves %s in peace', (text) => {
    expect(linesFound(secretComparisons, text)).toEqual([]);
  });

  it('R-19 lets src/crypto compare', () => {
    expect(linesFound(secretComparisons, 'if (digest === other) go();', 'src/crypto/digests.ts')).toEqual([]);
  });
});

describe('writing SQL', () => {
  it.each([
    'database.exec("DELETE FROM account WHERE id = " + id);',
    'database.prepare(`select * from account where id = ${id}`);',
    'const statement = `SELECT id FROM account ORDER BY ${column}`;',
    'const statement = `select ${columns} from account`;',
    'const statement = `PRAGMA cache_size = ${pages}`;',
    'sql.raw(column);',
    'sql.lit(limit);',
    'sql.raw(`pragma x = ${y}`);',
  ])('R-81 finds %s', (text) => {
    expect(linesFound(sqlText, `\n\n${text}`)).toEqual([3]);
  });

  it.each([
    'database.exec("DELETE FROM account");',
    'database.prepare(`select * from account where id = ?`);',
    'sql`select * from account where id = ${id}`;',
    "sql.lit('fixed');",
    'const sentence = `update of ${name} refused`;',
    'pattern.exec(text);',
  ])('R-81 leaves %s in peace', (text) => {
    expect(linesFound(sqlText, text)).toEqual([]);
  });
});

describe('reading the wall clock', () => {
  it('finds a Date without an instant', () => {
    expect(linesFound(wallClock, 'const now = new Date();')).toEqual([1]);
  });

  it('leaves a Date of a given instant in peace', () => {
    expect(linesFound(wallClock, 'const shown = new Date(at);')).toEqual([]);
  });

  it('lets the outermost ring read it', () => {
    expect(linesFound(wallClock, 'const now = new Date();', 'src/main/clock.ts')).toEqual([]);
  });
});

describe('naming and opening a file', () => {
  it('finds a file that opens with code', () => {
    expect(linesFound(openingSentence, 'const a = 1; // what this is')).toEqual([1]);
  });

  it('takes a first comment for the opening sentence', () => {
    expect(linesFound(openingSentence, '// What this is.\nconst a = 1;')).toEqual([]);
  });

  it('looks for the sentence after the line that names the interpreter', () => {
    expect(linesFound(openingSentence, '#!/usr/bin/env node\n// What this is.\nconst a = 1;')).toEqual([]);
  });

  it.each(['src/wire/utils.ts', 'src/core/helpers/text.ts', 'src/storage/types.test.ts'])(
    'finds the empty name in %s',
    (path) => {
      expect(linesFound(tellingNames, '', path)).toEqual([1]);
    },
  );

  it.each(['src/wire/library.ts', 'src/core/database/row.ts'])('leaves %s in peace', (path) => {
    expect(linesFound(tellingNames, '', path)).toEqual([]);
  });

  it('finds the file with one line too many', () => {
    expect(linesFound(fileLength, '\n'.repeat(301))).toEqual([300]);
    expect(linesFound(fileLength, '\n'.repeat(300))).toEqual([]);
  });
});

describe('measuring functions', () => {
  it('counts a callback into the function it stands in', () => {
    const text = 'function outer() {\n  list.map(() => {\n    go();\n  });\n}\nconst short = () => 1;\n';

    expect(functionLengths(parseSource('a.ts', text))).toEqual([5, 1]);
  });

  it('counts methods and accessors, and no declaration without a body', () => {
    const text = 'declare function far(): void;\nclass Near {\n  get a() {\n    return 1;\n  }\n  b() {}\n}\n';

    expect(functionLengths(parseSource('a.ts', text))).toEqual([3, 1]);
  });

  it.each([
    { numbers: [9, 1, 5], middle: 5 },
    { numbers: [4, 1, 2, 10], middle: 3 },
    { numbers: [], middle: undefined },
  ])('finds $middle in the middle of $numbers', ({ numbers, middle }) => {
    expect(median(numbers)).toBe(middle);
  });
});

describe('keeping a number in one place', () => {
  it('tells every line of shipped code it stands on', () => {
    const sources = [
      parseSource('src/a.ts', 'const locked = 40021;\nconst other = 140021;\nsay("40021");'),
      parseSource('src/a.test.ts', 'expect(code).toBe(40021);'),
      parseSource('src/transcripts/b.ts', 'const recorded = 40021;'),
    ];

    expect(placesOf('40021', sources)).toEqual(['src/a.ts:1', 'src/a.ts:3']);
  });
});
