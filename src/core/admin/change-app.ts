// What an operator does with apps: create, rotate the signature, stop, start, remove.
import { SIGNATURE_PURPOSE } from '../apps/app-gate.ts';
import type { App, AppStore } from '../apps/app.ts';
import type { Clock, Digests, RandomSpelling, Randomness } from '../kernel/ports.ts';
import { Refusal } from '../kernel/refusal.ts';
import { Secret } from '../kernel/secret.ts';
import { type ActEntry, operatorEntry } from './operator-entry.ts';

interface AppDeps<Methods extends keyof AppStore> {
  readonly apps: Pick<AppStore, Methods>;
  readonly clock: Clock;
  /** Who does it; the operator at the command line unless said otherwise. */
  readonly entry?: ActEntry;
}

interface SignatureDeps {
  readonly digests: Pick<Digests, 'keyed'>;
  readonly randomness: Pick<Randomness, 'text'>;
}

/** An app to be made. */
export interface CreateAppCommand {
  readonly id: string;
  readonly name: string;
  readonly realm: string;
  /** Drawn at random when absent. */
  readonly signature?: Secret;
  readonly origins: readonly string[];
  readonly allowsGet: boolean;
  /** Unless it says otherwise, it does. */
  readonly demandsToken?: boolean;
  readonly sessionLifeSeconds: number | null;
}

/** An app and its signature in clear, to be shown this once. */
export interface AppWithSignature {
  readonly app: App;
  readonly signature: Secret;
}

/** How long a rotated signature stays good, so that clients can be changed over. */
const GRACE_MS = 24 * 60 * 60 * 1000;

const DRAWN: RandomSpelling = { alphabet: '0123456789abcdef', length: 32 };
const APP_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const ORIGIN = /^https?:\/\/(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?$/;
const SIGNATURE = /^[\u0021-\u007e]{8,256}$/;
const NAME = /^[^\p{C}]{1,100}$/u;
const LONGEST_LIFE_SECONDS = 365 * 24 * 60 * 60;

function malformed(field: string, remark: string): Refusal {
  return new Refusal('input.malformed', { field, remark });
}

function assertFormed({ id, name, origins, sessionLifeSeconds: life }: CreateAppCommand): void {
  if (!APP_ID.test(id)) throw malformed('appid', 'letters, digits, . _ - only, at most 64');
  if (!NAME.test(name)) throw malformed('name', '1 to 100 visible characters');
  if (!origins.every((origin) => ORIGIN.test(origin)))
    throw malformed('origin', 'a lower-case origin such as https://shop.example');
  if (life !== null && !(Number.isSafeInteger(life) && life >= 60 && life <= LONGEST_LIFE_SECONDS)) {
    throw malformed('sessionLifeSeconds', 'between a minute and a year');
  }
}

function signatureFor(
  { digests, randomness }: SignatureDeps,
  given: Secret | undefined,
): { signature: Secret; digest: string } {
  const signature = given ?? new Secret(randomness.text(DRAWN));
  if (!SIGNATURE.test(signature.reveal()))
    throw malformed('signature', '8 to 256 printable ASCII characters without spaces');
  return { signature, digest: digests.keyed(SIGNATURE_PURPOSE, signature.reveal()) };
}

/** @throws Refusal `app.exists`, `input.malformed` */
export const createApp =
  (deps: AppDeps<'create'> & SignatureDeps) =>
  async (command: CreateAppCommand): Promise<AppWithSignature> => {
    assertFormed(command);
    const { signature, digest } = signatureFor(deps, command.signature);
    const at = deps.clock.now();
    const { id, name, realm, origins, allowsGet, demandsToken = true, sessionLifeSeconds } = command;
    const fresh = {
      demandsToken,
      signatureDigest: digest,
      previousDigest: null,
      previousUntil: null,
      isStopped: false,
      createdAt: at,
    };
    const app: App = { id, name, realm, origins: [...new Set(origins)], allowsGet, sessionLifeSeconds, ...fresh };
    await deps.apps.create(app, (deps.entry ?? operatorEntry)('app.create', at, { appId: id }));
    return { app, signature };
  };

/** A change of one app, and its name in the audit trail. */
interface AppChange {
  readonly id: string;
  readonly act: string;
  readonly turn: (app: App) => App;
}

async function change(deps: AppDeps<'find' | 'replace'>, { id, act, turn }: AppChange): Promise<App> {
  const { apps, clock, entry = operatorEntry } = deps;
  const found = await apps.find(id);
  const app = found === undefined ? undefined : turn(found);
  const isKept = app !== undefined && (await apps.replace(app, entry(act, clock.now(), { appId: id })));
  if (!isKept) throw new Refusal('app.unknown');
  return app;
}

/** A new signature; the one before stays good for 24 hours, unless it must end at once. @throws Refusal `app.unknown`, `input.malformed` */
export const rotateSignature =
  (deps: AppDeps<'find' | 'replace'> & SignatureDeps) =>
  async (command: {
    readonly id: string;
    readonly signature?: Secret;
    readonly endsPreviousAtOnce: boolean;
  }): Promise<AppWithSignature> => {
    const { signature, digest } = signatureFor(deps, command.signature);
    const app = await change(deps, {
      id: command.id,
      act: 'app.rotate-signature',
      turn: (found) => ({
        ...found,
        signatureDigest: digest,
        previousDigest: command.endsPreviousAtOnce ? null : found.signatureDigest,
        previousUntil: command.endsPreviousAtOnce ? null : deps.clock.now() + GRACE_MS,
      }),
    });
    return { app, signature };
  };

/** What may be changed about an app while it is in use. */
export type AppRevision = Partial<
  Pick<App, 'allowsGet' | 'demandsToken' | 'isStopped' | 'name' | 'origins' | 'sessionLifeSeconds'>
>;

/** Changes whatever is given, in one go. @throws Refusal `app.unknown`, `input.malformed` */
export const reviseApp =
  (deps: AppDeps<'find' | 'replace'>) =>
  async ({ id, revision }: { readonly id: string; readonly revision: AppRevision }): Promise<App> =>
    change(deps, {
      id,
      act: 'app.change',
      turn(found) {
        const app = { ...found, ...revision };
        assertFormed(app);
        return { ...app, origins: [...new Set(app.origins)] };
      },
    });

/** A stopped app signs nobody in. @throws Refusal `app.unknown` */
export const setAppStopped =
  (deps: AppDeps<'find' | 'replace'>) =>
  async ({ id, isStopped }: { readonly id: string; readonly isStopped: boolean }): Promise<App> =>
    change(deps, { id, act: isStopped ? 'app.stop' : 'app.start', turn: (found) => ({ ...found, isStopped }) });

/** Whether calls about one's own account take a token only. @throws Refusal `app.unknown` */
export const setTokenDemanded =
  (deps: AppDeps<'find' | 'replace'>) =>
  async ({ id, demandsToken }: { readonly id: string; readonly demandsToken: boolean }): Promise<App> =>
    change(deps, { id, act: 'app.token-check', turn: (found) => ({ ...found, demandsToken }) });

/** Removes the app and ends its sessions. @throws Refusal `app.unknown` */
export const removeApp =
  (deps: AppDeps<'remove'>) =>
  async ({ id }: { readonly id: string }): Promise<void> => {
    const { apps, clock, entry = operatorEntry } = deps;
    const isGone = await apps.remove(id, entry('app.remove', clock.now(), { appId: id }));
    if (!isGone) throw new Refusal('app.unknown');
  };
