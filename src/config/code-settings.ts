// The settings about codes: how many may be sent, and to what cost.
import { Type } from 'typebox';

import { count } from './kinds-of-setting.ts';

const DAY = 86_400;

const floor = (sample: number) => ({
  sample: count('Codes that had their time, before their use is judged.', sample, [5, 1000]),
  leastPercent: count('Share of them that must have been used; 0 never stops.', 10, [0, 90]),
  patienceSeconds: count('How long a code may take until it is used.', 300, [30, 3600]),
  closedSeconds: count('How long nothing is sent after too few were used.', 3600, [60, DAY]),
});

export const codes = Type.Object(
  {
    resendSeconds: count('Between two codes to one number or address.', 60, [10, 3600]),
    perHour: count('Codes to one number or address within an hour.', 5, [1, 60]),
    perDay: count('Codes to one number or address within a day.', 10, [1, 100]),
    looksPerDay: count('Wrong codes of one account that are looked at within a day.', 20, [5, 1000]),
    source: Type.Object(
      {
        perHour: count('Codes asked for within an hour.', 30, [1, 100_000]),
        ...floor(20),
      },
      { description: 'Codes that one IPv4 address or IPv6 /64 asks for.' },
    ),
    subnet: Type.Object(
      { perHour: count('Codes asked for within an hour.', 200, [1, 1_000_000]) },
      { description: 'Codes that one IPv4 /24 or IPv6 /48 asks for.' },
    ),
    prefix: Type.Object(
      {
        digits: count('First digits that numbers share, country code included.', 5, [1, 12]),
        perHour: count('Codes to them within an hour.', 500, [1, 1_000_000]),
        ...floor(50),
      },
      { description: 'Codes to numbers that begin alike, as those of one country or operator do.' },
    ),
    totalPerDay: count('Codes of all kinds within a day.', 10_000, [1, 100_000_000]),
    spendPerDay: count(
      'What codes may cost within a day, in thousandths of the currency the prices are in.',
      500_000,
      [1, 1_000_000_000],
    ),
    smsPrice: count('Price of a short message, in thousandths.', 50, [0, 1_000_000]),
    emailPrice: count('Price of an e-mail, in thousandths.', 0, [0, 1_000_000]),
    prices: Type.Array(Type.String({ pattern: String.raw`^\+\d{1,15}=\d{1,7}$` }), {
      description:
        'Prices of short messages to numbers that begin so, in thousandths: `+86=45`. The longest beginning counts.',
      default: [],
    }),
  },
  {
    description:
      'Codes by short message and e-mail: how many may be sent, and to what cost. Beyond `source` and the numbers above it, sending stops for everybody concerned, and the audit and the metrics say so.',
  },
);
