// The settings of our own API.
import { dialectSettings, type Static, Type } from '#wire';

/** Schema, defaults and descriptions. */
export const settings = dialectSettings('en', {
  sessionLifeSeconds: Type.Integer({
    default: 30 * 24 * 60 * 60,
    minimum: 60,
    maximum: 365 * 24 * 60 * 60,
    description: 'How long a session lives from its issue.',
  }),
  codeLifeSeconds: Type.Integer({
    default: 300,
    minimum: 60,
    maximum: 600,
    description: 'How long a code is good.',
  }),
  challenge: Type.Union([Type.Literal('always'), Type.Literal('afterFailures'), Type.Literal('never')], {
    default: 'afterFailures',
    description: 'When a challenge_token is due: always, once the account or the source is under suspicion, or never.',
  }),
});

export type ApiSettings = Static<typeof settings>;
