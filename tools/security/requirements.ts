// The numbered security requirements: what each asks for, what its tests must show, and what some of them wait for.

/** One requirement. Whether it is met is nowhere written: it follows from the tests and measurements that carry its number. */
export interface Requirement {
  readonly number: number;
  readonly title: string;
  readonly threshold: string;
  /** What of it is not shown yet, and what that waits for. */
  readonly waits?: string;
}

/** A group of requirements. */
export interface Chapter {
  readonly title: string;
  readonly requirements: readonly Requirement[];
}

type Row = readonly [number: number, title: string, threshold: string, waits?: string];

const chapter = (title: string, rows: readonly Row[]): Chapter => ({
  title,
  requirements: rows.map(([number, asks, threshold, waits]) => ({
    number,
    title: asks,
    threshold,
    ...(waits !== undefined && { waits }),
  })),
});

// oxfmt-ignore
const PASSWORDS = chapter('Passwords', [
  [1, 'A new password has a least length, counted in code points', '8 for people, 15 for operators; four scripts'],
  [2, 'Long passphrases are taken; what is longer is refused before it is hashed', '64, 128, 256 sign in; 257 to 16 Mi characters cost no hash and no memory'],
  [3, 'No rules of composition; pasting is allowed', 'a corpus of 40 is taken', 'pasting into a form: the account pages'],
  [4, 'A password is verified whole and unmodified', 'of 300 mutations none signs in'],
  [5, 'Unicode is composed, never simplified; broken text is refused', '20 of 20 pairs equal, 20 of 20 apart, 10 of 10 refused'],
  [6, 'Common, leaked and personal passwords are refused when set', 'all of a list of 3000; at most 1 of 10 000 passphrases by mistake'],
  [7, 'Passwords do not expire; a compromised one must be changed', 'works five years on; until it is changed nothing else is open'],
  [8, 'A change needs the current password, counts failures and ends other sessions', '6 wrong ones lock the login; 10 of 10 sessions end'],
  [9, 'The policy binds whoever sets a password, not whoever proves an old one', 'imported ones of 6, 8 and 10 characters sign in'],
  [10, 'No hints, no questions, no password chosen by an administrator', 'no such field, no such route'],
]);

// oxfmt-ignore
const HASHES = chapter('Stored hashes', [
  [11, 'Argon2id at the floor or above, salted', '200 hashes differ; a weaker configuration does not start'],
  [12, 'A keyed step over the hash, its key outside the database', 'a dump alone verifies nothing', 'a pepper over password hashes'],
  [13, 'The traps of bcrypt: 72 bytes and NUL', 'no login across them', 'moving in from systems that used bcrypt'],
  [14, 'Hashes of older systems verify, and are renewed at the first sign-in', 'three known answers a format', 'moving in: salted MD5, bcrypt, phpass, crypt, SM3'],
  [15, 'Fast hashes are wrapped when imported', 'no original digest in any file', 'moving in from systems that used fast hashes'],
  [16, 'A hash beyond the bounds of cost is never computed', 'refused at import; planted in the store it lets nobody in, in less than 50 ms'],
  [17, 'An empty or damaged hash matches nothing', '0 logins, 0 faults'],
  [18, 'A renewal that fails loses nobody and stops nobody', 'a write that fails, and 50 kills in the middle'],
  [19, 'Secrets are compared in constant time', 'no early exit outside src/crypto; AUC 0.45 to 0.55 for a signature that is almost right'],
]);

// oxfmt-ignore
const ENUMERATION = chapter('Who has an account', [
  [20, 'Under `strict` every state of an account gives one answer', 'one per dialect: status, headers, body, connection'],
  [21, 'Unknown and known names take as long', 'AUC 0.45 to 0.55 over 1600 trials, each login'],
  [22, 'So they do when the password cannot be one', 'AUC as above, for three kinds'],
  [23, 'So they do whatever hash is stored, or none', 'AUC as above, for every stored format', 'formats of older systems, with R-14'],
  [24, 'So they do on first contact', 'AUC as above, against people who have just signed in'],
  [25, 'Status is told to nobody who does not know the password', 'one answer over the states of an account'],
  [26, 'Sending a code tells nobody who is registered', 'same answer; AUC as above', 'registration through our own API'],
  [27, 'Forgetting a password tells nobody either', 'same answer; p95 within 20 ms beside a courier that takes 2 s'],
  [28, 'Nor do locks, waits and challenges', 'twelve answers in a row equal, known or unknown'],
]);

