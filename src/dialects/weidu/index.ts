// The weidu dialect: one documented login, whose clients carry the token in a header or in cookies.
import { defineDialect } from '#wire';
import { attributes } from './attributes.ts';
import { fault, refusals } from './refusals.ts';
import { rows } from './routes.ts';
import { settings } from './settings.ts';

/** weidu on the wire. */
export const weidu = defineDialect({
  name: 'weidu',
  settings,
  attributes,
  prefixes: ['/weidu/'],
  rows,
  refusals,
  fault,
  cors: { allowsAnyOrigin: false, exposes: ['token'], accepts: ['x-requested-with'] },
});
