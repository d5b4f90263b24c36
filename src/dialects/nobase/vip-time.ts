// How NoBase tells the end of somebody's VIP time: as a date while it runs, as months gone by afterwards.
import { localTime, type Reply, say } from '#wire';
import type { NoBaseAttributes } from './attributes.ts';
import type { NoBaseSettings } from './settings.ts';
import { TEXTS } from './texts.ts';

/** Dates are compared as wall-clock time of the zone they are told in. */
export function tellVipTime(viptime: NoBaseAttributes['viptime'], reply: Reply<NoBaseSettings>): string {
  if (viptime === 0 || viptime === '') return say(TEXTS.vipNever, reply.locale);
  const end = typeof viptime === 'number' ? localTime(viptime * 1000, reply.timeZone) : viptime;
  const today = localTime(reply.now, reply.timeZone);
  // Both are spelled from the year downward, so the earlier one sorts first.
  if (end > today) return end;
  return say(TEXTS.vipExpired, reply.locale, { months: Math.max(1, fullMonthsBetween(end, today)) });
}

function fullMonthsBetween(earlier: string, later: string): number {
  const begun = monthNumber(later) - monthNumber(earlier);
  return later.slice('YYYY-MM-'.length) < earlier.slice('YYYY-MM-'.length) ? begun - 1 : begun;
}

function monthNumber(date: string): number {
  return Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));
}
