// The package in somebody else's project: it needs nothing beside it, its types fit, and it runs.
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { describe, expect, it } from 'vitest';

import { compile, projectWithClient } from './built-package.ts';

const PROJECT = `
import { accountOf, authenticate, Introspector, UnderstudyProblem, type VerifiedAccount } from '@understudy/client';
import { protect as protectExpress } from '@understudy/client/express';
import { protect as protectFastify } from '@understudy/client/fastify';
import express from 'express';
import fastify from 'fastify';

const introspector = new Introspector({ url: 'https://login.example.org', app: { id: 'a', signature: 'b' }, maxAgeMs: 0 });
const app = fastify();
await app.register(protectFastify, { introspector, allows: ({ dialect }) => dialect === 'weidu' });
app.get('/', (request): string => accountOf(request).id + (request.account?.username ?? ''));
express().use(protectExpress({ introspector, onOutage: (reason: unknown) => reason })).get('/', (request, response) => {
  const account: VerifiedAccount | undefined = request.account;
  response.json(account?.id ?? accountOf(request).id);
});
export const whose: Promise<VerifiedAccount | null> = authenticate(new Request('https://api.example.org'), introspector);
export const isProblem = (reason: unknown): number => (reason instanceof UnderstudyProblem ? reason.status : 0);
// @ts-expect-error an option that does not exist
new Introspector({ url: 'https://login.example.org', app: { id: 'a', signature: 'b' }, maxAge: 0 });
`;

const OPTIONS = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--target', 'es2022', '--module', 'nodenext'];

describe('the package in a project of its own', () => {
  it('has types that fit those of the frameworks', async () => {
    const folder = await projectWithClient('fastify', 'express', '@types/express', '@types/node');
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    writeFileSync(join(folder, 'project.ts'), PROJECT);

    const compiling = compile(...OPTIONS, '--types', 'node', '--ignoreConfig', join(folder, 'project.ts'));

    await expect(compiling).resolves.toBeUndefined();
  });

  it('is built by the command its README names', async () => {
    const command = 'npm run build --prefix packages/client';

    await promisify(execFile)('/bin/sh', ['-c', command]);

    expect(readFileSync('packages/client/README.md', 'utf8')).toContain(command);
    expect(readdirSync('packages/client/dist').filter((name) => name.endsWith('.js'))).toEqual(
      readdirSync('packages/client/src').map((name) => name.replace(/ts$/, 'js')),
    );
  });

  it('is loaded without any other package', async () => {
    const folder = await projectWithClient();
    const script = `
      const names = ['', '/fastify', '/express'].map((path) => '@understudy/client' + path);
      const [main, fastify, express] = await Promise.all(names.map((name) => import(name)));
      console.log(JSON.stringify([Object.keys(main), Object.keys(fastify), Object.keys(express)]));
    `;

    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: folder,
    });

    expect(JSON.parse(stdout)).toEqual([
      [
        'Introspector',
        'UnderstudyClient',
        'UnderstudyProblem',
        'UnderstudyUnavailable',
        'accountOf',
        'authenticate',
        'judge',
      ],
      ['protect'],
      ['protect'],
    ]);
  });

  it('depends on nothing at run time', () => {
    const manifest = JSON.parse(readFileSync('packages/client/package.json', 'utf8')) as Record<string, unknown>;

    expect(manifest['dependencies']).toBeUndefined();
    expect(manifest['peerDependenciesMeta']).toEqual({
      '@types/express': { optional: true },
      fastify: { optional: true },
    });
  });
});
