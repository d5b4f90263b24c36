// A throw in any handler of any call: the dialect's one answer, one line in the log, and the server goes on.
import { loadConfig } from '#config';
import type { Flows } from '#core';
import { DIALECTS } from '#main';
import { ParrotHost, parrotMount } from '#tests/support/parrot';
import { talk } from '#tests/support/talk';
import type { AnyRow, CommonSettings, Dialect } from '#wire';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { describe, expect, it, onTestFinished } from 'vitest';

import { observing } from '../../src/main/observer.ts';

const SECRET = 'p-secret-of-the-test';
const fails = (): never => {
  throw new TypeError(`cannot read ${SECRET}`);
};
const failsLater = (): Promise<never> => Promise.reject(new TypeError(`cannot read ${SECRET}`));
/** Whatever flow is asked for is this one. */
const flowsOf = (flow: () => unknown): Flows => new Proxy({}, { get: () => flow }) as Flows;

const config = loadConfig({ env: {}, dialects: DIALECTS });

interface Breakage {
  readonly part: string;
  readonly row: object;
  readonly flows: Flows;
}

const BREAKAGES: readonly Breakage[] = [
  { part: 'reader', row: { reads: fails }, flows: flowsOf(fails) },
  { part: 'flow', row: { reads: () => ({}) }, flows: flowsOf(fails) },
  { part: 'flow, later', row: { reads: () => ({}) }, flows: flowsOf(failsLater) },
  { part: 'writer', row: { reads: () => ({}), writes: fails }, flows: flowsOf(() => Promise.resolve({})) },
];

const calls = DIALECTS.flatMap((dialect) =>
  dialect.rows.flatMap((row) =>
    BREAKAGES.map((breakage) => ({
      name: `${dialect.name}.${row.endpoint}`,
      part: breakage.part,
      on: row.on[0] ?? '',
      dialect,
      row,
      breakage,
    })),
  ),
);

/** A host that speaks one call of one dialect, broken; and what its log says. */
async function broken(dialect: Dialect, row: AnyRow<CommonSettings>, { row: changes, flows }: Breakage) {
  const { when: _when, ...always } = row;
  const log: string[] = [];
  const observe = observing(pino({ level: 'debug' }, { write: (line) => void log.push(line) }), new Registry());
  const mount = parrotMount({
    dialects: [{ ...dialect, rows: [{ ...always, ...changes }] }],
    settingsOf: (name) => config.dialects[name] as unknown as CommonSettings,
    flows,
  });
  const host = new ParrotHost({ mount, observe });
  onTestFinished(() => host.close());
  return { port: await host.listen(), log };
}

describe('a throw that nobody foresaw', () => {
  it.each(calls)(
    'R-103 in the $part of $name becomes the one answer to faults',
    async ({ on, dialect, row, breakage }) => {
      const { port, log } = await broken(dialect, row, breakage);
      const [method = '', path = ''] = on.split(' ');
      const settings = config.dialects[dialect.name] as unknown as CommonSettings & { readonly locale: 'zh' | 'en' };
      const word = row.fails ?? dialect.fault;
      const due = word({ settings, locale: settings.locale } as Parameters<Dialect['fault']>[0]);

      const heard = [await talk(port, { method, path }), await talk(port, { method, path })];

      expect(heard.map(({ status, body }) => ({ status, body }))).toEqual(
        [0, 1].map(() => ({ status: due.status, body: due.body })),
      );
      expect(heard.some((each) => JSON.stringify(each).includes(SECRET))).toBe(false);
      expect(log.map((line) => JSON.parse(line) as object)).toMatchObject(
        [0, 1].map(() => ({ level: 50, refusal: 'fault', fault: { name: 'TypeError' } })),
      );
    },
  );
});
