// An answer as it goes over the wire, whole.
import type { JsonValue } from '#core';

/** Status, extra headers and body. Everything else the host adds. */
export interface Answer {
  readonly status: number;
  /** Lower-case names; an array for repeated headers (`set-cookie`). */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string;
  /** Sent instead of the body where the answer is no text: a picture. */
  readonly bytes?: Uint8Array;
  /** Default `application/json; charset=utf-8`. */
  readonly contentType?: string;
}

/** A compact JSON answer: UTF-8 unescaped, keys in the order given, no newline at the end. */
export function json(value: JsonValue, status = 200, headers: Answer['headers'] = {}): Answer {
  return { status, headers, body: JSON.stringify(value) };
}
