// The calls about applications.
import type { App, OutcomeOf } from '#core';
import { Type } from '#wire';
import { type ApiRow, defineCall } from '../kit/define-call.ts';
import {
  closed,
  Instant,
  instant,
  InstantOrNull,
  instantOrNull,
  Next,
  PAGE,
  PAGING,
  type Static,
} from '../kit/schemas.ts';
import { BY_ADMINISTRATORS, takes } from './administrators.ts';

const Id = Type.String({ minLength: 1, maxLength: 64, description: 'Letters, digits, `.`, `_` and `-`.' });

const Name = Type.String({ minLength: 1, maxLength: 100 });

const Origins = Type.Array(Type.String({ maxLength: 300 }), {
  maxItems: 50,
  description: 'Origins its pages are served from; empty for any the dialect allows.',
});

const Life = Type.Unsafe<number | null>({
  type: ['integer', 'null'],
  minimum: 60,
  maximum: 31_536_000,
  description: 'Life of the sessions it opens; null for the dialect’s own.',
});

const Application = closed({
  id: Id,
  name: Name,
  realm: Type.String(),
  origins: Origins,
  allows_get: Type.Boolean(),
  demands_token: Type.Boolean({ description: 'Calls about one’s own account take a token only.' }),
  session_life_seconds: Life,
  status: Type.Union([Type.Literal('active'), Type.Literal('stopped')]),
  previous_signature_until: InstantOrNull,
  created_at: Instant,
});

const Admission = closed({
  id: Id,
  name: Type.Optional(Name),
  origins: Type.Optional(Origins),
  allows_get: Type.Optional(Type.Boolean()),
  demands_token: Type.Optional(Type.Boolean()),
  session_life_seconds: Type.Optional(Life),
});

const Revision = closed({
  name: Type.Optional(Name),
  origins: Type.Optional(Origins),
  allows_get: Type.Optional(Type.Boolean()),
  demands_token: Type.Optional(Type.Boolean()),
  session_life_seconds: Type.Optional(Life),
  status: Type.Optional(Type.Union([Type.Literal('active'), Type.Literal('stopped')])),
});

const Signed = closed({
  app: Application,
  signature: Type.String({ description: 'Shown this once.' }),
});

const Rotation = closed({
  ends_previous_at_once: Type.Optional(
    Type.Boolean({ default: false, description: 'Otherwise the one before stays good for a day.' }),
  ),
});

const OfApp = closed({ id: Id });

function tellApp(app: App): Static<typeof Application> {
  return {
    id: app.id,
    name: app.name,
    realm: app.realm,
    origins: [...app.origins],
    allows_get: app.allowsGet,
    demands_token: app.demandsToken,
    session_life_seconds: app.sessionLifeSeconds,
    status: app.isStopped ? 'stopped' : 'active',
    previous_signature_until: instantOrNull(app.previousUntil),
    created_at: instant(app.createdAt),
  };
}

const tellSigned = ({ app, signature }: OutcomeOf<'admitApp'>): Static<typeof Signed> => ({
  app: tellApp(app),
  signature: signature.reveal(),
});

/** The members that are given, under the names they have inside. */
function revisionOf(body: Static<typeof Revision>) {
  return {
    ...(body.name !== undefined && { name: body.name }),
    ...(body.origins && { origins: body.origins }),
    ...(body.allows_get !== undefined && { allowsGet: body.allows_get }),
    ...(body.demands_token !== undefined && { demandsToken: body.demands_token }),
    ...(body.session_life_seconds !== undefined && { sessionLifeSeconds: body.session_life_seconds }),
    ...(body.status !== undefined && { isStopped: body.status === 'stopped' }),
  };
}

export const appCalls: readonly ApiRow[] = [
  defineCall({
    ...BY_ADMINISTRATORS,
    endpoint: 'admin-list-apps',
    on: 'GET /api/v1/admin/apps',
    does: 'listApps',
    summary: 'List the applications',
    description: takes('apps.read'),
    query: closed(PAGING),
    answer: {
      status: 200,
      description: 'A page of them.',
      body: closed({ apps: Type.Array(Application), next: Next }),
    },
    refuses: ['permission.missing'],
    asks: ({ credential: who, query: { limit = PAGE, cursor } }) => ({ who, limit, ...(cursor && { after: cursor }) }),
    tells: ({ apps, next }) => ({ apps: apps.map(tellApp), next }),
  }),
  defineCall({
    ...BY_ADMINISTRATORS,
    endpoint: 'admin-create-app',
    on: 'POST /api/v1/admin/apps',
    does: 'admitApp',
    summary: 'Register an application',
    description: takes('apps.change'),
    body: Admission,
    answer: { status: 201, description: 'The application and its signature.', body: Signed },
    refuses: ['permission.missing', 'session.too-old', 'app.exists'],
    asks: ({ credential: who, body: { id, ...body } }) => ({
      who,
      app: { id, name: id, origins: [], allowsGet: true, sessionLifeSeconds: null, ...revisionOf(body) },
    }),
    tells: tellSigned,
  }),
  defineCall({
    ...BY_ADMINISTRATORS,
    endpoint: 'admin-show-app',
    on: 'GET /api/v1/admin/apps/{id}',
    does: 'readApp',
    summary: 'Show an application',
    description: takes('apps.read'),
    path: OfApp,
    answer: { status: 200, description: 'The application.', body: Application },
    refuses: ['permission.missing', 'app.absent'],
    asks: ({ credential: who, path: { id } }) => ({ who, appId: id }),
    tells: tellApp,
  }),
  defineCall({
    ...BY_ADMINISTRATORS,
    endpoint: 'admin-change-app',
    on: 'PATCH /api/v1/admin/apps/{id}',
    does: 'changeApp',
    summary: 'Change an application',
    description: `Members that are left out stay as they are. A stopped application signs nobody in. ${takes('apps.change')}`,
    path: OfApp,
    body: Revision,
    answer: { status: 200, description: 'The application as it is now.', body: Application },
    refuses: ['permission.missing', 'session.too-old', 'app.absent'],
    asks: ({ credential: who, path: { id }, body }) => ({ who, appId: id, revision: revisionOf(body) }),
    tells: tellApp,
  }),
  defineCall({
    ...BY_ADMINISTRATORS,
    endpoint: 'admin-remove-app',
    on: 'DELETE /api/v1/admin/apps/{id}',
    does: 'expelApp',
    summary: 'Remove an application',
    description: `Its sessions end. ${takes('apps.change')}`,
    path: OfApp,
    answer: { status: 204, description: 'It is gone.' },
    refuses: ['permission.missing', 'session.too-old', 'app.absent'],
    asks: ({ credential: who, path: { id } }) => ({ who, appId: id }),
  }),
  defineCall({
    ...BY_ADMINISTRATORS,
    endpoint: 'admin-rotate-signature',
    on: 'POST /api/v1/admin/apps/{id}/signature',
    does: 'renewSignature',
    summary: 'Give an application a new signature',
    description: takes('apps.change'),
    path: OfApp,
    body: Rotation,
    isBodyOptional: true,
    answer: { status: 200, description: 'The application and its new signature.', body: Signed },
    refuses: ['permission.missing', 'session.too-old', 'app.absent'],
    asks: ({ credential: who, path: { id }, body }) => ({
      who,
      appId: id,
      endsPreviousAtOnce: body.ends_previous_at_once ?? false,
    }),
    tells: tellSigned,
  }),
];
