// The settings of Harbour: they stand in the section `dialects.harbour` of the configuration.
import { dialectSettings, type Static, Type } from '#wire';

/** The settings every dialect has, and those of its own. Each needs a default. */
export const settings = dialectSettings('en', {
  tokenLifeSeconds: Type.Integer({
    default: 12 * 60 * 60,
    minimum: 60,
    description: 'How long a token lives from its issue.',
  }),
});

export type HarbourSettings = Static<typeof settings>;
