// The settings of the NoBase dialect.
import { dialectSettings, type Static, Type } from '#wire';

/** Schema, defaults and descriptions. */
export const settings = dialectSettings('en', {
  tokenLifeSeconds: Type.Integer({
    default: 7 * 24 * 60 * 60,
    minimum: 60,
    description: 'How long a token lives from its issue, unless its application says otherwise.',
  }),
});

export type NoBaseSettings = Static<typeof settings>;
