// The AegisSpeed dialect: two documented logins, one for users and one for administrators.
import { defineDialect } from '#wire';
import { fault, refusals } from './refusals.ts';
import { rows } from './routes.ts';
import { settings } from './settings.ts';

/** AegisSpeed on the wire. */
export const aegisspeed = defineDialect({
  name: 'aegisspeed',
  settings,
  prefixes: ['/user/login/', '/user/register/', '/user/info/'],
  rows,
  refusals,
  fault,
  cors: { allowsAnyOrigin: false },
});
