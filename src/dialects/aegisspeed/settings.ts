// The settings of the AegisSpeed dialect.
import { dialectSettings, type Static, Type } from '#wire';

const ADMIN_ROLES = ['管理员', '超级管理员', '组织管理员'];

/** Schema, defaults and descriptions. */
export const settings = dialectSettings('en', {
  tokenLifeSeconds: Type.Integer({
    default: 7 * 24 * 60 * 60,
    minimum: 60,
    description: 'How long a token lives from its issue; the document promises 7 days.',
  }),
  adminLogin: Type.Object(
    {
      fullUserId: Type.Boolean({
        default: false,
        description: 'Answers an administrator login with the whole identity number instead of the masked one.',
      }),
      roles: Type.Array(Type.String(), {
        default: ADMIN_ROLES,
        minItems: 1,
        description: 'Roles that make an account an administrator; one of them is enough.',
      }),
    },
    { default: {}, additionalProperties: false, description: 'The login by AegisSpeed ID.' },
  ),
});

export type AegisSpeedSettings = Static<typeof settings>;
