// Carries out `serve`: opens the house, makes the demo if asked, serves, and ends on a signal.
import { pino, type Logger } from 'pino';
import { insecureStartReasons } from '#config';
import { createDemo, type DemoOutcome } from '#core';
import { type Arrangement, type House, openHouse, type RunningServer, serve } from '#main';
import type { Act } from '../act.ts';
import { adminDeps } from '../admin-deps.ts';
import { demoText } from '../demo-commands.ts';
import { gathered } from '../gathered.ts';
import { arrangementOf } from '../open.ts';
import { secretFiles } from '../secret-files.ts';
import type { Terminal } from '../terminal.ts';

interface Options {
  readonly demo?: true;
}

const REALM = 'main';

function assertSecure({ config, secretFile }: Arrangement, isDemo: boolean, { environment }: Terminal): void {
  const nodeEnv = environment['NODE_ENV'];
  const reasons = insecureStartReasons(config, { isDemo, nodeEnv, files: secretFiles(config, secretFile) });
  if (reasons.length > 0) throw new Error(`will not start: ${reasons.join('; ')}`);
}

/** Resolves with the first signal to stop; a second one ends the process as usual. */
async function stopSignal(): Promise<void> {
  await new Promise<void>((resolve) => {
    const stop = (): void => {
      process.off('SIGTERM', stop).off('SIGINT', stop);
      resolve();
    };
    process.on('SIGTERM', stop).on('SIGINT', stop);
  });
}

const WITHOUT_DEMO = {
  present:
    'The demo is there from an earlier start; its secrets were shown then. To make a new one, stop the server, run bin/understudy demo remove, and start again.',
  'store-in-use': 'There are accounts or apps already, so no demo was made.',
};

function demoRemark(demo: DemoOutcome, url: string): string {
  return demo.outcome === 'created'
    ? demoText(demo.demo, url)
    : `Understudy listens on ${url}\n${WITHOUT_DEMO[demo.outcome]}`;
}

/** What serving needs besides the house. */
interface Serving {
  readonly dialects: Arrangement['dialects'];
  readonly log: Logger;
  readonly isDemo: boolean;
  readonly terminal: Terminal;
}

/** Starts listening, and says what is to be said. A house that cannot be served is closed. */
async function started(house: House, { dialects, log, isDemo, terminal }: Serving): Promise<RunningServer> {
  try {
    const demo = isDemo ? await createDemo(adminDeps(house))({ realm: REALM }) : undefined;
    const server = await serve({ house, dialects, log });
    if (demo !== undefined) terminal.stdout.write(`${demoRemark(demo, server.url)}\n`);
    return server;
  } catch (error) {
    await house.close();
    throw error;
  }
}

async function serveHouse(house: House, serving: Serving): Promise<void> {
  const stopped = stopSignal();
  const server = await started(house, serving);
  await stopped;
  await server.close();
}

/** Serves until SIGTERM or SIGINT, then lets requests in flight finish. */
export const serveUntilStopped: Act<Options> = async (call) => {
  const { terminal, options } = call;
  const isDemo = options.demo === true;
  const arrangement = await arrangementOf(call);
  const { config, dialects } = arrangement;
  assertSecure(arrangement, isDemo, terminal);
  const log = pino({ level: config.log.level, base: null }, gathered(terminal.stdout));
  const house = await openHouse(config, 'server');
  await serveHouse(house, { dialects, log, isDemo, terminal });
  return { text: '', json: null };
};
