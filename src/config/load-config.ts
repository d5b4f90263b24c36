// Puts a configuration together: flags before environment before file before defaults, every value checked on its own.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { ConfigError, type ConfigProblem } from './config-error.ts';
import { inconsistencies } from './consistency.ts';
import { fits } from './fitting.ts';
import { fromEnvironment, fromFile, fromFlags, type GivenValue, type GivenValues, mustBe } from './given-values.ts';
import { type Config, SETTINGS } from './schema.ts';
import { type ConfigurableDialect, type Setting, settingsOf, wholeSchema } from './setting.ts';
import { withoutPassword } from './url-password.ts';

/** Where a configuration comes from. */
export interface ConfigOrigins {
  /** Values by key, as text or ready-made: `{ port: '8080', dataDir: '/srv/understudy' }`; undefined means not given. */
  readonly flags?: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The file named by `--config`. Otherwise `UNDERSTUDY_CONFIG` names it, or `understudy.toml` is read if it is there. */
  readonly file?: string | undefined;
  /** The dialects that are served, each with a schema of its settings. */
  readonly dialects: readonly ConfigurableDialect[];
}

/** A setting with the value in force and the place it came from. */
export interface SettingInForce extends GivenValue {
  readonly setting: Setting;
}

const STANDARD_FILE = 'understudy.toml';

/**
 * The configuration in force.
 * @throws ConfigError with every problem at once, each naming the key and the flag, variable or file it came from
 */
export function loadConfig(origins: ConfigOrigins): Config {
  return configFrom(settingsInForce(origins));
}

/** The same, setting by setting, for showing where each value comes from. */
export function settingsInForce({ flags = {}, env, file, dialects }: ConfigOrigins): readonly SettingInForce[] {
  const settings = settingsOf(wholeSchema(dialects));
  const given = [fromFlags(flags, settings), fromEnvironment(env, settings), fromFile(fileOf(env, file), settings)];
  const inForce = settings.map((setting) => ({ setting, ...valueOf(setting, given) }));
  const problems = [...given.flatMap((origin) => origin.problems), ...inForce.flatMap(misfit)];
  if (problems.length > 0) throw new ConfigError(problems);
  return inForce;
}

/** The configuration file, if it sets anything secret, so that others must not read it. */
export function fileWithSecrets(origins: ConfigOrigins): string | undefined {
  const file = fileOf(origins.env, origins.file);
  const isSecret = ({ setting, source, value }: SettingInForce) =>
    source === file && value !== '' && (setting.schema.secret === true || withoutPassword(value) !== value);
  return settingsInForce(origins).some(isSecret) ? file : undefined;
}

/**
 * The modules of further dialects, read before their settings can be checked.
 * @throws ConfigError when the setting itself is wrong; other problems are left for `loadConfig`
 */
export function extraDialectsOf({ flags = {}, env, file }: Omit<ConfigOrigins, 'dialects'>): readonly string[] {
  const settings = settingsOf(SETTINGS).filter(({ key }) => key === 'extraDialects');
  const given = [fromFlags(flags, settings), fromEnvironment(env, settings), fromFile(fileOf(env, file), settings)];
  const [setting] = settings.map((found) => ({ setting: found, ...valueOf(found, given) }));
  if (!setting) return [];
  const problems = misfit(setting);
  if (problems.length > 0) throw new ConfigError(problems);
  return setting.value as readonly string[];
}

function fileOf(env: ConfigOrigins['env'], named: string | undefined): string | undefined {
  const file = named ?? env['UNDERSTUDY_CONFIG'];
  if (file !== undefined && file !== '') return file;
  return existsSync(STANDARD_FILE) ? STANDARD_FILE : undefined;
}

function valueOf({ key, schema }: Setting, given: readonly GivenValues[]): GivenValue {
  const first = given.find(({ values }) => values.has(key))?.values.get(key);
  return first ?? { value: schema.default, source: 'default' };
}

function misfit({ setting, value, source }: SettingInForce): readonly ConfigProblem[] {
  if (value === undefined && source === 'default') return [];
  return fits(value, setting.schema) ? [] : [{ key: setting.key, source, text: mustBe(setting) }];
}

/** Nests the values, adds what follows from others, and checks what has to fit together. */
export function configFrom(inForce: readonly SettingInForce[]): Config {
  const config = withDerived(nested(inForce) as unknown as Config);
  const problems = inconsistencies(config).map(({ key, text }) => ({
    key,
    source: inForce.find(({ setting }) => setting.key === key)?.source ?? 'default',
    text,
  }));
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

/**
 * The configuration once the server listens: a port that was left to the system is known now, and so is an outside
 * address that was made of it.
 */
export function withPort(config: Config, port: number): Config {
  const publicUrl = config.publicUrl === ownUrl(config) ? ownUrl({ ...config, port }) : config.publicUrl;
  return { ...config, port, publicUrl };
}

/** Defaults that follow from other settings. */
function withDerived(config: Config): Config {
  return {
    ...config,
    publicUrl: (config.publicUrl || ownUrl(config)).replace(/\/+$/, ''),
    databaseUrl: config.databaseUrl || `sqlite:${join(config.dataDir, 'understudy.db')}`,
  };
}

function ownUrl({ tls, host, port }: Config): string {
  const bracketed = host.includes(':') ? `[${host}]` : host;
  return `${tls.cert === '' ? 'http' : 'https'}://${bracketed}:${port}`;
}

interface Section {
  [name: string]: unknown;
}

function nested(inForce: readonly SettingInForce[]): Section {
  const config: Section = { dialects: {} };
  for (const { setting, value } of inForce) {
    const path = setting.key.split('.');
    const name = path.pop() ?? '';
    let section = config;
    for (const step of path) section = (section[step] ??= {}) as Section;
    if (value !== undefined) section[name] = value;
  }
  return config;
}
