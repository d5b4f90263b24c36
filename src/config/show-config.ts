// Shows the configuration in force to the operator: every key, its value and where it comes from, without secrets.
import { configFrom, type ConfigOrigins, settingsInForce } from './load-config.ts';
import type { Config } from './schema.ts';
import { withoutPassword } from './url-password.ts';

/** One line of `config show`. */
export interface ShownSetting {
  readonly key: string;
  readonly value: unknown;
  /** `default`, the flag, the variable or the file. */
  readonly source: string;
}

/**
 * The settings in force, with every secret redacted.
 * @throws ConfigError as `loadConfig` does
 */
export function showConfig(origins: ConfigOrigins): readonly ShownSetting[] {
  const inForce = settingsInForce(origins);
  const config = configFrom(inForce);
  return inForce.map(({ setting: { key, schema }, source }) => {
    const value = valueAt(config, key);
    return { key, value: schema.secret === true && value !== '' ? '[redacted]' : withoutPassword(value), source };
  });
}

function valueAt(config: Config, key: string): unknown {
  return key.split('.').reduce<unknown>((section, name) => (section as Record<string, unknown>)[name], config);
}
