// The settings about asking whose a number or an address is.
import { Type } from 'typebox';

import { count } from './kinds-of-setting.ts';

const perHour = (description: string, standard: number) =>
  Type.Object({ perHour: count('Questions within an hour.', standard, [1, 1_000_000]) }, { description });

export const lookups = Type.Object(
  {
    source: perHour('Questions from one IPv4 address or IPv6 /64.', 20),
    subnet: perHour('Questions from one IPv4 /24 or IPv6 /48.', 200),
  },
  { description: 'How often may be asked whether a number or an address is somebody’s.' },
);
