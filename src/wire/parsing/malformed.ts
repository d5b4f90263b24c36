// The one way input leaves the parsers unread: a closed list of reasons, and an error that never carries a value.

/** Every reason for which input is refused before anybody looks at what it says. */
export type MalformedReason = (typeof MALFORMED_REASONS)[number];

/** The closed list behind {@link MalformedReason}. */
export const MALFORMED_REASONS = [
  'body.empty', //                a body was due and none came
  'body.unsupported-type', //     a form of body the endpoint does not read
  'text.encoding', //             not UTF-8: overlong, truncated, another encoding
  'text.bom', //                  U+FEFF, at the start or inside
  'text.control', //              C0 but tab and line ends, DEL, C1
  'text.bidi', //                 invisible characters that reorder what a person reads
  'text.surrogate', //            half a character
  'json.syntax', //               not RFC 8259
  'json.not-object', //           well-formed, but a list or a scalar
  'json.duplicate-key', //        the same member twice, however it is escaped
  'json.forbidden-key', //        __proto__, constructor, prototype
  'json.depth', //                nested deeper than the limit
  'json.too-many-fields', //      more members and elements than the limit
  'json.number-range', //         a number no double can hold, such as 1e999
  'form.encoding', //             a broken % escape, or escapes that are not UTF-8
  'form.repeated-key',
  'form.bracket-key', //          k[] and k[x], which some servers read as lists
  'form.forbidden-key',
  'form.too-many-fields',
  'query.encoding',
  'query.repeated-key',
  'query.bracket-key',
  'query.forbidden-key',
  'query.too-many-fields',
  'multipart.boundary', //        the Content-Type names no usable boundary
  'multipart.syntax', //          not RFC 7578, or cut off
  'multipart.file', //            a part that carries a file
  'multipart.repeated-key',
  'multipart.bracket-key',
  'multipart.forbidden-key',
  'multipart.too-many-fields',
] as const;

/**
 * Thrown by every parser of this folder, and the only thing they throw for bad input.
 *
 * Neither the message nor any property shows a value or a name the client chose: a password with an unescaped `&` in it
 * turns into field names, so even a name is told only to somebody who already knows it (see {@link fieldAmong}).
 */
export class MalformedInput extends Error {
  override readonly name = 'MalformedInput';
  /** Why the input was refused. */
  readonly reason: MalformedReason;
  readonly #field: string | undefined;

  /**
   * @param reason why the input is refused
   * @param field the name of the field at fault, where known
   */
  constructor(reason: MalformedReason, field?: string) {
    super(reason);
    this.reason = reason;
    this.#field = field;
  }

  /**
   * The field at fault, when it is one of the documented names.
   *
   * @example
   * error.fieldAmong(new Set(['login_id', 'password'])); // 'login_id'
   */
  fieldAmong(documented: ReadonlySet<string>): string | undefined {
    return this.#field !== undefined && documented.has(this.#field) ? this.#field : undefined;
  }
}
