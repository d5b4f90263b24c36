// Every setting there is, with its default, its bounds and its description. Code, checks and documentation read this table.
import { ROLES } from '#core';
import { type Static, Type } from 'typebox';

import { challenges } from './challenge-settings.ts';
import { codes } from './code-settings.ts';
import { couriers, notices } from './courier-settings.ts';
import { count, flag, list, text } from './kinds-of-setting.ts';
import { audit, decisions } from './record-settings.ts';
import { lookups } from './lookup-settings.ts';
import { registration } from './registration-settings.ts';

const DAY = 86_400;
const MINUTES_15 = 900;

interface LadderDefaults {
  readonly failures: readonly [standard: number, most: number];
  readonly firstWait: number;
  readonly longestWait: number;
  readonly forgetAfter: number;
}

const ladder = (description: string, { failures, firstWait, longestWait, forgetAfter }: LadderDefaults) => ({
  description,
  properties: {
    failures: count('Failures within the window before the next attempt is refused.', failures[0], [1, failures[1]]),
    windowSeconds: count('Length of the window.', MINUTES_15, [60, DAY]),
    firstWaitSeconds: count('First wait; it doubles with each further failure.', firstWait, [1, DAY]),
    longestWaitSeconds: count('Longest wait.', longestWait, [1, 7 * DAY]),
    forgetAfterSeconds: count(
      'Quiet time after which the waits start anew; 0 as soon as a wait is over.',
      forgetAfter,
      [0, 30 * DAY],
    ),
  },
});

const failuresInARow = count('Failures in a row after which only a reset or the operator helps.', 100, [1, 100]);

const forAccount = (description: string) => {
  const { properties } = ladder(description, { failures: [5, 10], firstWait: 60, longestWait: 3600, forgetAfter: DAY });
  return Type.Object({ ...properties, failuresInARow }, { description });
};

/** Many people may share a source, so that the window passes and is forgotten: no ladder punishes the next one's slip. */
const forNetwork = (description: string, failures: number) => {
  const limits = {
    failures: [failures, 1_000_000],
    firstWait: MINUTES_15,
    longestWait: MINUTES_15,
    forgetAfter: 0,
  } as const;
  const { properties } = ladder(description, limits);
  return Type.Object(properties, { description });
};

const budgets = Type.Object(
  {
    account: forAccount('Attempts against one account from sources it does not know.'),
    known: forAccount('Attempts against one account from a source that signed in to it within 30 days.'),
    source: forNetwork('Attempts from one IPv4 address or IPv6 /64, whichever accounts they go to.', 20),
    names: forNetwork('Different names one IPv4 address or IPv6 /64 fails with; however often, each counts once.', 20),
    subnet: forNetwork('Attempts from one IPv4 /24 or IPv6 /48.', 100),
  },
  { description: 'How many failures are allowed, and what follows. Failures of every dialect count together.' },
);

const alarm = Type.Object(
  {
    failures: count('Wrong secrets within the window, from wherever; 0 for never.', 500, [0, 1_000_000]),
    windowSeconds: count('Length of the window.', MINUTES_15, [60, DAY]),
  },
  {
    description:
      'When so many wrong secrets come that somebody must be trying them out; log, audit and metrics say so.',
  },
);

const password = Type.Object(
  {
    min: count('Shortest new password, in code points.', 8, [8, 64]),
    operatorMin: count('The same for accounts that hold one of `operatorRoles`.', 15, [8, 64]),
    operatorRoles: list('Roles whose holders need the longer password.', [...ROLES]),
    max: count('Longest password, in code points; beyond 1024 bytes nothing is hashed in any case.', 256, [64, 1024]),
    blocklistFile: text(
      'File of further passwords nobody may choose, such as a set of breached ones: one a line, sorted with `LC_ALL=C sort -u`. An entry in small letters is refused in any case.',
    ),
  },
  { description: 'What a new password has to be like. An existing one signs in whatever its length.' },
);

const kdf = Type.Object(
  {
    memoryKiB: count('Memory of one hash.', 19_456, [19_456, 1_048_576]),
    passes: count('Passes over the memory.', 2, [2, 10]),
    lanes: count('Lanes.', 1, [1, 16]),
    concurrency: count(
      'Hashes at once; 0 takes as many as there are cores, within a quarter of the memory.',
      0,
      [0, 256],
    ),
    queue: count('Sign-ins that may wait for a hash.', 256, [1, 100_000]),
    waitMs: count('Longest predicted wait; beyond it the answer is "busy" at once.', 1000, [50, 60_000]),
    niceness: count(
      'How much hashing gives way to everything else on its cores (Linux), as in nice(1). 19 where these are its own, as in a container: then token checks hardly notice it.',
      10,
      [0, 19],
    ),
  },
  {
    description:
      'Argon2id, with which new passwords are hashed. The lower bounds are the floor; nothing starts below it.',
  },
);

