// Birthdays, which the documented generation keeps as the instant the day began.
import { localTime } from '#wire';

/** Whether the text is a day that exists. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && Number.isFinite(Date.parse(`${text}T00:00:00Z`));
}

/** Unix seconds at which the day began in the zone. */
export function startOfDay(day: string, timeZone: string): number {
  const inUtc = Date.parse(`${day}T00:00:00Z`);
  const near = inUtc - offsetAt(inUtc, timeZone);
  // Twice, for the clocks may have changed between midnight there and midnight in UTC.
  return (inUtc - offsetAt(near, timeZone)) / 1000;
}

function offsetAt(at: number, timeZone: string): number {
  return Date.parse(`${localTime(at, timeZone).replace(' ', 'T')}Z`) - at;
}
