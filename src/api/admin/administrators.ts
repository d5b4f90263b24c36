// What all calls of administrators have in common, and how they say that somebody has to sign in again first.
import { type Permission, YOUNG_SESSION_SECONDS } from '#core';
import type { Answer, RefusalAnswer } from '#wire';
import type { ApiRow } from '../kit/define-call.ts';
import type { ApiSettings } from '../settings.ts';

/** Part of every plan. */
export const BY_ADMINISTRATORS = { tag: 'Administration', auth: 'session' } as const;

/** A sentence of the description: what it takes. */
export const takes = (...permissions: readonly Permission[]): string =>
  `Takes ${permissions.map((permission) => `\`${permission}\``).join(', ')}.`;

/** The challenge of RFC 9470, section 3: whoever asks again with a younger session is heard. */
const SIGN_IN_AGAIN = `Bearer realm="understudy", error="insufficient_user_authentication", max_age="${YOUNG_SESSION_SECONDS}"`;

/** The same row, whose 401 for an old session tells how young one has to be. */
export function demandingYoungSessions(row: ApiRow): ApiRow {
  const words = row.refuses?.unauthenticated;
  if (words === undefined) return row;
  const say: RefusalAnswer<ApiSettings> = (refusal, reply): Answer => {
    const answer = words(refusal, reply);
    return { ...answer, headers: { ...answer.headers, 'www-authenticate': SIGN_IN_AGAIN } };
  };
  return { ...row, refuses: { ...row.refuses, 'session.too-old': say } };
}
