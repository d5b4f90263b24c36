// What a server would say to the settings of a deployment, if it were started with them.
import { type Config, insecureStartReasons, loadConfig } from '#config';
import { DIALECTS } from '#main';

import { LAST_ANSWERS_MS } from '../../src/main/leave-taking.ts';

/** The image's own, which every container has. */
const OF_THE_IMAGE = { UNDERSTUDY_DATA_DIR: '/data', UNDERSTUDY_HOST: '0.0.0.0', UNDERSTUDY_PORT: '8080' };

/** The configuration made of the variables of a container. @throws ConfigError */
export function configOf(env: Readonly<Record<string, string>>): Config {
  return loadConfig({ env: { ...OF_THE_IMAGE, ...env }, dialects: DIALECTS });
}

/** Why a server with these settings would not start in production. */
export const reasonsAgainst = (config: Config): readonly string[] =>
  insecureStartReasons(config, { isDemo: false, nodeEnv: 'production', files: [] });

/** The seconds a stopping server may take. */
export const secondsToStop = ({ shutdownDelaySeconds, drainSeconds }: Config): number =>
  shutdownDelaySeconds + LAST_ANSWERS_MS / 1000 + drainSeconds;
