// Collects what was set where: flags, environment and file, each as values by key, with complaints about names nobody knows.
import { readFileSync } from 'node:fs';

import { parse, TomlError } from 'smol-toml';

import { closestName } from './closest-name.ts';
import type { ConfigProblem } from './config-error.ts';
import { demandOf, UNREADABLE, valueOfText } from './setting-text.ts';
import type { Setting } from './setting.ts';

/** A value and the place it was read from. */
export interface GivenValue {
  readonly value: unknown;
  readonly source: string;
}

/** Values of one origin, by key, and what is wrong with that origin itself. */
export interface GivenValues {
  readonly values: ReadonlyMap<string, GivenValue>;
  readonly problems: readonly ConfigProblem[];
}

/** Variables that begin like settings but steer the program itself. */
export const OTHER_VARIABLES: Readonly<Record<string, string>> = {
  UNDERSTUDY_CONFIG: 'Path of the configuration file.',
  UNDERSTUDY_KEYS: 'The keys themselves, instead of the file `keys.json`.',
};

/** How one origin names its values and writes them. */
interface Origin {
  readonly nameOf: (setting: Setting) => string;
  readonly sourceOf: (name: string) => string;
  readonly isText: boolean;
}

const FLAGS: Origin = { nameOf: ({ key }) => key, sourceOf: (name) => `--${kebab(name)}`, isText: true };
const ENVIRONMENT: Origin = { nameOf: ({ variable }) => variable, sourceOf: (name) => name, isText: true };

/** Flags, by key: `{ port: '8080', dataDir: './data' }`; undefined means not given. */
export function fromFlags(flags: Readonly<Record<string, unknown>>, settings: readonly Setting[]): GivenValues {
  return collect(Object.entries(flags), FLAGS, settings);
}

/** Variables that begin with `UNDERSTUDY_`. */
export function fromEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  settings: readonly Setting[],
): GivenValues {
  const ours = Object.entries(env).filter(([name]) => name.startsWith('UNDERSTUDY_') && !(name in OTHER_VARIABLES));
  return collect(ours, ENVIRONMENT, settings);
}

/** A TOML file; undefined stands for no file. */
export function fromFile(file: string | undefined, settings: readonly Setting[]): GivenValues {
  if (file === undefined) return { values: new Map(), problems: [] };
  try {
    const tables = parse(readFileSync(file, 'utf8'));
    const keys = new Set(settings.map(({ key }) => key));
    return collect(leavesOf(tables, keys), { nameOf: ({ key }) => key, sourceOf: () => file, isText: false }, settings);
  } catch (error) {
    return { values: new Map(), problems: [{ key: file, source: 'file', text: unreadable(error) }] };
  }
}

function collect(
  given: readonly (readonly [string, unknown])[],
  origin: Origin,
  settings: readonly Setting[],
): GivenValues {
  const byName = new Map(settings.map((setting) => [origin.nameOf(setting), setting]));
  const values = new Map<string, GivenValue>();
  const problems: ConfigProblem[] = [];
  for (const [name, raw] of given.filter(([, value]) => value !== undefined)) {
    const source = origin.sourceOf(name);
    const setting = byName.get(name);
    const value = setting && origin.isText && typeof raw === 'string' ? valueOfText(raw, setting.schema) : raw;
    if (!setting) problems.push({ key: name, source, text: unknownName(name, [...byName.keys()]) });
    else if (value === UNREADABLE) problems.push({ key: setting.key, source, text: mustBe(setting) });
    else values.set(setting.key, { value, source });
  }
  return { values, problems };
}

/** `must be a whole number from 8 to 64`; the value itself stays unsaid, for it might be a secret. */
export function mustBe({ schema }: Setting): string {
  return `must be ${demandOf(schema)}`;
}

/** Opens tables until a key names a setting; what names none is a leaf as well, to be complained about. */
function leavesOf(table: object, keys: ReadonlySet<string>, prefix = ''): readonly (readonly [string, unknown])[] {
  return Object.entries(table).flatMap(([name, value]: readonly [string, unknown]) => {
    const key = prefix + name;
    const isSection = isTable(value) && !keys.has(key) && [...keys].some((known) => known.startsWith(`${key}.`));
    return isSection ? leavesOf(value, keys, `${key}.`) : [[key, value] as const];
  });
}

function isTable(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

function unknownName(name: string, known: readonly string[]): string {
  const closest = closestName(name, known);
  return closest === undefined ? 'there is no such setting' : `there is no such setting; did you mean ${closest}?`;
}

function kebab(key: string): string {
  return key.replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
}

/** A parser's own message would quote the file, secrets and all. */
function unreadable(error: unknown): string {
  if (error instanceof TomlError) return `is no proper TOML: line ${error.line}, column ${error.column}`;
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return code === 'ENOENT' ? 'there is no such file' : `cannot be read (${code})`;
}
