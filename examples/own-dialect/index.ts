// Harbour: a login API that exists nowhere else, as a dialect of one's own.
import { defineDialect } from '#wire';
import { attributes } from './attributes.ts';
import { fault, refusals } from './refusals.ts';
import { rows } from './routes.ts';
import { settings } from './settings.ts';

/** Harbour on the wire. The server looks for this name in every module listed under `extraDialects`. */
export const dialect = defineDialect({
  name: 'harbour',
  settings,
  attributes,
  prefixes: ['/harbour/'],
  rows,
  refusals,
  fault,
  cors: { allowsAnyOrigin: false },
});
