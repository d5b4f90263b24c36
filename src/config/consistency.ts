// What no single bound can say: settings that have to fit one another, and texts that have to mean something.
import { isAddressOrNetwork } from './network-text.ts';
import type { Config } from './schema.ts';

/** A setting and what must hold for it; the text completes "key: …". */
interface Demand {
  readonly key: string;
  readonly holds: (config: Config) => boolean;
  readonly text: string;
}

const DEMANDS: readonly Demand[] = [
  { key: 'host', holds: ({ host }) => /^[\w.:-]+$/.test(host), text: 'must be an address or a host name' },
  {
    key: 'publicUrl',
    holds: ({ publicUrl }) => isPlainUrl(publicUrl),
    text: 'must be an http or https address without query or fragment',
  },
  { key: 'dataDir', holds: ({ dataDir }) => dataDir !== '', text: 'must name a folder' },
  {
    key: 'databaseUrl',
    holds: ({ databaseUrl }) => /^[a-z]+:./.test(databaseUrl),
    text: 'must begin with the kind of database, such as sqlite:',
  },
  {
    key: 'trustedProxies',
    holds: (config) => config.trustedProxies.every(isAddressOrNetwork),
    text: 'must be addresses or networks such as 10.0.0.0/8',
  },
  { key: 'timeZone', holds: ({ timeZone }) => isTimeZone(timeZone), text: 'must be the IANA name of a time zone' },
  {
    key: 'tls.key',
    holds: ({ tls }) => (tls.cert === '') === (tls.key === ''),
    text: 'must be named together with tls.cert',
  },
  {
    key: 'metrics.port',
    holds: ({ metrics, port }) => metrics.port === 0 || metrics.port !== port,
    text: 'must differ from port',
  },
  {
    key: 'password.operatorMin',
    holds: ({ password }) => password.operatorMin >= password.min,
    text: 'must not be less than password.min',
  },
  {
    key: 'http.requestTimeoutMs',
    holds: ({ http }) => http.requestTimeoutMs >= http.headersTimeoutMs,
    text: 'must not be less than http.headersTimeoutMs',
  },
  ...(['account', 'known', 'names', 'source', 'subnet'] as const).map((kind) => ({
    key: `budgets.${kind}.longestWaitSeconds`,
    holds: ({ budgets }: Config) => budgets[kind].longestWaitSeconds >= budgets[kind].firstWaitSeconds,
    text: `must not be less than budgets.${kind}.firstWaitSeconds`,
  })),
];

/** The demands a configuration does not meet. */
export function inconsistencies(config: Config): readonly { readonly key: string; readonly text: string }[] {
  return DEMANDS.filter(({ holds }) => !holds(config));
}

function isPlainUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.username + url.password + url.search + url.hash === '';
}

function isTimeZone(name: string): boolean {
  try {
    return name !== '' && new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
