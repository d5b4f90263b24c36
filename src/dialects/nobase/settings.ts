// The settings of the NoBase dialect.
import { dialectSettings, type Static, Type } from '#wire';

/** Schema, defaults and descriptions. */
export const settings = dialectSettings('en', {
  tokenLifeSeconds: Type.Integer({
    default: 7 * 24 * 60 * 60,
    minimum: 60,
    description: 'How long a token lives from its issue, unless its application says otherwise.',
  }),
  checkIn: Type.Object(
    {
      exp: Type.Integer({ default: 5, minimum: 0, description: 'Experience points of a check-in.' }),
      piastrenum: Type.Number({ default: 1, minimum: 0, description: 'What a check-in adds to the balance.' }),
    },
    { default: {}, additionalProperties: false, description: 'What the daily check-in gives.' },
  ),
});

export type NoBaseSettings = Static<typeof settings>;
