// A ShopXO client that has to show a picture: it is told so, draws the field, and sends what the person has read.
import { inflateSync } from 'node:zlib';
import { PngPainter } from '#challenges';
import { aPassword, aUsername } from '#tests/support/people';
import { startServer, type TestServer } from '#tests/support/server';
import { type Heard, talk } from '#tests/support/talk';
import type { NotedRandomness } from '#tests/support/test-machine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ settings: { 'budgets.subnet.failures': 10_000, 'challenges.perMinute': 10_000 } });
});
afterAll(() => server.close());

/** What the picture that was drawn last says. */
const lastLetters = (): string => (server.house.randomness as NotedRandomness).lastOf(4);

/** Every client names itself, and comes from an address of its own. */
class Client {
  static #clients = 1;
  readonly uuid: string;
  readonly from: string;

  constructor(more: { readonly uuid?: string; readonly from?: string } = {}) {
    Client.#clients += 1;
    this.uuid = more.uuid ?? `client-${Client.#clients}`;
    this.from = more.from ?? `127.0.2.${Client.#clients}`;
  }

  call(route: string, fields: object = {}): Promise<Heard> {
    const path = `/api.php?s=${route}&application=app&uuid=${this.uuid}`;
    return talk(server.port, { path, from: this.from, body: JSON.stringify(fields) });
  }

  login(person: Person, more: object = {}): Promise<Heard> {
    return this.call('user/login', { accounts: person.username, pwd: person.password, type: 'username', ...more });
  }

  /** Taps the picture; what it says. */
  async tap(type = 'user_login'): Promise<string> {
    const path = `/api.php?s=user/userverifyentry&type=${type}&uuid=${this.uuid}`;
    await talk(server.port, { method: 'GET', path, from: this.from });
    return lastLetters();
  }

  /** Whether its form has to draw the field. */
  async fieldStates(): Promise<readonly unknown[]> {
    const { body } = await this.call('base/common');
    const { data } = JSON.parse(body) as { data: { config: Record<string, unknown> } };
    return [data.config['home_user_login_img_verify_state'], data.config['common_img_verify_state']];
  }
}

interface Person {
  readonly username: string;
  readonly password: string;
}

async function somebody(): Promise<Person> {
  const person = { username: aUsername(), password: aPassword() };
  await server.addAccount({ ...person });
  return person;
}

const wrong = ({ username }: Person): Person => ({ username, password: 'not-the-password' });
const told = ({ body }: Heard): string => {
  const { code, msg } = JSON.parse(body) as { readonly code: number; readonly msg: string };
  return `${code} ${msg}`;
};

/** Three wrong passwords; what the last one was answered. */
async function arouseSuspicion(client: Client, person: Person): Promise<string> {
  await client.login(wrong(person));
  await client.login(wrong(person));
  return told(await client.login(wrong(person)));
}

/** How many secrets were looked at so far, decoys included. */
function looks(): number {
  const { decoys, hashes, verifications } = server.house.passwords.stats();
  return decoys + hashes + verifications;
}

const WELCOME = '0 登录成功';
const MISSING = '-10 图片验证码为空';
const EXPIRED = '-11 验证码已过期';
const WRONG = '-12 验证码错误';

