// Random bodies and queries over sockets: every answer is one its document knows.
import { StoreFile } from '#tests/support/store-file';
import { logOf } from '#tests/support/log-file';
import { type Said, talk } from '#tests/support/talk';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { aStranger, startWorld, type World } from '../laws/somebody.ts';
import { isLegal, type Speaker, SPEAKERS } from '../laws/speakers.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ settings: { 'kdf.waitMs': 30_000 } });
});
afterAll(() => world.server.close());

const hostile = fc.constantFrom(
  '\0',
  '\u202e',
  '\ufeff',
  '\ud800',
  "' or 1=1 --",
  '{"$gt":""}',
  '../../etc/passwd',
  '%00',
  '<script>',
  '张三',
  '😀',
  ' ',
  '0',
);
const text = fc.oneof(
  { weight: 3, arbitrary: fc.string({ maxLength: 30 }) },
  { weight: 2, arbitrary: hostile },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
);
const anything = fc.oneof(
  { weight: 4, arbitrary: text },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.constant(undefined) },
);

/** Bodies in which the fields of the right login are kept, dropped or replaced. */
function bodies(speaker: Speaker): fc.Arbitrary<string> {
  const right = speaker.fields(aStranger(), world.app);
  const changed = fc.record(
    Object.fromEntries(
      Object.entries(right).map(([name, value]) => [
        name,
        fc.oneof({ weight: 3, arbitrary: fc.constant(value) }, { weight: 2, arbitrary: anything }),
      ]),
    ),
  );
  const extra = fc.dictionary(
    fc.oneof(
      fc.constantFrom('token', 'lang', 'uuid', 's', '__proto__', 'verify', 'captcha_token', 'timestamp', 'device_id'),
      text,
    ),
    anything,
    { maxKeys: 4 },
  );
  const whole = fc.tuple(changed, extra).map(([fields, others]) => JSON.stringify({ ...others, ...fields }));
  const broken = fc
    .tuple(whole, fc.nat(), text)
    .map(
      ([json, at, piece]) => json.slice(0, at % (json.length + 1)) + piece + json.slice((at % (json.length + 1)) + 1),
    );
  return fc.oneof({ weight: 3, arbitrary: whole }, { weight: 3, arbitrary: broken }, { weight: 1, arbitrary: text });
}

/** The same as a JSON body, a form, and a query. */
function requests(speaker: Speaker): fc.Arbitrary<Said> {
  const types = fc.constantFrom(
    'application/json',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain',
    '',
  );
  const asBody = fc
    .tuple(bodies(speaker), types)
    .map(([body, type]) => ({ path: speaker.path, headers: { 'content-type': type }, body }));
  const pair = fc
    .tuple(fc.constantFrom(...Object.keys(speaker.fields(aStranger(), world.app)), 'x'), text)
    .map(([name, value]) => `${name}=${value.isWellFormed() ? encodeURIComponent(value) : '%ed%a0%80'}`);
  const query = fc
    .array(pair, { maxLength: 6 })
    .map((pairs) => `${speaker.path}${speaker.path.includes('?') ? '&' : '?'}${pairs.join('&')}`);
  const asQuery = fc.tuple(query, fc.constantFrom('GET', 'POST')).map(([path, method]) => ({ path, method }));
  return fc.oneof({ weight: 3, arbitrary: asBody }, { weight: 1, arbitrary: asQuery });
}

const RUNS = 400;

describe.each(SPEAKERS)('random requests to $name', (speaker) => {
  it('R-88 get answers that its document knows, and nothing else happens', async () => {
    const samples = fc.sample(requests(speaker), { numRuns: RUNS, seed: 88 });
    const before = {
      accounts: new StoreFile(world.server).count('accounts'),
      sessions: new StoreFile(world.server).count('sessions'),
    };
    const illegal: unknown[] = [];

    const queue = [...samples];
    const ask = async (): Promise<void> => {
      for (let said = queue.pop(); said !== undefined; said = queue.pop()) {
        const heard = await talk(world.server.port, said);
        if (!isLegal(speaker, heard) || heard.status >= 500) illegal.push({ said, heard });
      }
    };
    await Promise.all(Array.from({ length: 8 }, ask));

    expect(illegal).toEqual([]);
    expect({
      accounts: new StoreFile(world.server).count('accounts'),
      sessions: new StoreFile(world.server).count('sessions'),
    }).toEqual(before);
    expect(logOf(world.server).filter(({ level }) => Number(level) >= 50)).toEqual([]);
  });
});

describe('random requests to our own API', () => {
  it('R-88 get problems or an inactive token', async () => {
    const basic = fc.oneof(
      text.map((credentials) => `Basic ${Buffer.from(credentials).toString('base64')}`),
      fc.constantFrom('Basic', 'Bearer x', ''),
    );
    const body = fc.oneof(
      fc.jsonValue({ maxDepth: 6 }).map((value) => JSON.stringify(value)),
      text,
    );
    const samples = fc.sample(fc.tuple(basic, body), { numRuns: RUNS, seed: 88 });
    const illegal: unknown[] = [];

    for (const [authorization, content] of samples) {
      const heard = await talk(world.server.port, {
        path: '/api/v1/tokens/introspect',
        headers: { authorization },
        body: content,
      });
      if (!isLegal({ dialect: 'api' }, heard) || heard.status >= 500) illegal.push({ authorization, content, heard });
    }

    expect(illegal).toEqual([]);
  });
});
