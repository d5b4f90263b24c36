// Takes rounds: a fresh server, fresh people, two kinds of attempt in random order, one at a time over one connection.
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Conversation } from '../../bench/conversation.ts';
import { type AppKey, Rig } from '../../bench/rig.ts';
import type { Comparison, Side } from './comparisons.ts';
import { importLine, type Person, personOf } from './people.ts';
import { SlowCourier } from './slow-courier.ts';
import { type Gate, judge, separate, type Separation, type Verdict } from './statistics.ts';

/** What the rounds of one comparison gave. */
export interface Measurement {
  readonly requirement: Comparison['requirement'];
  readonly name: string;
  readonly verdict: Verdict;
  readonly trials: number;
  /** At most three; the first that is even settles it. */
  readonly rounds: readonly Separation[];
}

/** Dropped, because a server that has just started mostly compiles. */
const WARM_UPS = 50;
const MOST_ROUNDS = 3;
const ELSEWHERE = '127.0.0.2';

/** An installation as it is out of the box, but that one source may try as often as it takes, and that all answers are alike. */
const SETTINGS = {
  UNDERSTUDY_BUDGETS_SOURCE_FAILURES: '1000000',
  UNDERSTUDY_BUDGETS_NAMES_FAILURES: '1000000',
  UNDERSTUDY_BUDGETS_SUBNET_FAILURES: '1000000',
  UNDERSTUDY_HTTP_MAX_REQUESTS_PER_SOCKET: '0',
  UNDERSTUDY_REGISTRATION_SOURCE_PER_HOUR: '1000000',
  UNDERSTUDY_REGISTRATION_SUBNET_PER_HOUR: '1000000',
  UNDERSTUDY_DIALECTS_WEIDU_CAPTCHA: 'never',
  UNDERSTUDY_DIALECTS_SHOPXO_CAPTCHA: 'never',
  UNDERSTUDY_DIALECTS_SHOPXO_REGISTER_TYPES: 'sms',
  UNDERSTUDY_DIALECTS_AEGISSPEED_POLICY: 'strict',
  UNDERSTUDY_DIALECTS_WEIDU_POLICY: 'strict',
  UNDERSTUDY_DIALECTS_NOBASE_POLICY: 'strict',
  UNDERSTUDY_DIALECTS_SHOPXO_POLICY: 'strict',
} as const;

interface Trial {
  readonly side: 0 | 1;
  readonly person: Person;
}

/** Compares, up to three times. */
export async function measure(comparison: Comparison, gate: Gate): Promise<Measurement> {
  const rounds: Separation[] = [];
  const verdicts = new Set<Verdict>();
  for (let round = 0; round < MOST_ROUNDS && !verdicts.has('even'); round += 1) {
    const separation = await takeRound(comparison, gate.trials);
    rounds.push(separation);
    verdicts.add(judge(separation, gate));
  }
  const verdict = (['even', 'uneven'] as const).find((each) => verdicts.has(each)) ?? 'blind';
  const { requirement, name } = comparison;
  return { requirement, name, verdict, trials: gate.trials, rounds };
}

async function takeRound({ sides, expects }: Comparison, count: number): Promise<Separation> {
  const trials = shuffled(
    Array.from({ length: count + WARM_UPS }, (_, n): Trial => ({ side: n % 2 === 0 ? 0 : 1, person: personOf(n) })),
  );
  const rig = new Rig();
  const courier = await SlowCourier.open();
  const folder = mkdtempSync(join(tmpdir(), 'understudy-timing-'));
  try {
    const file = join(folder, 'people.jsonl');
    writeFileSync(file, linesOf(trials, sides));
    const { server, app } = await rig.startUnderstudy({ people: [], file }, { ...SETTINGS, ...courier.settings });
    await prepare(server.port, { sides, trials, app });
    const [first, second] = await durations(server.port, { sides, trials, app }, expects);
    return separate(first, second);
  } finally {
    courier.close();
    await rig.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function linesOf(trials: readonly Trial[], sides: readonly [Side, Side]): string {
  const lines = trials.map(({ side, person }) => {
    const { account } = sides[side];
    return account === undefined ? '' : importLine(person, account);
  });
  return lines.join('');
}

interface Stage {
  readonly sides: readonly [Side, Side];
  readonly trials: readonly Trial[];
  readonly app: AppKey;
}

async function prepare(port: number, { sides, trials, app }: Stage): Promise<void> {
  const connection = await Conversation.open(port, ELSEWHERE);
  for (const { side, person } of trials) {
    const request = sides[side].before?.(person, app);
    if (request !== undefined) await connection.ask(request);
  }
  connection.close();
}

/** @throws Error when the two sides can be told apart by what is answered already, or are not answered as they should be */
async function durations(
  port: number,
  { sides, trials, app }: Stage,
  expects: string,
): Promise<readonly [number[], number[]]> {
  const requests = trials.map(({ side, person }) => ({ side, request: sides[side].ask(person, app) }));
  const connection = await Conversation.open(port);
  const answers = new Set<string>();
  const took: readonly [number[], number[]] = [[], []];
  for (const [turn, { side, request }] of requests.entries()) {
    const { text, tookMs } = await connection.ask(request);
    answers.add(text.replaceAll(/^(date|x-support-code): .*\r\n/gim, ''));
    if (turn >= WARM_UPS) took[side].push(tookMs);
  }
  connection.close();
  if (answers.size !== 1 || ![...answers].every((answer) => answer.includes(expects)))
    throw new Error(`not one answer, or another one than ${expects}:\n${[...answers].join('\n')}`);
  return took;
}

function shuffled<T>(items: readonly T[]): readonly T[] {
  return items
    .map((item) => ({ item, place: randomInt(2 ** 47) }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ item }) => item);
}
