// PostgreSQL keeps no text with a NUL in it, so neither does any other engine.

/** @throws TypeError for a text with a NUL */
export function assertNoNul(value: unknown): void {
  if (typeof value === 'string' && value.includes('\0')) throw new TypeError('a text with a NUL cannot be kept');
}
