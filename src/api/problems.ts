// How our own API says no: problem details (RFC 9457) with the refusal's code as their stable name.
import type { Refusal, RefusalKind } from '#core';
import type { Answer, CommonSettings, RefusalAnswer, RefusalTable } from '#wire';

const CONTENT_TYPE = 'application/problem+json; charset=utf-8';

/** HTTP status per kind of refusal. */
const STATUS: Record<RefusalKind, number> = {
  absent: 404,
  busy: 503,
  challenge: 403,
  closed: 403,
  conflict: 409,
  expired: 410,
  forbidden: 403,
  malformed: 400,
  mismatch: 401,
  throttled: 429,
  unauthenticated: 401,
  unknown: 401,
};

const problem = (status: number, code: string, title: string): Answer => ({
  status,
  contentType: CONTENT_TYPE,
  headers: status === 401 ? { 'www-authenticate': 'Basic realm="understudy", charset="UTF-8"' } : {},
  body: JSON.stringify({ type: `urn:understudy:refusal:${code}`, title, status, code }),
});

const say: RefusalAnswer<CommonSettings> = ({ code, kind, message }: Refusal) => problem(STATUS[kind], code, message);

const byKind = Object.fromEntries(Object.keys(STATUS).map((kind) => [kind, say])) as Record<RefusalKind, typeof say>;

/** An app that is unknown and one with a wrong signature look alike to the caller. */
const notAdmitted: RefusalAnswer<CommonSettings> = () =>
  problem(401, 'app.not-admitted', 'The application could not be authenticated');

export const refusals: RefusalTable<CommonSettings> = {
  ...byKind,
  'app.unknown': notAdmitted,
  'app.signature': notAdmitted,
};

export const fault = (): Answer => problem(500, 'fault', 'Something went wrong on our side');
