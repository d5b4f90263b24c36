// The calls that show what our own API is: for machines, and for people.
import { Type } from '#wire';
import { type ApiRow, defineCall } from '../kit/define-call.ts';
import { openApiOf } from './open-api.ts';
import { PAGE_POLICY, pageOf } from './page.ts';

/** Both are made when they are asked for first: the rows they describe include themselves. */
export function referenceCalls(rows: () => readonly ApiRow[]): readonly ApiRow[] {
  const document = made(() => JSON.stringify(openApiOf(rows())));
  const page = made(() => pageOf(openApiOf(rows())));
  return [
    defineCall({
      endpoint: 'open-api',
      on: 'GET /api/v1/openapi.json',
      does: 'showReference',
      summary: 'See this description as a machine reads it',
      tag: 'Reference',
      auth: 'none',
      answer: { status: 200, description: 'OpenAPI 3.1.', body: Type.Object({ openapi: Type.String() }) },
      refuses: [],
      asks: () => ({}),
      renders: document,
    }),
    defineCall({
      endpoint: 'reference',
      on: 'GET /api/v1/reference',
      does: 'showReference',
      summary: 'See this description as people read it',
      tag: 'Reference',
      auth: 'none',
      answer: { status: 200, description: 'A page.', body: Type.String(), contentType: 'text/html; charset=utf-8' },
      refuses: [],
      asks: () => ({}),
      heads: () => ({ 'content-security-policy': PAGE_POLICY }),
      renders: page,
    }),
  ];
}

/** Makes it once. */
function made<Made>(make: () => Made): () => Made {
  let kept: Made | undefined;
  return () => (kept ??= make());
}
