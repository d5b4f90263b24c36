// No sweep reads a whole table to find what has ended: it would hold up every sign-in the longer, the more accounts there are.
import { describe, expect, it } from 'vitest';
import { DAY, LIMITS, START } from '../../core/stores.contract.ts';
import { Act, type Ground } from './act.ts';
import { type ActCall, perform } from './acts.ts';

/** An engine that tells how it goes about a statement. */
export interface Explaining {
  readonly ground: Ground;
  /** The lines of its plan that read a table from end to end. */
  wholeReads(sql: string, parameters: readonly unknown[]): Promise<readonly string[]>;
  close(): Promise<void>;
}

const NOW = START + 400 * DAY;
const AT_MOST = 1000;
const ANCHOR = { number: 1, lastId: 1, hash: '', seal: '' };

const SWEEPS: readonly ActCall[] = [
  { store: 'sessions', method: 'sweep', input: [NOW, AT_MOST] },
  { store: 'codes', method: 'sweep', input: [NOW, AT_MOST] },
  { store: 'registrations', method: 'sweep', input: [NOW, AT_MOST] },
  { store: 'allowances', method: 'sweep', input: [NOW, AT_MOST] },
  { store: 'attempts', method: 'sweep', input: [NOW, LIMITS, AT_MOST] },
  { store: 'notices', method: 'sweep', input: [1, AT_MOST] },
  { store: 'decisions', method: 'sweep', input: [{ before: NOW, records: 1 }, AT_MOST] },
  { store: 'audit', method: 'drop', input: [ANCHOR] },
];

/** What is in flight at one moment: a handful of rows, and an index would have to be kept with every attempt. */
const SMALL = /\battempts\b/;

/** Run it on every engine. */
export function describeSweepPlans(open: () => Promise<Explaining>): void {
  describe('sweeping', () => {
    it.each(SWEEPS.map((call) => [`${call.store}.${call.method}`, call] as const))(
      'finds what %s removes by an index',
      async (_name, call) => {
        const engine = await open();
        await fill(engine.ground);
        const whole: string[] = [];
        const watched = watching(engine, (lines) => whole.push(...lines));

        await perform(new Act(watched), call);
        await engine.close();

        expect(whole.filter((line) => !SMALL.test(line))).toEqual([]);
      },
    );
  });
}

function watching(engine: Explaining, tell: (lines: readonly string[]) => void): Ground {
  const { ground } = engine;
  return {
    db: ground.db,
    compiled: new Map(),
    async execute(query) {
      tell(await engine.wholeReads(query.sql, query.parameters));
      return ground.execute(query);
    },
  };
}

/** One row each of what is removed together with others. */
async function fill(ground: Ground): Promise<void> {
  const { db } = ground;
  const at = { first_at: START, last_at: START };
  const decision = { id: 'old', refusal: 'server.busy', source: 'anywhere', dialect: 'weidu', count: 1, ...at };
  const segment = { number: 1, first_id: 1, last_id: 1, count: 0, hash: '', ...at };
  const inserts = [
    db.insertInto('decisions').values(decision),
    db.insertInto('known_sources').values({ account_id: 'somebody', source: 'anywhere', last_at: START }),
    db.insertInto('audit_segments').values(segment),
  ];
  for (const insert of inserts) await ground.execute(insert.compile());
}