// oxfmt-ignore
const ATTEMPTS = chapter('Attempts', [
  [29, 'Guesses at once get no more than the allowance', '10, 50, 200 at once: 5 evaluated, over two servers on one PostgreSQL as well'],
  [30, 'Right sign-ins at once all succeed', '20 of 20'],
  [31, 'A hundred failures in a row, then only a reset', 'at most 100 over sixty days'],
  [32, 'One counter an account: over dialects, names and endpoints', '10 guesses spread: 5 evaluated', 'the console and step-up'],
  [33, 'Names are brought to one spelling before they are counted or found', '12 spellings, one counter, one person'],
  [34, 'A source cannot choose its address', 'the limit holds with 200 random headers; 300 hops, garbage, IPv6 /64'],
  [35, 'One source may fail with so many names', '1 password, 500 names: at most 20 evaluated, and the alarm tells'],
  [36, 'Nobody locks an owner out', '1000 wrong ones from 50 sources: the owner signs in 10 of 10 times'],
  [37, 'Counters are bounded without forgetting a lock', '100 000 names later the lock holds'],
  [38, 'Counters survive a restart and a kill', '20 of 20', 'failover, on PostgreSQL'],
  [39, 'A second factor has a counter of its own', 'at most 5 evaluated', 'second factors'],
  [40, 'A challenge is for one person, one purpose, once, and before the password', '9 variants reach no hash; of 20 replays at most 1'],
  [41, 'A challenge is hard to read by machine and told nowhere', 'space of 2^20; 5 % of 500 read', 'a spoken alternative'],
  [42, 'Drawing challenges costs little', 'login p99 at most doubled by 200 a second (`npm run bench -- --only pictures`: 1.3); 30 a minute and source'],
]);

// oxfmt-ignore
const FACTORS = chapter('Codes and second factors', [
  [43, 'A code is random, short-lived and good once', '1 of 20 at once; refused a second too late; p > 0.001 over 100 000'],
  [44, 'A code has few tries', '1000 guesses: 5 a code, 20 an account'],
  [45, 'A code is for one purpose, one destination, one account', '0 of 5 crossings'],
  [46, 'Sending is limited in every direction', '1000 requests: 5 an hour and number, 30 a source, a total'],
  [47, 'Time-based codes: one step, once, sealed', '1 success', 'second factors'],
  [48, 'Between two factors nothing is open', '0 routes', 'second factors'],
  [49, 'Both factors are checked, always', '1 of 9', 'second factors'],
  [50, 'Changing a factor needs a fresh proof', '0 changes', 'second factors'],
  [51, 'Recovery codes are strong, hashed and good once', '1 of 20', 'second factors'],
  [52, 'Passkeys are verified in every field', '0 of 20 mutations, 50 of 50 right', 'passkeys'],
  [53, 'Whoever owns a factor hears of its change', '1 notice an event', 'second factors and notices'],
]);

// oxfmt-ignore
const SESSIONS = chapter('Sessions, cookies, headers', [
  [54, 'Tokens are random and kept as digests', '100 000 differ, evenly at every position; none in the store'],
  [55, 'A sign-in gives a new token and adopts none', '20 of 20'],
  [56, 'A token matches exactly', '500 mutations, 0 accepted'],
  [57, 'What ends, ends at once and everywhere', 'six events, within a second', 'second factors'],
  [58, 'A session lives as long as was said', 'valid a second before, refused a second after'],
  [59, 'A token works in its channel alone', '0 elsewhere'],
  [60, 'Sessions of an account are bounded, listed and ended', '1000 sign-ins: no more than the bound'],
  [61, 'A cookie changes nothing without its CSRF value', '0 changes, every route'],
  [62, 'No page of another site signs anybody in', '0 cookies'],
  [63, 'Cookies that belong together are checked together', 'swapped or doubled: refused'],
  [64, 'Cookies carry the right attributes', 'every Set-Cookie'],
  [65, 'Every answer carries the safe headers', 'every route and every error'],
  [66, 'Cross-origin reading is by list', '15 tricks, 0 leaves'],
  [67, 'Roles are checked by the server, on each request', 'every role at every login; role × call × organisation as declared'],
  [68, 'No answer holds a hash, a key or anybody else\'s token', '0 in the whole run'],
  [69, 'No default account; the first is made once', '20 at once: 1'],
]);

