// The address of a database may carry the password that opens it.

/** The same value with nothing in it that has to be kept from others. */
export function withoutPassword(value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/(:\/\/[^:@/]*):[^@/]*@/, '$1:[redacted]@') : value;
}
