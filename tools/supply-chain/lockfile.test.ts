// What makes a lockfile untrustworthy.
import { describe, expect, it } from 'vitest';

import { type LockedPackage, faultsInLock, looseVersions } from './lockfile.ts';

const sound: LockedPackage = { version: '1.0.0', integrity: 'sha512-AAAA', license: 'MIT' };

const faultsOf = (changes: LockedPackage): string[] =>
  faultsInLock({ '': {}, 'node_modules/left': { ...sound, ...changes } });

describe('reading a lockfile', () => {
  it('R-106 finds nothing wrong with a sound package', () => {
    expect(faultsOf({})).toEqual([]);
  });

  it('R-106 refuses a package without a strong hash', () => {
    expect(faultsOf({ integrity: 'sha1-AAAA' })).toEqual(['left is not locked by its hash']);
  });

  it('R-106 refuses an install script in what ships', () => {
    expect(faultsOf({ hasInstallScript: true })).toEqual(['left ships and runs an install script']);
    expect(faultsOf({ hasInstallScript: true, dev: true })).toEqual([]);
  });

  it('refuses the name of a registry', () => {
    expect(faultsOf({ resolved: 'https://registry.example/left.tgz' })).toEqual([
      'left names the registry it came from',
    ]);
  });

  it('refuses a licence that binds those who build on us', () => {
    expect(faultsOf({ license: 'GPL-3.0-only' })).toEqual(['left has the licence GPL-3.0-only']);
    expect(faultsOf({ license: 'MIT AND GPL-3.0-only' })).toEqual(['left has the licence MIT AND GPL-3.0-only']);
  });

  it('takes the permissive one of two licences', () => {
    expect(faultsOf({ license: '(GPL-2.0 OR MIT)' })).toEqual([]);
  });

  it('lets a tool have a licence that ends at its own files', () => {
    expect(faultsOf({ license: 'MPL-2.0', dev: true })).toEqual([]);
    expect(faultsOf({ license: 'MPL-2.0' })).toEqual(['left has the licence MPL-2.0']);
  });

  it('refuses a gap that npm ci would trip over', () => {
    expect(faultsOf({ optionalDependencies: { 'left-linux': '1.0.0' } })).toEqual([
      'left names left-linux, which the lockfile lacks',
    ]);
    expect(faultsOf({ optionalDependencies: { left: '1.0.0' } })).toEqual([]);
  });
});

describe('asking for a package', () => {
  it('refuses a range', () => {
    expect(looseVersions({ left: '^1.0.0', right: '2.0.0' })).toEqual(['left is asked for as ^1.0.0']);
  });
});
