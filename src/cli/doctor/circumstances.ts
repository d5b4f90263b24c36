// What `doctor` can tell without opening the store: configuration, addresses, certificates, files.
import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { type Config, insecureStartReasons } from '#config';
import { type Arrangement, keyFileOf } from '#main';
import type { Dialect } from '#wire';
import { secretFiles } from '../secret-files.ts';
import { databaseFileOf } from '../store-files.ts';
import { revealedBy } from './revealing.ts';

/** What an examination found. */
export interface Finding {
  readonly about: string;
  /** `wrong` makes the doctor exit with 1; `note` is worth knowing. */
  readonly verdict: 'fine' | 'note' | 'wrong';
  readonly text: string;
}

/** Configuration, outside address, certificate, answer policies. */
export function examineConfiguration(
  { config, dialects, secretFile }: Arrangement,
  nodeEnv: string | undefined,
): readonly Finding[] {
  const reasons = insecureStartReasons(config, { isDemo: false, nodeEnv, files: secretFiles(config, secretFile) });
  return [
    { about: 'configuration', verdict: 'fine', text: 'valid' },
    ...reasons.map((text): Finding => ({ about: 'safety', verdict: 'wrong', text })),
    examineAddress(config),
    examineClock(config),
    ...(config.tls.cert === '' ? [] : [examineCertificate(config)]),
    ...dialects.map((dialect) => examinePolicy(dialect, config)),
  ];
}

function examineAddress({ publicUrl, host, tls, trustedProxies }: Config): Finding {
  const about = 'address';
  const { protocol } = new URL(publicUrl);
  if (protocol === 'https:' && tls.cert === '' && trustedProxies.length === 0) {
    return {
      about,
      verdict: 'wrong',
      text: `publicUrl ${publicUrl} is https, but there is neither tls.cert nor a proxy in trustedProxies that could speak TLS`,
    };
  }
  if (protocol === 'http:' && tls.cert !== '')
    return { about, verdict: 'wrong', text: `the server speaks TLS, but publicUrl ${publicUrl} is plain HTTP` };
  return { about, verdict: 'fine', text: `listens on ${host}, known outside as ${publicUrl}` };
}

const TOLERANCE_MS = 5 * 60 * 1000;

/** A clock that runs behind what was written earlier keeps sessions and locks alive too long. */
function examineClock(config: Config): Finding {
  const { timeZone } = config;
  const now = new Date();
  const written = statSync(databaseFileOf(config) ?? '', { throwIfNoEntry: false })?.mtime ?? now;
  if (written.getTime() > now.getTime() + TOLERANCE_MS) {
    return {
      about: 'clock',
      verdict: 'wrong',
      text: `runs behind: it is ${now.toISOString()}, but the database was written at ${written.toISOString()}`,
    };
  }
  const local = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(now);
  return { about: 'clock', verdict: 'fine', text: `${now.toISOString()}, told as ${local} in ${timeZone}` };
}

function examineCertificate({ tls }: Config): Finding {
  const about = 'certificate';
  try {
    const certificate = new X509Certificate(readFileSync(tls.cert));
    const isCurrent = new Date(certificate.validFrom) <= new Date() && new Date() < new Date(certificate.validTo);
    return {
      about,
      verdict: isCurrent ? 'fine' : 'wrong',
      text: `valid from ${certificate.validFrom} to ${certificate.validTo}`,
    };
  } catch {
    return { about, verdict: 'wrong', text: `${tls.cert} cannot be read as a certificate` };
  }
}

function examinePolicy(dialect: Dialect, config: Config): Finding {
  const about = `dialect ${dialect.name}`;
  const policy = String(config.dialects[dialect.name]?.['policy']);
  const revealed = revealedBy(dialect, config);
  if (revealed.length === 0)
    return { about, verdict: 'fine', text: `policy ${policy}: tells strangers nothing about accounts` };
  return {
    about,
    verdict: 'note',
    text: `policy ${policy}: tells strangers ${revealed.join(' and ')}, as its document has it; policy = "strict" does not`,
  };
}

const OTHERS_MAY_WRITE = 0o022;
const OTHERS_MAY_ANYTHING = 0o077;

/** The data directory and the key file, and who may touch them. */
export function examineFiles(config: Config): readonly Finding[] {
  if (process.platform === 'win32') return [];
  const { dataDir } = config;
  if (!existsSync(dataDir)) return [{ about: 'files', verdict: 'note', text: `${dataDir} does not exist yet` }];
  return [
    permitted(dataDir, OTHERS_MAY_WRITE, `others may write in ${dataDir}; run: chmod 700 ${dataDir}`),
    ...(existsSync(keyFileOf(config))
      ? [
          permitted(
            keyFileOf(config),
            OTHERS_MAY_ANYTHING,
            `others may touch the keys; run: chmod 600 ${keyFileOf(config)}`,
          ),
        ]
      : []),
  ];
}

function permitted(path: string, forbidden: number, complaint: string): Finding {
  const isFine = (statSync(path).mode & forbidden) === 0;
  return isFine
    ? { about: 'files', verdict: 'fine', text: path }
    : { about: 'files', verdict: 'wrong', text: complaint };
}
