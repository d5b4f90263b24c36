// Who may do what: every role, every call of administrators, one's own organisation, another one and oneself, asked of a real server.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { reachOf } from '#core';
import type { Heard } from '#tests/support/talk';
import { Visitor } from '#tests/support/visitor';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { isWeighty, mayBeDoneToOneself } from '../../src/core/roles/permissions.ts';
import {
  aboutWhom,
  ACTORS,
  ADMIN_ROWS,
  type Scenario,
  SCENARIOS,
  type Somebody,
  Stage,
  type Whom,
} from './role-scenarios.ts';
import { call, saidNo } from './somebody.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage.server.close());

type Actor = (typeof ACTORS)[number];

/** `yes`, or the status of the refusal. A decision nobody made is absent to whoever may ask for one. */
function outcomeOf({ status, body }: Heard): string {
  if (status < 300 || body.includes('"code":"decision.unknown"')) return 'yes';
  return String(status);
}

const roleOf = (actor: Actor): string => (actor === 'organisation-admin of none' ? 'organisation-admin' : actor);

/** What the table of permissions makes of it. */
function expected(actor: Actor, { permission, isAboutOrganisation }: Scenario, whom: Whom): string {
  const reach = reachOf(roleOf(actor), permission);
  if (reach === null || actor === 'organisation-admin of none') return '403';
  if (whom === 'self') return mayBeDoneToOneself(permission) ? 'yes' : '403';
  if (whom === 'other' && reach === 'organisation') return isAboutOrganisation === true ? '403' : '404';
  return 'yes';
}

interface Row {
  readonly scenario: Scenario;
  readonly whom: Whom;
}

const ROWS: readonly Row[] = SCENARIOS.flatMap((scenario) => aboutWhom(scenario).map((whom) => ({ scenario, whom })));

const nameOf = ({ scenario: { endpoint, part }, whom }: Row): string =>
  [`\`${ADMIN_ROWS.get(endpoint) ?? endpoint}\`${part === undefined ? '' : `, ${part}`}`, whom].join(' | ');

const tableOf = (cells: (row: Row) => readonly string[]): string =>
  [
    `| call | whom | permission | ${ACTORS.join(' | ')} |`,
    `|---|---|---|${'---|'.repeat(ACTORS.length)}`,
    ...ROWS.map((row) => `| ${nameOf(row)} | ${row.scenario.permission} | ${cells(row).join(' | ')} |`),
  ].join('\n');

/** Acts upon oneself may end one's sessions, so each begins with a new one; the others share one. */
async function cellOf(
  actor: Actor,
  { scenario, whom }: Row,
  shared: Somebody & { readonly token: string },
): Promise<string> {
  const who = whom === 'self' ? await stage.actor(actor) : shared;
  const token = whom === 'self' ? await stage.token(who) : shared.token;
  return outcomeOf(await stage.make(scenario, { token, self: who.account.id, whom }));
}

async function columnOf(actor: Actor): Promise<readonly string[]> {
  const person = await stage.actor(actor);
  const shared = { ...person, token: await stage.token(person) };
  const cells: string[] = [];
  for (const row of ROWS) cells.push(await cellOf(actor, row, shared));
  return cells;
}

/** The table as it stands in the document. */
function pinned(): string {
  const text = readFileSync(join(import.meta.dirname, '../../docs/roles.md'), 'utf8');
  return /^\| call \|(?:.*\n)+?(?=\n|$)/m.exec(text)?.[0].trim() ?? '';
}

describe('the calls of administrators', () => {
  it('are all tried below', () => {
    expect(new Set(SCENARIOS.map(({ endpoint }) => endpoint))).toEqual(new Set(ADMIN_ROWS.keys()));
  });

  it('R-67 answer each role as the table of permissions says, and as docs/roles.md has it', async () => {
    const columns = await Promise.all(ACTORS.map(columnOf));

    const observed = tableOf((row) => columns.map((column) => column[ROWS.indexOf(row)] ?? ''));
    expect(observed).toBe(tableOf(({ scenario, whom }) => ACTORS.map((actor) => expected(actor, scenario, whom))));
    expect(observed).toBe(pinned());
  }, 240_000);

  it.each(SCENARIOS)('R-67 turn away whoever holds no session: $endpoint, $permission', async (scenario) => {
    const [whom = '-'] = aboutWhom(scenario);
    const self = await stage.bystander(null);

    const without = await stage.make(scenario, { self, whom });
    const withNonsense = await stage.make(scenario, { self, whom, token: 'nonsense' });

    expect([without, withNonsense].map(saidNo)).toEqual(['401 session.unknown', '401 session.unknown']);
    expect([without, withNonsense].map(({ headers }) => headers['www-authenticate'])).toEqual([
      'Bearer realm="understudy"',
      'Bearer realm="understudy"',
    ]);
  });

  it('R-59 R-67 know no token of another dialect, whoever holds it', async () => {
    const app = await stage.server.addApp({ id: 'tokens-of-others' });
    const operator = await stage.person(['operator']);
    const visitor = new Visitor(stage.server.port, app);
    const visits = [
      await visitor.noBaseForm(operator.username, operator.password),
      await visitor.shopxo(operator.username, operator.password),
      await visitor.weidu(operator.username, operator.password),
    ];

    const answers: string[] = [];
    for (const { token } of visits)
      for (const scenario of SCENARIOS)
        answers.push(
          saidNo(await stage.make(scenario, { token: token ?? '', self: operator.account.id, whom: 'own' })),
        );

    expect(visits.every(({ token }) => token !== undefined)).toBe(true);
    expect(new Set(answers)).toEqual(new Set(['401 session.unknown']));
  });
});

describe('a session that is ten minutes old', () => {
  const WEIGHTY: Record<string, string> = { true: '401', false: 'yes' };

  it('R-67 takes no power, until its holder has signed in again', async () => {
    const operator = await stage.person(['operator']);
    const token = await stage.token(operator);
    stage.server.clock.advance('10m');

    const answers: Record<string, string> = {};
    for (const scenario of SCENARIOS) {
      const heard = await stage.make(scenario, { token, self: operator.account.id, whom: 'own' });
      answers[`${scenario.endpoint} ${scenario.part ?? ''}`] = outcomeOf(heard);
    }

    const due = SCENARIOS.map(({ endpoint, part = '', permission }): [string, string] => [
      `${endpoint} ${part}`,
      WEIGHTY[String(isWeighty(permission))] ?? '',
    ]);
    expect(answers).toEqual(Object.fromEntries(due));
  });

  it('is told how young it has to be (RFC 9470)', async () => {
    const operator = await stage.person(['operator']);
    const token = await stage.token(operator);
    stage.server.clock.advance('10m');

    const heard = await call(stage.server, `POST /admin/apps`, { token, body: { id: 'never-made' } });

    expect([saidNo(heard), heard.headers['www-authenticate']]).toEqual([
      '401 session.too-old',
      'Bearer realm="understudy", error="insufficient_user_authentication", max_age="600"',
    ]);
  });
});
