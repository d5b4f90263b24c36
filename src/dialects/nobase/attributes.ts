// The account fields that only NoBase knows.
import { type Static, Type } from '#wire';

const count = (description: string) => Type.Integer({ default: 0, description });

/** Schema, defaults and descriptions. */
export const attributes = Type.Object(
  {
    qq: Type.String({ default: '', description: 'QQ number; empty while none is bound.' }),
    exp: count('Experience points.'),
    grade: count('Level.'),
    title: Type.String({ default: '', description: 'Title; empty while none is worn.' }),
    viptime: Type.Union(
      [Type.Integer({ minimum: 0 }), Type.String({ pattern: String.raw`^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)?$` })],
      {
        default: 0,
        description:
          'End of the VIP time, in unix seconds or as `YYYY-MM-DD HH:MM:SS`; 0 or empty if there never was one.',
      },
    ),
    Continuous: count('Days in a row with a check-in.'),
    checkedInDay: count('Day of the last check-in, counted from 1970-01-01; 0 if there never was one.'),
    piastrenum: Type.Number({ default: 0, description: 'Balance.' }),
    likes: count('Likes received.'),
    signature: Type.String({ default: '', description: 'Personal signature; empty if never written.' }),
    foll: count('How many users this one follows.'),
    fans: count('How many users follow this one.'),
    forum: count('Posts published.'),
  },
  { additionalProperties: false },
);

export type NoBaseAttributes = Static<typeof attributes>;
