// checks that what we depend on is locked, permissively licensed, and runs no code while it is installed.
import { readFileSync } from 'node:fs';

import { type LockedPackages, faultsInLock, looseVersions } from './supply-chain/lockfile.ts';

interface Manifest {
  readonly dependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
  readonly optionalDependencies?: Record<string, string>;
}

/** The server's own packages, and the pinned Node's. */
const FOLDERS = ['.', 'runtime'];

function manifestIn(folder: string): Manifest {
  return JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as Manifest;
}

function lockedIn(folder: string): LockedPackages {
  const lock = JSON.parse(readFileSync(`${folder}/package-lock.json`, 'utf8')) as { packages: LockedPackages };
  return lock.packages;
}

function faultsIn(folder: string): string[] {
  const { dependencies, devDependencies, optionalDependencies } = manifestIn(folder);
  const wanted = { ...dependencies, ...devDependencies, ...optionalDependencies };
  return [...looseVersions(wanted), ...faultsInLock(lockedIn(folder))].map((fault) => `${folder}: ${fault}`);
}

function scriptsAreOff(): string[] {
  const settings = readFileSync('.npmrc', 'utf8').split('\n');
  return settings.includes('ignore-scripts=true') ? [] : ['.npmrc does not say ignore-scripts=true'];
}

const faults = [...FOLDERS.flatMap(faultsIn), ...scriptsAreOff()];
for (const fault of faults) console.error(`✗ ${fault}`);
if (faults.length > 0) process.exitCode = 1;
