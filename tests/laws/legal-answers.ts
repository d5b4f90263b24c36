// The closed set of answers each document knows: whatever a client sends, one of these must come back.
import type { Heard } from '#tests/support/talk';

type Members = Readonly<Record<string, unknown>>;

/** Reads an answer's body as an object with exactly these keys in this order. */
function membersOf(
  { body, headers }: Heard,
  keys: readonly string[],
  type = 'application/json; charset=utf-8',
): Members | undefined {
  if (headers['content-type'] !== type) return undefined;
  try {
    const value: unknown = JSON.parse(body);
    const isCompact = JSON.stringify(value) === body;
    return isCompact && isMembers(value) && Object.keys(value).join() === keys.join() ? value : undefined;
  } catch {
    return undefined;
  }
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const isFilled = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isEmptyObject = (value: unknown): boolean => JSON.stringify(value) === '{}';

const AEGISSPEED = new Set([
  '400 10001',
  '400 10005',
  '400 10006',
  '401 10001',
  '401 10002',
  '401 10007',
  '403 10003',
  '429 10001',
  '500 10004',
  '503 10004',
]);
const WEIDU = new Set([1000, 4000, 40001, 40002, 40003, 40013, 40018, 40019, 40020, 40021]);
const SHOPXO = new Set([-1, -2, -3, -4, -10, -11, -12, -100, -400, -1000, -10000]);

function aegisspeed(heard: Heard): boolean {
  const answer = membersOf(heard, ['status', 'token', 'code', 'result', 'data']);
  if (answer === undefined || answer['status'] !== heard.status || !isFilled(answer['result'])) return false;
  const kind = `${heard.status} ${String(answer['code'])}`;
  if (kind === '200 10000') return isFilled(answer['token']) && isMembers(answer['data']);
  return AEGISSPEED.has(kind) && answer['token'] === '' && isEmptyObject(answer['data']);
}

function weidu(heard: Heard): boolean {
  const success = membersOf(heard, ['code', 'result', 'user_info']);
  if (success !== undefined)
    return (
      heard.status === 200 && success['code'] === 200 && success['result'] === 'ok' && isFilled(heard.headers['token'])
    );
  const { code, result } = membersOf(heard, ['code', 'result']) ?? {};
  if (!isFilled(result)) return false;
  return code === 500 ? heard.status === 500 || heard.status === 503 : heard.status === 200 && WEIDU.has(Number(code));
}

function nobase(heard: Heard): boolean {
  const { code, msg, data } = membersOf(heard, ['code', 'msg', 'data']) ?? {};
  if (heard.status !== 200) return false;
  if (code === 200) return msg === 'success' && isMembers(data);
  return (code === 400 || code === 500) && msg === 'fail' && isFilled(data);
}

function shopxo(heard: Heard): boolean {
  const { msg, code, data } = membersOf(heard, ['msg', 'code', 'data']) ?? {};
  if (heard.status !== 200 || !isFilled(msg)) return false;
  return code === 0 ? isMembers(data) : SHOPXO.has(Number(code)) && JSON.stringify(data) === '[]';
}

function api(heard: Heard): boolean {
  if (heard.status === 200) return heard.body === '{"active":false}' || membersOf(heard, ['active']) === undefined;
  const { type, status, code, title } =
    membersOf(heard, ['type', 'title', 'status', 'code'], 'application/problem+json; charset=utf-8') ?? {};
  return (
    status === heard.status && isFilled(code) && isFilled(title) && String(type).startsWith('urn:understudy:refusal:')
  );
}

const HARBOUR = new Set([
  '400 invalid_request',
  '401 wrong_credentials',
  '403 closed',
  '403 not_allowed',
  '404 not_found',
  '409 invalid_request',
  '429 too_many_tries',
  '500 failed',
  '503 busy',
]);

function harbour(heard: Heard): boolean {
  const success = membersOf(heard, ['session', 'sailor']);
  if (success !== undefined)
    return heard.status === 201 && isMembers(success['session']) && isMembers(success['sailor']);
  const { error } = membersOf(heard, ['error']) ?? {};
  return isMembers(error) && isFilled(error['message']) && HARBOUR.has(`${heard.status} ${String(error['code'])}`);
}

/** By dialect. */
export const LEGAL = { aegisspeed, weidu, nobase, shopxo, harbour, api } as const;
