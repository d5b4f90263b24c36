// The ShopXO dialect: one documented login, in two generations of answers and under many URLs.
import { defineDialect } from '#wire';
import { attributes } from './attributes.ts';
import { fault, refusals } from './refusals.ts';
import { rows } from './routes.ts';
import { settings } from './settings.ts';
import { canonicalPath, ownsRequest } from './url-forms.ts';

/** ShopXO on the wire. */
export const shopxo = defineDialect({
  name: 'shopxo',
  settings,
  attributes,
  prefixes: ['/user/', '/base/', '/api.php', '/index.php'],
  owns: ownsRequest,
  canonicalPath,
  rows,
  refusals,
  fault,
  cors: { allowsAnyOrigin: false },
});
