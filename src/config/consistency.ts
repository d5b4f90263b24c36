// What no single bound can say: settings that have to fit one another, and texts that have to mean something.
import { COURIER_DEMANDS } from './courier-demands.ts';
import type { Demand } from './demand.ts';
import { isAddressOrNetwork, isLoopback } from './network-text.ts';
import { LEAST_AUDIT_DAYS } from './record-settings.ts';
import type { Config } from './schema.ts';

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
    holds: ({ databaseUrl }) => /^sqlite:./.test(databaseUrl) || isPostgresUrl(databaseUrl),
    text: 'must be sqlite:<path> or postgres://user@host/database',
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
    key: 'audit.retentionDays',
    holds: ({ audit }) => audit.retentionDays >= LEAST_AUDIT_DAYS || audit.allowShortRetention,
    text: `must not be less than ${LEAST_AUDIT_DAYS} unless audit.allowShortRetention is set`,
  },
  {
    key: 'challenges.hosted.secret',
    holds: ({ challenges: { hosted } }) => (hosted.siteKey === '') === (hosted.secret === ''),
    text: 'must be given together with challenges.hosted.siteKey',
  },
  {
    key: 'challenges.kinds',
    holds: ({ challenges: { kinds, hosted } }) => !kinds.includes('hosted') || hosted.siteKey !== '',
    text: 'cannot hold "hosted" without challenges.hosted.siteKey',
  },
  {
    key: 'challenges.hosted.url',
    holds: ({ challenges: { hosted } }) => isSafeUrl(hosted.url),
    text: 'must be an https address, or an http address of this machine',
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
  ...COURIER_DEMANDS,
];

/** The demands a configuration does not meet. */
export function inconsistencies(config: Config): readonly { readonly key: string; readonly text: string }[] {
  return DEMANDS.filter(({ holds }) => !holds(config));
}

function isPlainUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.username + url.password + url.search + url.hash === '';
}

/** Secrets go there: in clear only within this machine. */
function isSafeUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)));
}

/** A password stands before the host or elsewhere, where it is not shown. */
function isPostgresUrl(text: string): boolean {
  const url = URL.parse(text);
  return (
    url !== null &&
    /^postgres(ql)?:$/.test(url.protocol) &&
    url.pathname.length > 1 &&
    !url.searchParams.has('password')
  );
}

function isTimeZone(name: string): boolean {
  try {
    return name !== '' && new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
