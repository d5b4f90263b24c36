// What the types of the client package look like for each kind of schema the OpenAPI document may hold.
import { describe, expect, it } from 'vitest';

import { type ApiDocument, clientTypes, type Schema } from './client-types.ts';

const content = (schema: Schema) => ({ content: { 'application/json': { schema } } });

/** The type a call's answer gets. */
function answerType(schema: Schema): string | undefined {
  const document = { paths: { '/api/v1/a': { get: { summary: 'See', responses: { '200': content(schema) } } } } };
  return /readonly answer: ([^]*);\n {2}\};/.exec(clientTypes(document))?.[1];
}

describe('writing the types of a schema', () => {
  it.each<[Schema, string]>([
    [{ type: 'string' }, 'string'],
    [{ type: 'integer' }, 'number'],
    [{ type: ['string', 'null'] }, 'string | null'],
    [{ type: 'string', enum: ['a', "b'c"] }, `"a" | "b'c"`],
    [{ const: 'Bearer' }, '"Bearer"'],
    [{ anyOf: [{ type: 'string' }, { const: 3 }] }, 'string | 3'],
    [{ $ref: '#/components/schemas/Account' }, 'Account'],
    [{ type: 'array', items: { type: ['string', 'null'] } }, 'readonly (string | null)[]'],
    [{ type: 'array', items: { type: 'string' } }, 'readonly string[]'],
    [{ type: 'object', additionalProperties: { type: 'boolean' } }, 'Readonly<Record<string, boolean>>'],
    [{ type: 'object', patternProperties: { '^.*$': { type: 'number' } } }, 'Readonly<Record<string, number>>'],
    [{}, 'unknown'],
  ])('makes of %j the type %s', (schema, type) => {
    expect(answerType(schema)).toBe(type);
  });

  it('says of each member what it is and whether it may be left out', () => {
    const schema = {
      type: 'object',
      properties: { id: { type: 'string', description: 'Ends */ here' }, 'if-match': { type: 'string' } },
      required: ['id'],
    };

    expect(answerType(schema)).toBe(
      '{\n      /** Ends * / here */\n      readonly id: string;\n      readonly "if-match"?: string;\n    }',
    );
  });

  it('stops at a type it has never heard of', () => {
    expect(() => answerType({ type: 'bigint' })).toThrow('A schema of type bigint');
  });
});

describe('writing the calls of a document', () => {
  it('names them by method and path, with what is sent and what comes back, if anything', () => {
    const document: ApiDocument = {
      paths: {
        '/api/v1/me': {
          patch: {
            summary: 'Change',
            requestBody: content({ $ref: '#/components/schemas/Change' }),
            responses: { '400': content({ type: 'string' }), '204': {}, '200': content({ type: 'boolean' }) },
          },
          delete: { summary: 'Go', responses: { '204': {} } },
        },
        '/api/v1/admin/apps': { get: { tags: ['Administration'], responses: {} } },
      },
      components: { schemas: { Change: { type: 'string', description: 'What changes.' } } },
    };

    expect(clientTypes(document))
      .toBe(`// What the calls of /api/v1 take and give, from its OpenAPI document. Generated: npm run gen

/** What changes. */
export type Change = string;

/** By method and path, below /api/v1. */
export interface Api {
  /** Change */
  readonly 'PATCH /me': {
    readonly body: Change;
    readonly answer: boolean;
  };
}
`);
  });
});
