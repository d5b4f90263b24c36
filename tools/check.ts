// The static gate: runs every check, two at a time, and shows what the failing ones said.
import { existsSync } from 'node:fs';

import { runScript } from './program.ts';

interface Step {
  readonly name: string;
  readonly run: readonly [script: string, ...options: string[]];
}

const AT_ONCE = 2;
const FOLDERS = ['src', 'packages', 'tests', 'tools', 'bench', 'examples'].filter((folder) => existsSync(folder));
const DIRECTION = ['--config', '.dependency-cruiser.mjs', '--output-type', 'err-long'];

// The slowest come first, so that the short ones fill the gaps.
// prettier-ignore
const STEPS: readonly Step[] = [
  { name: 'types',            run: ['node_modules/typescript/bin/tsc', '--project', '.'] },
  { name: 'dead code',        run: ['node_modules/knip/bin/knip.js', '--no-progress'] },
  { name: 'lint',             run: ['node_modules/oxlint/bin/oxlint', '--type-aware', '--deny-warnings'] },
  { name: 'import direction', run: ['node_modules/dependency-cruiser/bin/dependency-cruiser.mjs', ...DIRECTION, ...FOLDERS] },
  { name: 'structure',        run: ['tools/structure.ts'] },
  { name: 'format',           run: ['node_modules/oxfmt/bin/oxfmt', '--check'] },
  { name: 'generated files',  run: ['tools/generate.ts', '--check'] },
  { name: 'supply chain',     run: ['tools/supply-chain.ts'] },
];

/** The figures are worth reading even when they are fine. */
const REPORTS = new Set(['structure']);

async function take({ name, run }: Step): Promise<void> {
  const startedAt = performance.now();
  const { isFine, printed } = await runScript(...run);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${isFine ? '✓' : '✗'} ${name.padEnd(17)} ${seconds.padStart(5)} s`);
  if (!isFine || REPORTS.has(name)) console.log(printed.replaceAll(/^/gm, '    '));
  if (!isFine) process.exitCode = 1;
}

async function takeFrom(queue: Step[]): Promise<void> {
  for (let step = queue.shift(); step; step = queue.shift()) await take(step);
}

const queue = [...STEPS];
await Promise.all(Array.from({ length: AT_ONCE }, () => takeFrom(queue)));
