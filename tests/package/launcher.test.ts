// The launcher on modern and on old machines: which Node it takes, and that nothing of it is left once the server runs.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { Checkout, ending, firstSighting, sightingIn } from '../support/checkout.ts';

const PINNED = 'runtime/node-24.21.0';

/** Stands in for the registry: delivers a Node that is this very one, after every start has had time to ask for it. */
const NPM_THAT_DELIVERS = `
  for platform in linux-x64 linux-arm64; do
    mkdir -p node_modules/node-$platform/bin
    printf '#!/bin/sh\\nexec "${process.execPath}" "$@"\\n' > node_modules/node-$platform/bin/node
    chmod 755 node_modules/node-$platform/bin/node
  done
  echo fetched >> "$(dirname "$PWD")/../fetches"
`;

let checkout: Checkout;
beforeEach(() => {
  checkout = new Checkout();
});
afterEach(() => {
  checkout.remove();
});

describe('starting where Node is modern', () => {
  it('becomes the server, with no process in between', async () => {
    const child = checkout.start(['wait']);

    const { pid } = await firstSighting(child);
    child.kill('SIGKILL');

    expect(pid).toBe(child.pid);
    expect(await ending(child)).toMatchObject({ code: null, signal: 'SIGKILL' });
  });

  it('lets a signal reach the server', async () => {
    const child = checkout.start(['wait']);

    await firstSighting(child);
    child.kill('SIGTERM');

    expect(await ending(child)).toMatchObject({ code: 7, signal: null });
  });

  it('ends with the exit code of the program', async () => {
    const { code } = await checkout.run(['exit', '42']);

    expect(code).toBe(42);
  });

  it('hands over every argument as it was given', async () => {
    const args = ['a b', '', '*', '--set', 'it\'s="5 $HOME"', '\\', 'ü\n'];

    const { out } = await checkout.run(args);

    expect(sightingIn(out).args).toEqual(args);
  });

  it('keeps compiled code inside the checkout', async () => {
    const { out } = await checkout.run([]);

    expect(sightingIn(out).cache).toBe(join(checkout.root, 'node_modules/.cache/understudy'));
  });

  it('says nothing of its own', async () => {
    const { err } = await checkout.run([]);

    expect(err).toBe('');
  });

  it('finds its checkout through a chain of links', async () => {
    checkout.link('elsewhere/second', '../bin/understudy');
    const first = checkout.link('elsewhere/first', join(checkout.root, 'elsewhere/second'));

    const { code, out } = await checkout.run(['hello'], first);

    expect(code).toBe(0);
    expect(sightingIn(out).args).toEqual(['hello']);
  });

  it('asks for npm ci when the packages are missing', async () => {
    checkout.dropPackages();

    const { code, err } = await checkout.run(['serve']);

    expect(code).toBe(1);
    expect(err).toBe('understudy: its packages are not installed yet; run: npm ci\n');
  });
});

describe('starting where Node is too old', () => {
  beforeEach(() => {
    checkout.ageNode('20.20.2');
    checkout.putOnPath('npm', NPM_THAT_DELIVERS);
  });

  it('fetches the pinned Node with one sentence and becomes the server', async () => {
    const child = checkout.start(['exit', '3']);

    const { code, out, err } = await ending(child);

    expect(code).toBe(3);
    expect(sightingIn(out).pid).toBe(child.pid);
    expect(err).toBe(
      "understudy: this system's Node is 20.20.2; fetching Node 24.21.0 once into runtime/ (about 50 MB)\n",
    );
  });

  it('fetches once and is silent ever after', async () => {
    await checkout.run([]);

    const { code, err } = await checkout.run([]);

    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(checkout.read('fetches')).toBe('fetched\n');
  });

  it('survives several first starts at the same moment', async () => {
    const endings = await Promise.all(Array.from({ length: 4 }, () => checkout.run(['exit', '5'])));

    expect(endings.map(({ code }) => code)).toEqual([5, 5, 5, 5]);
    expect(checkout.entries('runtime')).toEqual(['find-node.sh', 'node-24.21.0', 'package-lock.json', 'package.json']);
  });

  it('leaves nothing behind when the network fails', async () => {
    checkout.putOnPath('npm', 'exit 1');

    const { code, err } = await checkout.run([]);

    expect(code).toBe(1);
    expect(err).toContain('Node 24.21.0 could not be fetched; install Node 24 or newer, or try again with a network.');
    expect(checkout.entries('runtime')).toEqual(['find-node.sh', 'package-lock.json', 'package.json']);
  });

  it('names what is needed on a machine nothing can be fetched for', async () => {
    checkout.putOnPath('uname', '[ "$1" = -s ] && echo Darwin || echo arm64');

    const { code, err } = await checkout.run([]);

    expect(code).toBe(1);
    expect(err).toBe('understudy: Node 24 or newer is needed; no ready-made one can be fetched for Darwin on arm64.\n');
  });

  it('runs tools on the pinned Node as well', async () => {
    const probe = join(checkout.root, 'src/cli/understudy.ts');

    const { code, out } = await checkout.run([probe, 'exit', '9'], join(checkout.root, 'bin/node24'));

    expect(code).toBe(9);
    expect(sightingIn(out).args).toEqual(['exit', '9']);
    expect(checkout.entries(PINNED)).toContain('node_modules');
  });
});

describe('starting where there is no Node at all', () => {
  it('names what is needed', async () => {
    checkout.takeOffPath('node');

    const { code, err } = await checkout.run([]);

    expect(code).toBe(1);
    expect(err).toBe('understudy: Node 24 or newer is needed, and there is no npm here to fetch one with.\n');
  });
});

describe('the pinned Node', () => {
  it('is the one that its package file and its lockfile name', () => {
    const version = /^pinned=(.*)$/m.exec(readFileSync('runtime/find-node.sh', 'utf8'))?.[1];

    const wanted = JSON.parse(readFileSync('runtime/package.json', 'utf8')) as {
      optionalDependencies: Record<string, string>;
    };
    const lock = JSON.parse(readFileSync('runtime/package-lock.json', 'utf8')) as {
      packages: Record<string, { version?: string; optional?: boolean }>;
    };

    expect(new Set(Object.values(wanted.optionalDependencies))).toEqual(new Set([version]));
    expect(Object.values(lock.packages).filter(({ optional }) => optional)).toMatchObject([
      { version },
      { version },
      { version },
    ]);
  });

  it('is as new as the package file demands', () => {
    const { engines } = JSON.parse(readFileSync('package.json', 'utf8')) as { engines: { node: string } };
    const major = /^wanted_major=(.*)$/m.exec(readFileSync('runtime/find-node.sh', 'utf8'))?.[1];

    expect(engines.node).toBe(`>=${major}`);
  });
});
