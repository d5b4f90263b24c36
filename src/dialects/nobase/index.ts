// The NoBase dialect: one documented login, by GET or POST, for the users of a registered application.
import { defineDialect } from '#wire';
import { attributes } from './attributes.ts';
import { appIdOf } from './reads.ts';
import { fault, refusals } from './refusals.ts';
import { rows } from './routes.ts';
import { settings } from './settings.ts';

/** NoBase on the wire. */
export const nobase = defineDialect({
  name: 'nobase',
  settings,
  attributes,
  prefixes: ['/api/'],
  rows,
  refusals,
  fault,
  // The document's own snippet runs in pages of any origin.
  cors: { allowsAnyOrigin: true, appId: appIdOf },
});
