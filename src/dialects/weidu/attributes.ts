// The account fields that only weidu knows.
import { Type } from '#wire';

const text = (description: string) => Type.String({ default: '', description });
const rate = (description: string) => Type.Number({ default: 0, minimum: 0, description });
const count = (description: string) => Type.Integer({ default: 0, minimum: 0, description });

/** Schema, defaults and descriptions. */
export const attributes = Type.Object(
  {
    real_name_verified: Type.Boolean({ default: false, description: 'The real name has been verified.' }),
    desc: text('What the person says about themselves.'),
    major: text('Main business.'),
    level: text('Level.'),
    refund_rate: rate('Share of orders refunded.'),
    dispute_rate: rate('Share of orders disputed.'),
    serve_num: count('Services offered.'),
    work_num: count('Works published.'),
  },
  { additionalProperties: false },
);
