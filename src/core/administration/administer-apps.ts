// What administrators do with the applications of their realm.
import {
  type AppRevision,
  type AppWithSignature,
  createApp,
  type CreateAppCommand,
  removeApp,
  reviseApp,
  rotateSignature,
} from '../admin/change-app.ts';
import type { ActEntry } from '../admin/operator-entry.ts';
import type { App } from '../apps/app.ts';
import type { Flow } from '../flows/flow.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Authority } from '../roles/authority.ts';
import { administering, type AdministrationDeps, type AdministratorAsk } from './administer.ts';

/** Names one app by its id. */
interface OfApp {
  readonly appId: string;
}

type AppAsk = AdministratorAsk & OfApp;

const about = ({ appId }: OfApp): OfApp => ({ appId });

const actingOn = (deps: AdministrationDeps, entry: ActEntry) => ({ ...deps, apps: deps.stores.apps, entry });

/** An app of another realm does not exist here. @throws Refusal `app.absent` */
async function appInReach({ stores }: AdministrationDeps, { realm }: Authority, { appId }: OfApp): Promise<App> {
  const app = await stores.apps.find(appId);
  if (app?.realm !== realm) throw new Refusal('app.absent');
  return app;
}

/** A page of apps in order of id. */
export interface AppPage {
  readonly apps: readonly App[];
  readonly next: string | null;
}

export type ListApps = Flow<AdministratorAsk & { readonly limit: number; readonly after?: string }, AppPage>;

export const listApps = (deps: AdministrationDeps): ListApps =>
  administering(
    deps,
    { act: 'app.list', needs: () => ['apps.read'], isLook: true },
    async ({ ask: { limit, after = '' }, authority }) => {
      const all = await deps.stores.apps.list();
      const rest = all.filter(({ id, realm }) => realm === authority.realm && id > after);
      const apps = rest.toSorted((left, right) => (left.id < right.id ? -1 : 1)).slice(0, limit);
      return { apps, next: rest.length > limit ? (apps.at(-1)?.id ?? null) : null };
    },
  );

export type ReadApp = Flow<AppAsk, App>;

/** @throws Refusal `app.absent` */
export const readApp = (deps: AdministrationDeps): ReadApp =>
  administering<AppAsk, App>(
    deps,
    { act: 'app.look', needs: () => ['apps.read'], about, isLook: true },
    ({ ask, authority }) => appInReach(deps, authority, ask),
  );

/** An app to be; its signature is drawn. */
export interface AdmitAppAsk extends AdministratorAsk {
  readonly app: Omit<CreateAppCommand, 'realm' | 'signature'>;
}

export type AdmitApp = Flow<AdmitAppAsk, AppWithSignature>;

/** @throws Refusal `app.exists`, `input.malformed` */
export const admitApp = (deps: AdministrationDeps): AdmitApp =>
  administering(
    deps,
    { act: 'app.create', needs: () => ['apps.change'], about: ({ app }) => ({ appId: app.id }) },
    ({ ask: { app }, authority: { realm }, entry }) => createApp(actingOn(deps, entry))({ ...app, realm }),
  );

type ReviseAppAsk = AppAsk & { readonly revision: AppRevision };

export type ReviseApp = Flow<ReviseAppAsk, App>;

/** @throws Refusal `app.absent`, `input.malformed` */
export const changeApp = (deps: AdministrationDeps): ReviseApp =>
  administering<ReviseAppAsk, App>(
    deps,
    { act: 'app.change', needs: () => ['apps.change'], about },
    async ({ ask, authority, entry }) => {
      const { id } = await appInReach(deps, authority, ask);
      return reviseApp(actingOn(deps, entry))({ id, revision: ask.revision });
    },
  );

export type ExpelApp = Flow<AppAsk, undefined>;

/** Its sessions end with it. @throws Refusal `app.absent` */
export const expelApp = (deps: AdministrationDeps): ExpelApp =>
  administering<AppAsk, undefined>(
    deps,
    { act: 'app.remove', needs: () => ['apps.change'], about },
    async ({ ask, authority, entry }) => {
      const { id } = await appInReach(deps, authority, ask);
      await removeApp(actingOn(deps, entry))({ id });
      return undefined;
    },
  );

type SignatureAsk = AppAsk & { readonly endsPreviousAtOnce: boolean };

export type RenewSignature = Flow<SignatureAsk, AppWithSignature>;

/** Draws a new signature; the one before stays good for a day, unless it must end at once. @throws Refusal `app.absent` */
export const renewSignature = (deps: AdministrationDeps): RenewSignature =>
  administering<SignatureAsk, AppWithSignature>(
    deps,
    { act: 'app.rotate-signature', needs: () => ['apps.change'], about },
    async ({ ask, authority, entry }) => {
      const { id } = await appInReach(deps, authority, ask);
      return rotateSignature(actingOn(deps, entry))({ id, endsPreviousAtOnce: ask.endsPreviousAtOnce });
    },
  );
