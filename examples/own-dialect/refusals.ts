// The one place where a refusal or a fault becomes a Harbour answer. A kind that is missing from the table does not compile.
import { type Answer, json, type RefusalAnswer, type RefusalTable, type Reply, say, type Text } from '#wire';
import type { HarbourSettings } from './settings.ts';
import { TEXTS } from './texts.ts';

function answer(status: number, code: string, text: Text): RefusalAnswer<HarbourSettings> {
  return ({ detail }, { locale }) =>
    json({ error: { code, message: say(text, locale, { seconds: detail.retryAfterSeconds ?? 1 }) } }, status);
}

const wrongPassword = answer(401, 'wrong_credentials', TEXTS.wrongPassword);

// oxfmt-ignore
export const refusals: RefusalTable<HarbourSettings> = {
  absent:          answer(404, 'not_found',       TEXTS.notFound),
  busy:            answer(503, 'busy',            TEXTS.busy),
  challenge:       answer(403, 'not_allowed',     TEXTS.notAllowed),
  closed:          answer(403, 'closed',          TEXTS.closed),
  conflict:        answer(409, 'invalid_request', TEXTS.invalidRequest),
  expired:         wrongPassword,
  forbidden:       answer(403, 'not_allowed',     TEXTS.notAllowed),
  malformed:       answer(400, 'invalid_request', TEXTS.invalidRequest),
  mismatch:        wrongPassword,
  throttled:       answer(429, 'too_many_tries',  TEXTS.tooManyTries),
  unauthenticated: wrongPassword,
  // Whether somebody has an account is nobody else's business.
  unknown:         wrongPassword,
};

/** The one answer to anything unforeseen. */
export function fault({ locale }: Reply<HarbourSettings>): Answer {
  return json({ error: { code: 'failed', message: say(TEXTS.failed, locale) } }, 500);
}