const http = Type.Object(
  {
    bodyBytes: count('Longest body.', 65_536, [1024, 1_048_576]),
    urlBytes: count('Longest path and query.', 8192, [1024, 16_384]),
    fields: count('Most fields in a query, form or object.', 64, [16, 1024]),
    depth: count('Deepest nesting of a JSON body.', 4, [2, 32]),
    headersTimeoutMs: count('Until all headers have arrived.', 8000, [500, 60_000]),
    requestTimeoutMs: count('Until the whole request has arrived.', 15_000, [500, 300_000]),
    keepAliveMs: count('How long an idle connection stays open.', 5000, [0, 600_000]),
    maxRequestsPerSocket: count(
      'Requests on one connection before it is closed; 0 for any number.',
      1000,
      [0, 1_000_000],
    ),
    maxConnectionsPerSource: count('Open connections from one address that is no trusted proxy.', 256, [1, 1_000_000]),
  },
  { description: 'Bounds of a request.' },
);

const log = Type.Object(
  {
    level: Type.Enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      description: 'Least important line that is written.',
      default: 'info',
    }),
  },
  { description: 'The log on standard output, one JSON object a line.' },
);

const metrics = Type.Object(
  {
    token: Type.String({
      description: 'Bearer token that opens `GET /metrics` on the main address; 32 characters or more.',
      default: '',
      secret: true,
    }),
    host: text('Address of the separate listener.', '127.0.0.1'),
    port: count('Port of a listener for `GET /metrics` alone, without a token; 0 for none.', 0, [0, 65_535]),
  },
  { description: 'Figures for Prometheus. Without token and port there are none.' },
);

const tls = Type.Object(
  {
    cert: text('File with the certificate chain, PEM.'),
    key: text('File with the private key, PEM.'),
  },
  { description: 'Serves HTTPS when both files are named.' },
);

/** The settings of the server itself; those of the dialects come beside them under `dialects`. */
export const SETTINGS = Type.Object({
  host: text('Address to listen on.', '127.0.0.1'),
  port: count('Port to listen on; 0 takes a free one.', 8080, [0, 65_535]),
  publicUrl: text('Outside address, with which links, pictures and cookies are made. Default: made of host and port.'),
  dataDir: text('Folder of the database and the keys.', './data'),
  databaseUrl: Type.String({
    description:
      'Where the data is kept: `sqlite:<path>`, or `postgres://user@host/database` (its password as `user:password@`, in `PGPASSWORD` or in `~/.pgpass`). Default: `understudy.db` in the data folder.',
    default: '',
  }),
  databaseConnections: count('Most connections of one server to PostgreSQL, beside one for news.', 12, [3, 1000]),
  trustedProxies: list('Addresses or networks (CIDR) of proxies whose forwarding headers are believed.'),
  insecureHttp: flag('Allows plain HTTP on an address that others can reach.'),
  timeZone: text('IANA name of the zone in which times are told.', 'Asia/Shanghai'),
  extraDialects: list('Modules of dialects that do not come with the server.'),
  shutdownDelaySeconds: count(
    'How long after SIGTERM everybody is still served while `/readyz` says no, so that load balancers turn away first.',
    0,
    [0, 300],
  ),
  drainSeconds: count('How long requests in flight may take after that.', 25, [0, 300]),
  tls,
  log,
  metrics,
  password,
  kdf,
  budgets,
  alarm,
  registration,
  lookups,
  challenges,
  codes,
  sessions: Type.Object(
    { maxPerAccount: count('Live sessions of one account; the oldest gives way.', 100, [1, 10_000]) },
    { description: 'Sessions of every dialect.' },
  ),
  cache: Type.Object(
    {
      sessions: count(
        'Sessions kept in memory, so that a token check need not ask the database; 0 for none.',
        50_000,
        [0, 10_000_000],
      ),
    },
    { description: 'What is kept in memory.' },
  ),
  http,
  audit,
  decisions,
  couriers,
  notices,
});

/** Settings of one dialect, as its own schema describes them. */
export type DialectSettings = Readonly<Record<string, unknown>>;

/** The settings in force. Every value is present and within its bounds. */
export type Config = Readonly<Static<typeof SETTINGS>> & {
  readonly dialects: Readonly<Record<string, DialectSettings>>;
};
