// The settings of the weidu dialect.
import { dialectSettings, type Static, Type } from '#wire';

const oneOf = <const Choice extends string>(
  choices: readonly Choice[],
  about: { default: Choice; description: string },
) =>
  Type.Union(
    choices.map((choice) => Type.Literal(choice)),
    about,
  );

/** Schema, defaults and descriptions. */
export const settings = dialectSettings('zh', {
  tokenLifeSeconds: Type.Integer({
    default: 30 * 24 * 60 * 60,
    minimum: 60,
    maximum: 365 * 24 * 60 * 60,
    description: 'How long a session lives from its issue; the cookies expire with it.',
  }),
  captcha: oneOf(['always', 'afterFailures', 'never'], {
    default: 'afterFailures',
    description:
      'When a captcha_token is due: at every login and message, once the account or the source is under suspicion, or never.',
  }),
  codeLifeSeconds: Type.Integer({
    default: 300,
    minimum: 60,
    maximum: 600,
    description: 'How long a code sent by short message is good.',
  }),
  cookiePrefix: Type.String({
    default: 'weichuang',
    pattern: '^[A-Za-z0-9_-]*$',
    description: 'What the names of the three cookies begin with.',
  }),
  cookieDomain: Type.String({
    default: '',
    pattern: String.raw`^\.?[A-Za-z0-9.-]*$`,
    description: 'The Domain of the cookies; empty for the host that was called.',
  }),
  device: oneOf(['optional', 'required'], {
    default: 'optional',
    description: '`required` makes the five device fields mandatory and their timestamp at most 300 seconds off.',
  }),
  deviceSign: Type.Object(
    {
      hash: oneOf(['off', 'md5', 'sha1', 'sha256'], {
        default: 'off',
        description: 'The hash of the formula; `off` leaves device_sign unchecked.',
      }),
      order: Type.Array(
        oneOf(['app_name', 'business_type', 'device_id'], { default: 'device_id', description: 'A part.' }),
        {
          default: ['app_name', 'business_type', 'device_id'],
          minItems: 1,
          description: 'The parts that are hashed, in this order.',
        },
      ),
      separator: Type.String({ default: '', description: 'What stands between the parts.' }),
      digest: oneOf(['hex', 'HEX', 'base64'], { default: 'hex', description: 'How the digest is spelled.' }),
      appName: Type.String({ default: '', description: 'The value of app_name.' }),
      businessType: Type.String({ default: '', description: 'The value of business_type.' }),
    },
    { default: {}, additionalProperties: false, description: 'The formula of device_sign, which is not public.' },
  ),
});

export type WeiduSettings = Static<typeof settings>;
