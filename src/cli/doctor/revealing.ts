// What the answers of a dialect give away about accounts: found by asking the dialect for its words and comparing them.
import type { Config } from '#config';
import { Refusal, type RefusalCode } from '#core';
import type { Dialect, WireRequest } from '#wire';

/** Situations a stranger can bring about, and what an answer of its own would tell. */
const TELLING: readonly (readonly [RefusalCode, string])[] = [
  ['account.unknown', 'which accounts exist'],
  ['account.password-missing', 'which have no password'],
];

const NOBODY = { address: '127.0.0.1', bucket: '127.0.0.1', subnet: '127.0.0.0/24' };

/** A request that says nothing. */
const SILENCE: WireRequest = {
  id: 'doctor',
  method: 'POST',
  path: '/',
  source: NOBODY,
  isSecure: true,
  isCrossSite: false,
  header: () => undefined,
  hasBody: false,
  query: () => ({}),
  body: () => ({}),
};

type Row = Dialect['rows'][number];

/** The answer of a row, status and body in one text. */
function answerTo(
  code: RefusalCode,
  row: Row,
  { dialect, config }: { readonly dialect: Dialect; readonly config: Config },
): string {
  const refusal = new Refusal(code);
  const word =
    row.refuses?.[code] ?? row.refuses?.[refusal.kind] ?? dialect.refusals[code] ?? dialect.refusals[refusal.kind];
  const settings = config.dialects[dialect.name] as never;
  const { locale }: { readonly locale: 'zh' | 'en' } = settings;
  const { publicUrl, timeZone } = config;
  const { status, body } = word(refusal, { request: SILENCE, settings, publicUrl, timeZone, locale, now: 0 });
  return `${status} ${body}`;
}

/** What strangers can learn from the dialect's password sign-ins, and from asking; nothing when it answers strictly. */
export function revealedBy(dialect: Dialect, config: Config): readonly string[] {
  if (config.dialects[dialect.name]?.['policy'] !== 'documented') return [];
  const rows = dialect.rows.filter(({ does }) => does === 'signInWithPassword');
  const told = TELLING.filter(([code]) =>
    rows.some(
      (row) => answerTo(code, row, { dialect, config }) !== answerTo('credentials.mismatch', row, { dialect, config }),
    ),
  );
  const mayAsk = dialect.rows.some(({ does }) => does === 'checkIdentifier');
  return [
    ...told.map(([, what]) => what),
    ...(mayAsk ? ['which numbers and addresses are somebody’s, when asked'] : []),
  ];
}
