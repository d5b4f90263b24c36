// The Go example of the page about protecting an API, compiled by the Go of this machine.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { beforeAll, describe, expect, it } from 'vitest';

import { plainEnvironment } from '../../support/child-server.ts';
import { newFolder } from '../../support/run-folder.ts';
import { itProtects } from '../protected-api.ts';

const EXAMPLE = join(process.cwd(), 'examples/protect/go');
const LONG_MS = 300_000;

let folder: string;
let program: string;

/** Runs a tool of Go's, which fetches nothing. */
async function go(...args: readonly string[]): Promise<string> {
  const { GOROOT } = process.env;
  const settings = { GOPROXY: 'off', GOTOOLCHAIN: 'local', GOFLAGS: '-mod=mod', GOCACHE: join(folder, 'cache') };
  const env = plainEnvironment({ ...settings, GOPATH: join(folder, 'path'), ...(GOROOT && { GOROOT }) });
  return (await promisify(execFile)('go', args, { cwd: EXAMPLE, env })).stdout;
}

beforeAll(async () => {
  folder = newFolder('data');
  program = join(folder, 'api');
  await go('build', '-o', program, '.');
}, LONG_MS);

describe('protecting an API with the standard library of Go', () => {
  it('leaves the tool that looks for mistakes nothing to say', async () => {
    expect(await go('vet', '.')).toBe('');
  });

  // The page says: cd examples/protect/go && go run .
  itProtects(async () => ({ program, args: [], cwd: folder }));
});
