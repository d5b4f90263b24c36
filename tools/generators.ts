// The files that are written from code: reference documentation and the API description. `npm run gen` writes them.
import { openApi } from '#api';
import { configurationReference } from '#config';
import { DIALECTS } from '#main';

import type { GeneratedFile } from './generated-file.ts';
import { cliReference } from './generators/cli.ts';
import { type ApiDocument, clientTypes } from './generators/client-types.ts';
import { endpointReference } from './generators/endpoints.ts';
import { refusalReference } from './generators/refusals.ts';
import { securityTables } from './generators/security.ts';

/** Add a row here, and a stale file turns `npm run check` red. */
export const generatedFiles: readonly GeneratedFile[] = [
  cliReference,
  { path: 'docs/reference/configuration.md', text: () => configurationReference(DIALECTS) },
  { path: 'docs/reference/endpoints.md', text: endpointReference },
  { path: 'docs/reference/openapi.json', text: () => `${JSON.stringify(openApi(), null, 2)}\n` },
  { path: 'docs/reference/refusals.md', text: refusalReference },
  {
    path: 'packages/client/src/api.generated.ts',
    text: () => clientTypes(openApi() as unknown as ApiDocument),
  },
  securityTables,
];
