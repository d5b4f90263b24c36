// Days as people count them: by the calendar of one time zone.

/** Numbers days. */
export interface Calendar {
  /** Days since 1970-01-01, as the date reads in the zone at that instant. */
  dayOf(at: number): number;
}

/** The calendar of an IANA time zone. @throws RangeError for a zone that does not exist */
export function calendarOf(timeZone: string): Calendar {
  return new ZoneCalendar(timeZone);
}

/** No zone changes its date anywhere but at a quarter of an hour, and to ask for one costs more than the rest of a sign-in. */
const QUARTER_MS = 900_000;

class ZoneCalendar implements Calendar {
  readonly #format: Intl.DateTimeFormat;
  #quarter = Number.NaN;
  #day = 0;

  constructor(timeZone: string) {
    this.#format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  }

  dayOf(at: number): number {
    const quarter = Math.floor(at / QUARTER_MS);
    if (quarter !== this.#quarter) {
      this.#day = Date.parse(`${this.#format.format(at)}T00:00:00Z`) / 86_400_000;
      this.#quarter = quarter;
    }
    return this.#day;
  }
}
