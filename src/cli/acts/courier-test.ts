// Carries out `courier test`.
import { type Channel, CHANNELS, CourierError, type Language, LANGUAGES, normaliseIdentifier } from '#core';
import type { Act } from '../act.ts';
import { Misuse } from '../misuse.ts';
import { withHouse } from '../open.ts';

interface Options {
  readonly language?: string;
}

/** Good for nothing, and looks it. */
const VALUES = { code: '000000', minutes: '5' };

function oneOf<T extends string>(choices: readonly T[], given: string, what: string): T {
  const choice = choices.find((each) => each === given);
  if (choice === undefined) throw new Misuse(`the ${what} is one of ${choices.join(', ')}`);
  return choice;
}

function addressOf(channel: Channel, text: string): string {
  const address = normaliseIdentifier({ kind: channel === 'email' ? 'email' : 'mobile', text });
  if (address === undefined) throw new Misuse(channel === 'email' ? 'that is no e-mail address' : 'that is no number');
  return address;
}

/** Sends through the courier that serves the channel, with the words and templates of a sign-in code. */
export const testCourier: Act<Options> = async (call) => {
  const [given = '', text = ''] = call.arguments;
  const channel = oneOf(CHANNELS, given, 'channel');
  const language: Language = oneOf(LANGUAGES, call.options.language ?? 'zh', 'language');
  const to = addressOf(channel, text);
  return withHouse(call, async ({ couriers }) => {
    try {
      await couriers.send({ channel, to, name: 'code.sign-in', language, values: VALUES });
      return { text: 'the courier has taken it over', json: { isTaken: true, error: null } };
    } catch (error) {
      if (!(error instanceof CourierError)) throw error;
      return { text: error.message, json: { isTaken: false, error: error.message }, exitCode: 1 };
    }
  });
};
