// `npm run bench`: measures what Understudy must be good at, as ratios within one run, and stops by itself.
import { parseArgs } from 'node:util';
import { CalmWatch, describeMachine } from './machine.ts';
import { measureAccountCalls } from './measure/account-calls.ts';
import { measureBurst } from './measure/burst.ts';
import { measureGrowth } from './measure/growth.ts';
import { measureInstances } from './measure/instances.ts';
import { measureLoginCost } from './measure/login-cost.ts';
import { measureLogins } from './measure/logins.ts';
import { measureMove } from './measure/move.ts';
import { measurePictures } from './measure/pictures.ts';
import { measureRetention } from './measure/retention.ts';
import { measureStorm } from './measure/storm.ts';
import { measureTokenChecks } from './measure/token-checks.ts';
import { asJson, asTable } from './report.ts';
import { Rig } from './rig.ts';
import { type Figure, isKept, type Pace } from './rounds.ts';
import { ENGINES } from './sized-store.ts';

const USAGE = `npm run bench -- [--only logins,login-cost,tokens,pictures,calls,storm,burst] [--accounts N] [--engine sqlite|postgres] [--rounds N] [--seconds S] [--json] [--assert] [--profile DIR]

  --only      some of the measurements
              beside those: growth, instances, move, retention
  --accounts  how many accounts growth, instances and move are about; alone it means --only growth
  --engine    what keeps them: sqlite unless said otherwise
  --rounds    rounds of each, 5 unless said otherwise; a median of fewer says little
  --seconds   length of a slice, 2 unless said otherwise
  --json      print JSON instead of a table
  --assert    exit with 1 when a target is missed
  --profile   write CPU profiles of Understudy's processes into this folder`;

type Measurement = (rig: Rig, pace: Pace) => Promise<readonly Figure[]>;

const USUAL: Readonly<Record<string, Measurement>> = {
  logins: measureLogins,
  'login-cost': measureLoginCost,
  tokens: measureTokenChecks,
  pictures: measurePictures,
  calls: measureAccountCalls,
  storm: measureStorm,
  burst: measureBurst,
};

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    accounts: { type: 'string' },
    engine: { type: 'string', default: 'sqlite' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '2' },
    json: { type: 'boolean', default: false },
    assert: { type: 'boolean', default: false },
    profile: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

const engine = ENGINES.find((each) => each === options.engine);
const size = { accounts: Number(options.accounts ?? '100000'), engine: engine ?? 'sqlite' };

/** These fill stores of a size first, which takes its time. */
const MEASUREMENTS: Readonly<Record<string, Measurement>> = {
  ...USUAL,
  growth: (rig, pace) => measureGrowth(rig, pace, size),
  instances: (rig, pace) => measureInstances(rig, pace, size),
  move: (rig, pace) => measureMove(rig, pace, size),
  retention: (rig, pace) => measureRetention(rig, pace, size),
};

/** Rejects when somebody wants the bench to stop: servers and folders go with it. */
const stopped = new Promise<never>((_, reject) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => reject(new Error(`stopped by ${signal}`)));
  }
});

/** One measurement, with servers of its own. */
async function take(measurement: Measurement, pace: Omit<Pace, 'ownProcesses'>): Promise<readonly Figure[]> {
  const rig = new Rig(options.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${options.profile}`]);
  try {
    return await Promise.race([measurement(rig, { ...pace, ownProcesses: () => rig.processes }), stopped]);
  } finally {
    await rig.close();
  }
}

async function main(chosen: readonly Measurement[]): Promise<void> {
  const calm = new CalmWatch();
  const [rounds, seconds] = [Number(options.rounds), Number(options.seconds)];
  const pace = { rounds, seconds, calm, say: (text: string): void => console.error(`… ${text}`) };
  const figures: Figure[] = [];
  for (const measurement of chosen) figures.push(...(await take(measurement, pace)));
  const findings = { machine: describeMachine(), rounds, seconds, disturbedShare: calm.disturbedShare, figures };
  console.log(options.json ? asJson(findings) : asTable(findings));
  if (options.assert && figures.some((figure) => isKept(figure) === false)) process.exitCode = 1;
}

function choice(): readonly Measurement[] | undefined {
  const usual = options.accounts === undefined ? Object.keys(USUAL).join(',') : 'growth';
  const names = (options.only ?? usual).split(',');
  const chosen = names.flatMap((name) => MEASUREMENTS[name] ?? []);
  const areNumbers = [options.rounds, options.seconds].every((text) => /^[1-9]\d?$/.test(text));
  const isSize = engine !== undefined && /^[1-9]\d{3,7}$/.test(String(size.accounts));
  return chosen.length === names.length && areNumbers && isSize ? chosen : undefined;
}

const chosen = choice();
if (options.help || chosen === undefined) {
  console.error(USAGE);
  process.exitCode = options.help ? 0 : 2;
} else {
  await main(chosen);
}
