// Carries out `move`: the store goes to another database while servers work with it, and closes only for the last steps.
import { join } from 'node:path';
import type { Config } from '#config';
import { KEYS_VARIABLE, loadKeyring, SystemClock, SystemRandomness } from '#crypto';
import { keyFileOf } from '#main';
import { cancelMove, type MoveOutcome, moveStorage } from '#storage';
import type { Act, ActCall } from '../act.ts';
import { Misuse } from '../misuse.ts';
import { arrangementOf } from '../open.ts';
import { progressOn } from '../progress.ts';
import { type Report, table } from '../report.ts';

interface Options {
  readonly from?: string;
  readonly to?: string;
  readonly replace?: true;
  readonly cancel?: true;
}

/** Where the data goes from and to, as addresses. */
interface Ways {
  readonly from: string;
  readonly to: string;
}

/** `sqlite` alone is the file in the data directory. */
function addressOf(given: string | undefined, { databaseUrl, dataDir }: Config): string {
  if (given === undefined) return databaseUrl;
  return given === 'sqlite' ? `sqlite:${join(dataDir, 'understudy.db')}` : given;
}

function waysOf({ from, to }: Options, config: Config): Ways {
  if (from === undefined && to === undefined) throw new Misuse('say --to or --from, and which database');
  const ways = { from: addressOf(from, config), to: addressOf(to, config) };
  if (ways.from === ways.to) throw new Misuse('the data is there already; say --from and --to');
  for (const address of Object.values(ways))
    if (!/^(postgres(ql)?:\/\/|sqlite:(?!:))/.test(address))
      throw new Misuse('a database is named postgres://…, sqlite:<path>, or sqlite for the file in the data directory');
  return ways;
}

/** The keys are of the data and not of the database. */
function keysRemark(config: Config, { environment }: ActCall<Options>['terminal']): string {
  const file = keyFileOf(config);
  const keyring = loadKeyring({ file, fromEnvironment: environment[KEYS_VARIABLE] });
  const which = keyring === undefined ? '' : ` (fingerprint ${keyring.fingerprint})`;
  return `The keys stay where they are: serve it with the same ones, ${file} or ${KEYS_VARIABLE}${which}.`;
}

function told(outcome: MoveOutcome, keys: string): Report {
  const { from, to, tables, caughtUp, closedMs, isResumed, replaced } = outcome;
  const rows = tables.map(({ table: name, rows: count, checksum }) => [name, String(count), checksum]);
  const lines = [
    table(['table', 'rows', 'checksum'], rows),
    `moved ${from} to ${to}; ${caughtUp} changes were brought over meanwhile, and for ${closedMs} ms nobody could sign in.`,
    `${from} is closed for good. Start the server with databaseUrl = "${to}".`,
    keys,
    ...(replaced === undefined ? [] : [`What was there before is ${replaced}.`]),
  ];
  const json = { from, to, isResumed, replaced: replaced ?? null, caughtUp, closedMs };
  return { text: lines.join('\n'), json: { ...json, tables: tables.map((each) => ({ ...each })) } };
}

async function carry(call: ActCall<Options>, ways: Ways): Promise<MoveOutcome> {
  const clock = new SystemClock();
  const bar = await progressOn(call.terminal, 100);
  try {
    return await moveStorage({
      ...ways,
      mayReplace: call.options.replace === true,
      id: new SystemRandomness().uuid(clock.now()),
      now: () => clock.now(),
      onProgress: (done, whole, doing) => bar.show(Math.floor((done / Math.max(1, whole)) * 100), doing),
    });
  } finally {
    bar.end();
  }
}

/** Moves, goes on with a move that was cut short, or gives one up. */
export const moveStore: Act<Options> = async (call) => {
  const { config } = await arrangementOf(call);
  const ways = waysOf(call.options, config);
  if (call.options.cancel !== true) return told(await carry(call, ways), keysRemark(config, call.terminal));
  await cancelMove(ways.from, ways.to);
  const text =
    'the move is given up: the store is open as before, and what has come to the other database is of no use.';
  return { text, json: { cancelled: true } };
};