describe('a client under suspicion', () => {
  it('is told to draw the field, and lets in whoever has read the picture', async () => {
    const [client, person] = [new Client(), await somebody()];
    const before = await client.fieldStates();

    const third = await arouseSuspicion(client, person);
    const surprised = told(await client.login(person));
    const after = await client.fieldStates();
    const letters = await client.tap();

    expect([before, third, surprised, after]).toEqual([[0, 0], '-4 密码错误', MISSING, [1, 1]]);
    expect(told(await client.login(person, { verify: letters.toLowerCase() }))).toBe(WELCOME);
  });

  it('keeps its field when it comes from elsewhere, and leaves nobody else with one', async () => {
    const [client, person] = [new Client(), await somebody()];
    await arouseSuspicion(client, person);
    await client.login(person);

    const moved = await new Client({ uuid: client.uuid }).fieldStates();
    const another = await new Client().fieldStates();

    expect([moved, another]).toEqual([
      [1, 1],
      [0, 0],
    ]);
  });

  it('is known by its address where it does not name itself', async () => {
    const [client, person] = [new Client({ uuid: '' }), await somebody()];
    await arouseSuspicion(client, person);

    const letters = await client.tap();

    expect(told(await client.login(person, { verify: letters }))).toBe(WELCOME);
  });

  it('is told of an unknown account first, as ever, and no hash is computed for it', async () => {
    const [client, person] = [new Client(), await somebody()];
    await arouseSuspicion(client, person);
    const before = looks();

    const stranger = told(await client.login({ username: aUsername(), password: 'not-the-password' }));

    expect([stranger, looks() - before]).toEqual(['-3 登录帐号不存在', 0]);
  });

  it('is told of an unfit password before the picture', async () => {
    const [client, person] = [new Client(), await somebody()];
    await arouseSuspicion(client, person);

    expect(told(await client.login({ ...person, password: 'short' }))).toBe('-1 密码格式 6~18 个字符');
  });

  it.each<[string, object, string]>([
    ['omitted', {}, MISSING],
    ['empty', { verify: '' }, MISSING],
    ['blank', { verify: '  ' }, MISSING],
    ['null', { verify: null }, MISSING],
    ['an array', { verify: ['ABCD'] }, MISSING],
    ['an object', { verify: { $ne: '' } }, MISSING],
    ['true', { verify: true }, MISSING],
    ['wrong', { verify: '1111' }, WRONG],
    ['a number', { verify: 1111 }, WRONG],
    ['endless', { verify: 'A'.repeat(5000) }, WRONG],
  ])('R-40 reaches no hash with an answer that is %s', async (_, fields, answer) => {
    const [client, person] = [new Client(), await somebody()];
    await arouseSuspicion(client, person);
    await client.tap();
    const before = looks();

    const heard = await client.login(person, fields);

    expect([told(heard), looks() - before]).toEqual([answer, 0]);
  });

  it("R-40 reaches no hash with somebody else's picture, another form's, an old one or a late one", async () => {
    const [client, other, person] = [new Client(), new Client(), await somebody()];
    await arouseSuspicion(client, person);
    const before = looks();
    const foreign = told(await client.login(person, { verify: await other.tap() }));
    const elsewhere = told(await client.login(person, { verify: await client.tap('user_forget') }));
    const old = await client.tap();
    await client.tap();
    const replaced = told(await client.login(person, { verify: old }));
    const late = await client.tap();
    server.clock.advance('600s');

    const answers = [foreign, elsewhere, replaced, told(await client.login(person, { verify: late }))];

    // After ten minutes the failures still count.
    expect(answers).toEqual([EXPIRED, EXPIRED, WRONG, EXPIRED]);
    expect(looks()).toBe(before);
  });

  it('R-40 lets one of twenty in who send one picture at once, with five hashes at most', async () => {
    const [client, person] = [new Client(), await somebody()];
    await arouseSuspicion(client, person);
    const verify = await client.tap();
    const before = looks();

    const heard = await Promise.all(Array.from({ length: 20 }, () => client.login(person, { verify })));

    const answers = heard.map(told);
    expect(answers.filter((answer) => answer === WELCOME)).toHaveLength(1);
    expect(answers.filter((answer) => answer === EXPIRED)).toHaveLength(19);
    expect(looks() - before).toBeLessThanOrEqual(5);
  });
});

describe('a picture', () => {
  const show = async (query: string, from = '127.0.3.1') =>
    talk(server.port, { method: 'GET', path: `/api.php?s=user/userverifyentry&${query}`, from });

  it('R-41 is a PNG that nobody keeps, with nothing in it but the drawing', async () => {
    const { headers, status } = await show('type=user_login&uuid=look');
    const letters = lastLetters();
    const bytes = Buffer.from(await (await fetch(`${server.url}/user/userverifyentry?type=user_login`)).arrayBuffer());

    expect([status, headers['content-type'], headers['cache-control']]).toEqual([200, 'image/png', 'no-store']);
    expect(JSON.stringify(headers)).not.toContain(letters);
    expect(bytes.subarray(0, 8).toString('latin1')).toBe('\u0089PNG\r\n\u001a\n');
    expect(chunksOf(bytes).map(({ type }) => type)).toEqual(['IHDR', 'IDAT', 'IEND']);
    expect(inflateSync(chunksOf(bytes)[1]?.data ?? Buffer.alloc(0)).length).toBe((136 + 1) * 48);
  });

  it('R-41 is one of a million, and never drawn the same twice', async () => {
    const drawn: string[] = [];
    const pictures: Buffer[] = [];
    for (let time = 0; time < 300; time += 1) {
      await show('type=user_login&uuid=often');
      drawn.push(lastLetters());
    }
    for (let time = 0; time < 3; time += 1) pictures.push(Buffer.from(await new PngPainter().paint('AAAA')));

    const alphabet = new Set(drawn.join(''));
    expect(alphabet.size ** 4).toBe(2 ** 20);
    expect(new Set(pictures.map((picture) => picture.toString('base64'))).size).toBe(3);
  });

  it.each(['', 'type=', 'type=admin_login', 'type[]=user_login', 'type=user_login&type=user_reg'])(
    'is drawn for the forms there are, and not for %j',
    async (query) => {
      const { body, headers } = await show(query);

      expect(headers['content-type']).toBe('application/json; charset=utf-8');
      expect(told({ body } as Heard)).toBe('-1 登录类型有误');
    },
  );

  it.each(['/user/userverifyentry?', '/api.php/user/userverifyentry?', '/index.php?s=/api/user/UserVerifyEntry.html&'])(
    'is shown under every URL a client knows: %s',
    async (path) => {
      const { headers } = await talk(server.port, { method: 'GET', path: `${path}type=user_bind` });

      expect(headers['content-type']).toBe('image/png');
    },
  );
});

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
}

function chunksOf(png: Buffer): readonly Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) });
    at += length + 12;
  }
  return chunks;
}
