// Instants as the older APIs tell them: wall-clock time of a configured zone.

/**
 * `YYYY-MM-DD HH:MM:SS` in the given zone.
 *
 * @param at milliseconds since 1970-01-01T00:00:00Z
 * @param timeZone an IANA name, such as `Asia/Shanghai`
 */
export function localTime(at: number, timeZone: string): string {
  // Swedish writes dates the ISO way; the platform then does the arithmetic of zones.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(at);
}
