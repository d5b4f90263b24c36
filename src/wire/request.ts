// A request as a dialect sees it: already bounded, with strict readers for query and body.
import type { Source } from '#core';
import type { BodyForm, Fields } from './parsing/index.ts';

/** One request. */
export interface WireRequest {
  /** Short and random; the support code of a refusal. */
  readonly id: string;
  /** Upper case. */
  readonly method: string;
  /** Without the query, percent-encoding untouched. */
  readonly path: string;
  readonly source: Source;
  /** It came over HTTPS, as seen by the client. */
  readonly isSecure: boolean;
  /** A page of a foreign site sent it (`Origin`, `Sec-Fetch-Site`). */
  readonly isCrossSite: boolean;
  /** One header by lower-case name; undefined when absent. */
  readonly header: (name: string) => string | undefined;
  /** A body of at least one byte came. */
  readonly hasBody: boolean;
  /** @throws Refusal `input.malformed` */
  readonly query: () => Fields;
  /** The body in one of these forms; JSON counts whatever the content type says. An absent body is no fields. @throws Refusal `input.malformed` */
  readonly body: (...accepts: readonly BodyForm[]) => Fields;
}
