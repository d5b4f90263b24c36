// The settings about registering.
import { Type } from 'typebox';

import { count } from './kinds-of-setting.ts';

const perHour = (description: string, standard: number) =>
  Type.Object({ perHour: count('Registrations within an hour.', standard, [1, 1_000_000]) }, { description });

export const registration = Type.Object(
  {
    source: perHour('Registrations from one IPv4 address or IPv6 /64.', 20),
    subnet: perHour('Registrations from one IPv4 /24 or IPv6 /48.', 200),
  },
  { description: 'How many accounts may be registered. Names that are taken already count as well.' },
);
