// The calls about tokens: an application asks what they are worth (RFC 7662).
import { type OutcomeOf, Secret } from '#core';
import { type Static, Type } from '#wire';
import { type ApiRow, defineCall } from './kit/define-call.ts';
import { closed } from './kit/schemas.ts';

const Token = Type.String({ minLength: 1, maxLength: 4096, description: 'The token, of whatever dialect.' });

const Seconds = Type.Integer({ description: 'Seconds since 1970-01-01T00:00:00Z.' });

const Introspection = closed(
  {
    active: Type.Boolean({ description: 'Without it there is nothing else to say.' }),
    sub: Type.Optional(Type.String({ format: 'uuid', description: 'The account.' })),
    username: Type.Optional(Type.String()),
    client_id: Type.Optional(Type.String({ description: 'The application the session was opened for.' })),
    token_type: Type.Optional(Type.Literal('Bearer')),
    iat: Type.Optional(Seconds),
    exp: Type.Optional(Seconds),
    dialect: Type.Optional(Type.String({ description: 'The dialect that issued it.' })),
    realm: Type.Optional(Type.String({ description: 'The pool of accounts it belongs to.' })),
  },
  { description: 'RFC 7662, section 2.2.' },
);

const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);

function tellIntrospection(found: OutcomeOf<'introspectToken'>): Static<typeof Introspection> {
  if (!found.isActive) return { active: false };
  return {
    active: true,
    sub: found.accountId,
    ...(found.username !== null && { username: found.username }),
    ...(found.clientId !== null && { client_id: found.clientId }),
    token_type: 'Bearer',
    iat: seconds(found.issuedAt),
    exp: seconds(found.expiresAt),
    dialect: found.dialect,
    realm: found.realm,
  };
}

const REFUSES = ['app.stopped', 'throttle.source', 'throttle.subnet'] as const;

/** So many tokens are asked about at once. */
const MOST_TOKENS = 100;

export const tokenCalls: readonly ApiRow[] = [
  defineCall({
    endpoint: 'introspect',
    on: 'POST /api/v1/tokens/introspect',
    does: 'introspectToken',
    summary: 'Ask what a token is worth',
    description: 'A token of any dialect of the application’s realm. A revocation is seen by the next question.',
    tag: 'Tokens',
    auth: 'app',
    takesForm: true,
    body: closed({
      token: Token,
      token_type_hint: Type.Optional(Type.String({ maxLength: 100, description: 'Ignored, as RFC 7662 allows.' })),
    }),
    answer: { status: 200, description: 'What it is worth.', body: Introspection },
    refuses: REFUSES,
    asks: ({ credential, body }) => ({ app: credential, token: new Secret(body.token) }),
    tells: tellIntrospection,
  }),
  defineCall({
    endpoint: 'introspect-batch',
    on: 'POST /api/v1/tokens/introspect-batch',
    does: 'introspectTokens',
    summary: 'Ask what many tokens are worth',
    tag: 'Tokens',
    auth: 'app',
    body: closed({ tokens: Type.Array(Token, { minItems: 1, maxItems: MOST_TOKENS }) }),
    // The list, and each of its elements.
    bodyFields: MOST_TOKENS + 1,
    answer: {
      status: 200,
      description: 'What each is worth, in their order.',
      body: closed({ results: Type.Array(Introspection) }),
    },
    refuses: REFUSES,
    asks: ({ credential, body }) => ({ app: credential, tokens: body.tokens.map((token) => new Secret(token)) }),
    tells: (found) => ({ results: found.map(tellIntrospection) }),
  }),
];
