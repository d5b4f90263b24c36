// Our own dialect: /api/v1 with RFC 9457 problems; it also answers paths that nobody owns.
import { defineDialect, dialectSettings } from '#wire';
import { fault, refusals } from './problems.ts';
import { rows } from './routes.ts';

/** The API for new applications. */
export const api = defineDialect({
  name: 'api',
  settings: dialectSettings('en', {}),
  prefixes: ['/api/v1'],
  rows,
  refusals,
  fault,
  cors: { allowsAnyOrigin: false },
});
