// Reads the configuration for a command: flags, environment, file, and the settings of every dialect there is.
import { type Config, extraDialectsOf, fileWithSecrets, loadConfig } from '#config';
import type { Dialect } from '#wire';
import { DIALECTS, loadDialects } from './dialects.ts';

/** Flags of the command line that are settings. */
export interface CommandFlags {
  /** Path of the configuration file. */
  readonly config?: string | undefined;
  readonly data?: string | undefined;
  readonly databaseUrl?: string | undefined;
  readonly host?: string | undefined;
  readonly port?: string | undefined;
  readonly insecureHttp?: boolean | undefined;
}

/** The configuration in force, and the dialects it is for. */
export interface Arrangement {
  readonly config: Config;
  readonly dialects: readonly Dialect[];
  /** The configuration file, if it holds a secret: then nobody else may read it. */
  readonly secretFile: string | undefined;
}

/** @throws ConfigError naming every key that is wrong */
export async function arrange(
  given: CommandFlags,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Arrangement> {
  const { config: file, data: dataDir, databaseUrl, host, port, insecureHttp } = given;
  const origins = { flags: { dataDir, databaseUrl, host, port, insecureHttp }, env, file };
  const dialects = [...DIALECTS, ...(await loadDialects(extraDialectsOf(origins)))];
  const complete = { ...origins, dialects };
  return { config: loadConfig(complete), dialects, secretFile: fileWithSecrets(complete) };
}
