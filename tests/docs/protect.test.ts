// The page about protecting an API: the programs on it are those under examples/, and the one for Node runs as it stands.
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { projectWithClient } from '../client/built-package.ts';
import { itProtects } from './protected-api.ts';

/** A block whose info string names a file: ```python examples/protect/python/api.py */
const PROGRAM = /^```(?:js|python|go) (examples\/\S+)\n([^]*?)^```$/gm;

const page = readFileSync('docs/protect-your-api.md', 'utf8');
const programs = [...page.matchAll(PROGRAM)].map(([, path = '', text = '']) => ({ path, text }));

describe('the page about protecting an API', () => {
  it('has a program for each language', () => {
    expect(programs.map(({ path }) => path)).toEqual([
      'examples/protect/node/api.js',
      'examples/protect/python/api.py',
      'examples/protect/go/main.go',
    ]);
  });

  it.each(programs)('shows $path as it is', ({ path, text }) => {
    expect(text).toBe(readFileSync(path, 'utf8'));
  });
});

describe('protecting an API with the package', () => {
  // The page says: node api.js
  itProtects(async () => {
    const folder = await projectWithClient('fastify');
    for (const file of ['package.json', 'api.js']) cpSync(join('examples/protect/node', file), join(folder, file));
    return { program: process.execPath, args: ['api.js'], cwd: folder };
  });
});
