// The daily check-in: once a day, and every day in a row counts one more.
import type { AskOf, JsonObject } from '#core';
import { attributesOf, type Reading, type WireRequest } from '#wire';
import { attributes, type NoBaseAttributes } from './attributes.ts';
import { Parameters } from './parameters.ts';
import type { NoBaseSettings } from './settings.ts';

/** @throws Refusal `input.malformed` */
export function readCheckIn(request: WireRequest, reading: Reading<NoBaseSettings>): AskOf<'updateProfile'> {
  const parameters = new Parameters(request);
  return {
    who: parameters.who(reading.passwordMaxLength),
    ...parameters.appIfAny('pass', 'token'),
    revise: (account, { day }) => {
      const own = attributesOf(attributes, account, 'nobase');
      if (own.checkedInDay >= day) return undefined;
      const nobase = { ...account.attributes['nobase'], ...checkedIn(own, day, reading.settings.checkIn) };
      return { attributes: { ...account.attributes, nobase } };
    },
  };
}

function checkedIn(
  { Continuous, checkedInDay, exp, piastrenum }: NoBaseAttributes,
  day: number,
  gives: NoBaseSettings['checkIn'],
): JsonObject {
  return {
    Continuous: checkedInDay === day - 1 ? Continuous + 1 : 1,
    checkedInDay: day,
    exp: exp + gives.exp,
    piastrenum: piastrenum + gives.piastrenum,
  };
}
