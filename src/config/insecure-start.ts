// reasons not to start, each a way in which a mistake in the configuration would give accounts away.
import { isLoopback } from './network-text.ts';
import type { Config } from './schema.ts';

/** What the configuration alone does not tell. */
export interface StartCircumstances {
  /** `serve --demo` */
  readonly isDemo: boolean;
  /** `NODE_ENV` */
  readonly nodeEnv?: string | undefined;
  /** The files with secrets that are there already, and their modes as `stat` tells them. Empty on Windows. */
  readonly files: readonly { readonly path: string; readonly mode: number }[];
}

type Examine = (config: Config, circumstances: StartCircumstances) => readonly string[];

const SHORTEST_SECRET = 32;
const OTHERS_READ_OR_WRITE = 0o006;

const examinations: readonly Examine[] = [
  plainHttp,
  plainPublicUrl,
  openDemo,
  anyOrigin,
  shortSecret,
  talkativeLog,
  openFiles,
  printedCodes,
];

/** Why a server with this configuration must not start; empty when it may. Each reason names the setting to change. */
export function insecureStartReasons(config: Config, circumstances: StartCircumstances): readonly string[] {
  return examinations.flatMap((examine) => examine(config, circumstances));
}

function plainHttp(config: Config): readonly string[] {
  if (config.insecureHttp || config.tls.cert !== '' || isLoopback(config.host) || isBehindTls(config)) return [];
  return [
    `host ${config.host} is open to others over plain HTTP; set tls.cert and tls.key, or trustedProxies with an https publicUrl, or insecureHttp`,
  ];
}

/** A proxy we trust speaks TLS to the outside. */
function isBehindTls({ trustedProxies, publicUrl }: Config): boolean {
  return trustedProxies.length > 0 && publicUrl.startsWith('https:');
}

function plainPublicUrl({ publicUrl, insecureHttp }: Config): readonly string[] {
  const url = new URL(publicUrl);
  if (insecureHttp || url.protocol === 'https:' || isLoopback(url.hostname)) return [];
  return [`publicUrl ${publicUrl} is plain HTTP; name an https address, or set insecureHttp`];
}

function openDemo({ host }: Config, { isDemo }: StartCircumstances): readonly string[] {
  return isDemo && !isLoopback(host)
    ? [`host ${host} is open to others; the demo runs on a loopback address only`]
    : [];
}

function anyOrigin({ dialects }: Config): readonly string[] {
  return Object.entries(dialects)
    .filter(
      ([, { origins }]) => Array.isArray(origins) && origins.some((origin) => origin === '*' || origin === 'null'),
    )
    .map(([name]) => `dialects.${name}.origins lets any page call it; name each origin`);
}

function shortSecret({ couriers, metrics }: Config): readonly string[] {
  const secrets = { 'metrics.token': metrics.token, 'couriers.webhook.secret': couriers.webhook.secret };
  return Object.entries(secrets)
    .filter(([, secret]) => secret !== '' && secret.length < SHORTEST_SECRET)
    .map(([key]) => `${key} is shorter than ${SHORTEST_SECRET} characters`);
}

function talkativeLog({ log }: Config, { nodeEnv }: StartCircumstances): readonly string[] {
  const isTalkative = log.level === 'debug' || log.level === 'trace';
  return isTalkative && nodeEnv === 'production' ? [`log.level ${log.level} is not for production`] : [];
}

function openFiles(_config: Config, { files }: StartCircumstances): readonly string[] {
  return files
    .filter(({ mode }) => (mode & OTHERS_READ_OR_WRITE) !== 0)
    .map(({ path }) => `anybody on this machine may read or change ${path}; run: chmod 600 ${path}`);
}

/** Whoever reads what such a server prints signs in as anybody. */
function printedCodes({ couriers, host, publicUrl }: Config, { nodeEnv }: StartCircumstances): readonly string[] {
  const isOnThisMachine = isLoopback(host) && isLoopback(new URL(publicUrl).hostname);
  if (couriers.development && isOnThisMachine && nodeEnv !== 'production') return [];
  return (['sms', 'email'] as const)
    .filter((channel) => couriers[channel] === 'log')
    .map(
      (channel) =>
        `couriers.${channel} = log prints codes instead of sending them; it is for development on a loopback address, with couriers.development`,
    );
}
