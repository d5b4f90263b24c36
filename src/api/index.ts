// Our own dialect: /api/v1 with RFC 9457 problems; it also answers paths that nobody owns.
import type { JsonObject } from '#core';
import { defineDialect } from '#wire';
import { fault, refusalsOf } from './kit/problems.ts';
import { openApiOf } from './reference/open-api.ts';
import { rows } from './routes.ts';
import { settings } from './settings.ts';

/** The API for new applications. */
export const api = defineDialect({
  name: 'api',
  settings,
  prefixes: ['/api/v1'],
  rows,
  refusals: refusalsOf({ auth: 'none' }),
  fault,
  cors: { allowsAnyOrigin: false, accepts: ['if-match', 'idempotency-key'], exposes: ['etag'] },
});

/** What it is, for machines: the very document that `GET /api/v1/openapi.json` answers. */
export const openApi = (): JsonObject => openApiOf(rows);