// oxfmt-ignore
const IDENTITY = chapter('Registration, reset, identity', [
  [70, 'A reset is strong, short, good once, and signs nobody in', '1 of 20; refused after its time', 'reset by link'],
  [71, 'Steps of a reset cannot be skipped or crossed', '0 of 10'],
  [72, 'Links are made of the configured address alone', '12 variants, 0 foreign'],
  [73, 'Mail goes to the one stored address', '15 inputs, 0 others'],
  [74, 'An identifier is one account\'s, in every spelling', '1 of 50 at once'],
  [75, 'What was not proven opens nothing', '0 of 8 tries to prove it by saying so', 'a profile route that could be told so'],
  [76, 'Whoever takes a freed identifier inherits nothing', '0 artefacts'],
]);

// oxfmt-ignore
const INPUT = chapter('Input and HTTP', [
  [77, 'A field of another type is refused', '8 types, every field, every login'],
  [78, 'Nothing is said twice', '30 cases, 0 logins'],
  [79, 'Names of an object\'s own parts change nothing', '12 payloads'],
  [80, 'Size, depth and number are bounded', 'refused within 200 ms, less than 50 MiB more'],
  [81, 'No text becomes a command of the store', '1000 payloads; no SQL put together from text'],
  [82, 'Strange characters have one answer', '40 inputs, 0 faults; what PostgreSQL cannot keep, SQLite does not keep either'],
  [83, 'A request has one reading', '18 cases, hung up on'],
  [84, 'Slow clients are cut and are few', 'by 8 and 15 s; others at most twice as slow', 'a run of a minute: the suite takes 2000 sockets, with shorter limits'],
  [85, 'No spelling of a path or method gets around a rule', '25 spellings'],
  [86, 'A password in a URL is never seen again', '200 logins, every error, 0 traces', 'samples for proxies'],
  [87, 'Malformed headers break nothing', '10 000 sets, 0 faults'],
  [88, 'Random input breaks nothing', 'a million cases; 100 KB in each field hold up nobody for 50 ms', 'a run of a million: the suite takes fewer'],
]);

// oxfmt-ignore
const RECORDS = chapter('Logs, audit, privacy', [
  [89, 'No secret is written down', '0 in every file of the whole run, in every spelling'],
  [90, 'A log line cannot be forged', 'one record an event'],
  [91, 'Every event of authentication is on record', 'as many as were acknowledged, over kills'],
  [92, 'The record cannot be altered unseen', '20 of 20 alterations'],
  [93, 'The record is kept, and then goes', 'there after 179 days; gone after its time'],
  [94, 'Identity numbers are sealed, and found by a keyed index', '0 in any file; 100 % under new keys'],
  [95, 'Data of people can be exported and deleted', 'nothing left', 'a record of consent'],
]);

// oxfmt-ignore
const RELIABILITY = chapter('Reliability under attack', [
  [96, 'A kill loses nothing acknowledged and leaves nothing half made', '20 rounds, 0 lost'],
  [97, 'A change that was acknowledged holds over a kill', '20 rounds, 0 undone'],
  [98, 'SIGTERM drops no request', 'all answered; ends with 0 within 30 s'],
  [99, 'Without its database the server refuses, and recovers by itself', '0 successes; answers within 2 s'],
  [100, 'A lost cache opens nothing', 'locks hold', 'Redis, which nothing uses'],
  [101, 'A full disk or a stepping clock opens nothing', 'no success without a record', 'a disk that turns read-only: one that is so from the start is tried by hand'],
  [102, 'Overload is shed, and the event loop lives', '500 at once: p99 below 100 ms, the rest refused within 2.5 s (npm run bench -- --only burst)'],
  [103, 'A throw anywhere is one answer and no end', 'every handler'],
  [104, 'An hour under load leaves no trace', 'memory, files and p99 level', 'the hour itself: npm run test:endurance goes on for minutes'],
]);

// oxfmt-ignore
const SUPPLY = chapter('Configuration and supply chain', [
  [105, 'What would be insecure does not start', '12 of 12 configurations'],
  [106, 'Dependencies are locked, few and run nothing', 'no install script, no known high finding'],
  [107, 'Nothing is redirected from HTTP; it is refused', 'no 3xx, no look at the credentials'],
]);

/** All of them, in order. */
export const CHAPTERS: readonly Chapter[] = [
  PASSWORDS,
  HASHES,
  ENUMERATION,
  ATTEMPTS,
  FACTORS,
  SESSIONS,
  IDENTITY,
  INPUT,
  RECORDS,
  RELIABILITY,
  SUPPLY,
];
