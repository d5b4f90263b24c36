// What we ship that others wrote: locked, licensed, silent while it is installed, and listed.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { faultsInLock, type LockedPackages, looseVersions } from '../../tools/supply-chain/lockfile.ts';

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly engines?: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
}

const manifest = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
const locked = (folder: string): LockedPackages =>
  (JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')) as { packages: LockedPackages }).packages;

describe.each(['.', 'runtime'])('the packages of %s', (folder) => {
  it('R-106 are locked by their hashes, permissively licensed, and run nothing while they are installed', () => {
    const packages = locked(folder);

    expect(Object.keys(packages).length).toBeGreaterThan(1);
    expect(faultsInLock(packages)).toEqual([]);
  });

  it('R-106 are asked for by one version each', () => {
    const { dependencies, devDependencies } = manifest(folder);

    expect(looseVersions({ ...dependencies, ...devDependencies })).toEqual([]);
  });
});

describe('installing', () => {
  it('R-106 runs no script, ours neither', () => {
    const scripts = Object.keys(manifest('.').scripts ?? {});

    expect(readFileSync('.npmrc', 'utf8').split('\n')).toContain('ignore-scripts=true');
    expect(scripts.filter((name) => /^(?:pre|post)?(?:install|prepare|publish)$/.test(name))).toEqual([]);
  });
});

describe('the Node it runs on', () => {
  it('R-106 is a version with long-term support, in use right now', () => {
    const least = /^>=(\d+)$/.exec(manifest('.').engines?.['node'] ?? '')?.[1];

    expect(Number(least)).toBeGreaterThanOrEqual(24);
    expect(Number(least) % 2).toBe(0);
    expect(Number.parseInt(process.versions.node, 10)).toBeGreaterThanOrEqual(Number(least));
  });
});

describe('the bill of materials', () => {
  it('R-106 lists every package that ships, by name and version', () => {
    const printed = execFileSync('npm', ['run', '--silent', 'sbom'], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
    const { components } = JSON.parse(printed) as {
      readonly components: readonly { readonly name: string; readonly version: string }[];
    };
    const listed = new Set(components.map(({ name, version }) => `${name}@${version}`));
    const shipped = Object.entries(locked('.')).filter(
      ([path, { dev }]) => existsSync(path) && path !== '' && dev !== true,
    );

    const unlisted = shipped
      .map(([path, { version }]) => `${path.replace(/^.*node_modules\//, '')}@${version}`)
      .filter((each) => !listed.has(each));

    expect(shipped.length).toBeGreaterThan(20);
    expect(unlisted).toEqual([]);
  });
});
