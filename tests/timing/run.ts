// `npm run test:timing`: whether durations tell what answers do not. Kept out of the quick suite, because it wants a quiet machine.
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';

import { describeMachine } from '../../bench/machine.ts';
import { COMPARISONS } from './comparisons.ts';
import { record } from './findings.ts';
import { measure, type Measurement } from './rounds.ts';
import { type Gate, GATES } from './statistics.ts';

const USAGE = `npm run test:timing -- [--full] [--only TEXT]

  --full   ${GATES.full.trials} trials instead of ${GATES.short.trials} and the narrow gate; what all comparisons give is recorded for docs/security.md
  --only   the comparisons whose line contains the text; nothing is recorded

A line shows each round: the AUC, that of the distances from the middle, in brackets the first had one side leaked half a
millisecond, and the ratio of the medians.
A round that would not have shown the leak is blind. It ends with 1 when a comparison was not even in any of three rounds.
`;

const { values: options } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    help: { type: 'boolean', default: false },
  },
});

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const digits = (value: number): string => value.toFixed(3);

function lineOf({ requirement, name, verdict, rounds }: Measurement): string {
  const shown = rounds.map(
    ({ auc, shape, aucWithLeak, ratio }) => `${digits(auc)} ${digits(shape)} [${digits(aucWithLeak)}] ${digits(ratio)}`,
  );
  return `${verdict.padEnd(6)} ${requirement} ${name.padEnd(56)} ${shown.join('   ')}`;
}

async function takeAll(gate: Gate): Promise<readonly Measurement[]> {
  const chosen = COMPARISONS.filter(({ requirement, name }) => `${requirement} ${name}`.includes(options.only));
  const measurements: Measurement[] = [];
  for (const comparison of chosen) {
    const measurement = await measure(comparison, gate);
    say(lineOf(measurement));
    measurements.push(measurement);
  }
  return measurements;
}

async function main(): Promise<void> {
  const { trials, within } = options.full ? GATES.full : GATES.short;
  const machine = describeMachine();
  say(`${machine.cpu}, ${machine.cores} cores, Node ${machine.node}; ${trials} trials, 0.5 ± ${within}`);
  const measurements = await takeAll({ trials, within });
  const load = loadavg()[0] ?? 0;
  say(`load ${digits(load)}`);
  if (options.full && options.only === '')
    record({ at: new Date().toISOString(), machine, load, within, measurements });
  if (measurements.some(({ verdict }) => verdict !== 'even')) process.exitCode = 1;
}

if (options.help) say(USAGE);
else await main();
