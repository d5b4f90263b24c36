// Carries out the commands about apps.
import {
  type App,
  type AppWithSignature,
  Refusal,
  Secret,
  createApp,
  removeApp,
  rotateSignature,
  setAppStopped,
  setTokenDemanded,
} from '#core';
import type { Act, ActCall } from '../act.ts';
import { adminDeps } from '../admin-deps.ts';
import { describeApp } from '../describe.ts';
import { Misuse } from '../misuse.ts';
import { wholeNumber } from '../numbers.ts';
import { withHouse } from '../open.ts';
import { readSecret } from '../read-secret.ts';
import { type Report, listing, table } from '../report.ts';

interface SignatureOptions {
  readonly signature?: string;
  readonly signatureStdin?: true;
}

async function givenSignature({
  terminal,
  options,
}: ActCall<SignatureOptions>): Promise<{ readonly signature?: Secret }> {
  const { signature, signatureStdin } = options;
  if (signature !== undefined && signatureStdin === true)
    throw new Misuse('say either --signature or --signature-stdin');
  if (signatureStdin === true) return { signature: await readSecret(terminal, 'signature') };
  return signature === undefined ? {} : { signature: new Secret(signature) };
}

/** Shows the signature this once. A signature the operator gave is known already and not repeated. */
function withSignature({ app, signature }: AppWithSignature, isDrawn: boolean): Report {
  const shown = signature.reveal();
  const lines = listing([['app', app.id], ['realm', app.realm], ...(isDrawn ? ([['signature', shown]] as const) : [])]);
  return {
    text: isDrawn ? `${lines}\nThe signature is shown this once; keep it now.` : lines,
    json: { ...describeApp(app), ...(isDrawn ? { signature: shown } : {}) },
  };
}

interface AddOptions extends SignatureOptions {
  readonly name?: string;
  readonly realm: string;
  readonly origin?: readonly string[];
  /** False when `--no-get` was given. */
  readonly get: boolean;
  /** False when `--no-token-check` was given. */
  readonly tokenCheck: boolean;
  readonly sessionLife?: string;
}

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** `app add` */
export const addApp: Act<AddOptions> = async (call) => {
  const { realm, name, origin = [], get: allowsGet, tokenCheck: demandsToken, sessionLife } = call.options;
  const id = call.arguments[0] ?? '';
  const sessionLifeSeconds =
    sessionLife === undefined ? null : wholeNumber(sessionLife, '--session-life', [60, YEAR_SECONDS]);
  const given = await givenSignature(call);
  return withHouse(call, async (house) => {
    const made = await createApp(adminDeps(house))({
      id,
      name: name ?? id,
      realm,
      origins: origin,
      allowsGet,
      demandsToken,
      sessionLifeSeconds,
      ...given,
    });
    return withSignature(made, given.signature === undefined);
  });
};

/** `app rotate-signature` */
export const rotate: Act<SignatureOptions & { readonly atOnce?: true }> = async (call) => {
  const id = call.arguments[0] ?? '';
  const given = await givenSignature(call);
  return withHouse(call, async (house) => {
    const rotated = await rotateSignature(adminDeps(house))({
      id,
      endsPreviousAtOnce: call.options.atOnce === true,
      ...given,
    });
    return withSignature(rotated, given.signature === undefined);
  });
};

/** `app list` */
export const listApps: Act = async (call) =>
  withHouse(call, async ({ stores }) => {
    const apps = await stores.apps.list();
    const rows = apps.map(({ id, name, realm, isStopped, origins }) => [
      id,
      name,
      realm,
      isStopped ? 'stopped' : 'open',
      origins.join(' '),
    ]);
    return { text: table(['app', 'name', 'realm', 'state', 'origins'], rows), json: { apps: apps.map(describeApp) } };
  });

async function setStopped(call: ActCall<object>, isStopped: boolean): Promise<Report> {
  const id = call.arguments[0] ?? '';
  return withHouse(call, async (house) => {
    const app: App = await setAppStopped(adminDeps(house))({ id, isStopped });
    return { text: `${app.id} is ${app.isStopped ? 'stopped' : 'open'}`, json: describeApp(app) };
  });
}

/** `app stop` */
export const stopApp: Act = async (call) => setStopped(call, true);

/** `app start` */
export const startApp: Act = async (call) => setStopped(call, false);

/** `app token-check` */
export const setTokenCheck: Act = async (call) => {
  const [id = '', state] = call.arguments;
  if (state !== 'on' && state !== 'off') throw new Misuse('say on or off');
  return withHouse(call, async (house) => {
    const app = await setTokenDemanded(adminDeps(house))({ id, demandsToken: state === 'on' });
    return { text: `the token check of ${app.id} is ${state}`, json: describeApp(app) };
  });
};

/** `app remove` */
export const remove: Act = async (call) => {
  const id = call.arguments[0];
  if (id === undefined) throw new Refusal('app.unknown');
  return withHouse(call, async (house) => {
    await removeApp(adminDeps(house))({ id });
    return { text: `removed ${id}`, json: { removed: id } };
  });
};
