// What makes a lockfile trustworthy: every package locked by its hash, no install script that ships, permissive licences.

/** What a lockfile says about one package. */
export interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** The `packages` of a lockfile, by the path they are installed at. */
export type LockedPackages = Readonly<Record<string, LockedPackage>>;

const PERMISSIVE = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'Zlib',
  'Unlicense',
  'Python-2.0',
  'PSF-2.0',
]);

/** MPL-2.0 binds only the files it covers, and those stay on the developer's machine. */
const ENOUGH_FOR_TOOLS = new Set([...PERMISSIVE, 'MPL-2.0', 'CC0-1.0']);

function isLicensed(licence: string | undefined, allowed: ReadonlySet<string>): boolean {
  const words = (licence ?? 'none').replaceAll(/[()]/g, '');
  return words.split(' OR ').some((choice) => choice.split(' AND ').every((part) => allowed.has(part.trim())));
}

function faultsOf({ integrity, resolved, license, dev, hasInstallScript }: LockedPackage): string[] {
  const faults: string[] = [];
  if (!integrity?.startsWith('sha512-')) faults.push('is not locked by its hash');
  if (resolved?.startsWith('http')) faults.push('names the registry it came from');
  if (hasInstallScript && !dev) faults.push('ships and runs an install script');
  if (!isLicensed(license, dev ? ENOUGH_FOR_TOOLS : PERMISSIVE)) faults.push(`has the licence ${license ?? 'none'}`);
  return faults;
}

/** A platform's package that the registry did not have when the lock was made: the next `npm ci` trips over it. */
function gapsOf({ optionalDependencies }: LockedPackage, names: ReadonlySet<string>): string[] {
  const wanted = Object.keys(optionalDependencies ?? {});
  return wanted.filter((name) => !names.has(name)).map((name) => `names ${name}, which the lockfile lacks`);
}

const nameOf = (path: string): string => path.replace(/^.*node_modules\//, '');

/** What is wrong with a lockfile's packages, one sentence each. The project itself is not a package of its own. */
export function faultsInLock(packages: LockedPackages): string[] {
  const paths = Object.keys(packages).filter((path) => path !== '');
  const names = new Set(paths.map(nameOf));
  return paths.flatMap((path) => {
    const locked = packages[path] ?? {};
    return [...faultsOf(locked), ...gapsOf(locked, names)].map((fault) => `${nameOf(path)} ${fault}`);
  });
}

/** Dependencies that are asked for by a range instead of one version. */
export function looseVersions(wanted: Readonly<Record<string, string>>): string[] {
  return Object.entries(wanted).flatMap(([name, range]) =>
    /^\d+\.\d+\.\d+$/.test(range) ? [] : [`${name} is asked for as ${range}`],
  );
}
