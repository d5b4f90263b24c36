// A person without a password at hand: weidu sends a code by short message, and the code signs in.
import { MessageDouble } from '#tests/support/message-double';
import { aMobile, aPassword } from '#tests/support/people';
import { startServer, type TestServer } from '#tests/support/server';
import { type Heard, talkJson } from '#tests/support/talk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const double = new MessageDouble();
let server: TestServer;
beforeAll(async () => {
  const settings = await double.open();
  const roomy = {
    'budgets.source.failures': 10_000,
    'budgets.subnet.failures': 10_000,
    'budgets.names.failures': 10_000,
  };
  const unguarded = { 'codes.source.perHour': 1000, 'codes.subnet.perHour': 1000, 'dialects.weidu.captcha': 'never' };
  server = await startServer({ settings: { ...settings, ...roomy, ...unguarded } });
});
afterAll(async () => {
  await server.close();
  await double.close();
});

const call = (act: string, fields: object): Promise<Heard> =>
  talkJson(server.port, `/weidu/api/v1/users/${act}`, fields);
const codeIn = ({ body }: Heard): unknown => (JSON.parse(body) as { code: unknown }).code;
const enter = (mobile: string, sms_code: string): Promise<Heard> => call('mobile/login', { mobile, sms_code });

/** One after the other. */
async function repeatedly(times: number, act: () => Promise<string>): Promise<readonly string[]> {
  const heard: string[] = [];
  for (let time = 0; time < times; time += 1) heard.push(await act());
  return heard;
}

async function somebody(): Promise<{ readonly mobile: string; readonly password: string }> {
  const person = { mobile: aMobile(), password: aPassword() };
  await server.addAccount(person);
  return person;
}

describe('a code by short message', () => {
  it('arrives, signs in, and is used up', async () => {
    const { mobile } = await somebody();

    const sent = await call('mobile/sms', { mobile: `+86 ${mobile}` });
    const first = await enter(mobile, double.codeFor(mobile));
    const second = await enter(mobile, double.codeFor(mobile));

    expect([sent.status, sent.body]).toEqual([200, '{"code":200,"result":"ok"}']);
    expect(double.arrived.at(-1)).toMatchObject({ channel: 'sms', to: `+86${mobile}`, name: 'code.sign-in' });
    expect(double.codeFor(mobile)).toMatch(/^\d{6}$/);
    expect(JSON.parse(first.body)).toMatchObject({ code: 200, result: 'ok', user_info: { mobile: '******' } });
    expect(first.headers['token']).toMatch(/^[a-z0-9]{26}$/);
    expect(first.headers['set-cookie']).toHaveLength(3);
    expect([second.status, second.body]).toEqual([200, '{"code":40018,"result":"验证码错误"}']);
  });

  it('is told to have failed when it could not be handed over, and can be asked for again at once', async () => {
    const mobile = aMobile();
    double.status = 500;
    const failed = await call('mobile/sms', { mobile });
    double.status = 200;

    const again = await call('mobile/sms', { mobile });

    expect([failed.status, failed.body]).toEqual([200, '{"code":40003,"result":"发送验证码失败，请稍后重试"}']);
    expect(codeIn(again)).toBe(200);
  });

  it('R-46 comes once a minute, five times an hour and ten times a day, and the answers say so', async () => {
    const mobile = aMobile();
    const ask = async (): Promise<string> => (await call('mobile/sms', { mobile })).body;

    const first = [await ask(), await ask()];
    const hour = await repeatedly(5, () => (server.clock.advance('60s'), ask()));
    server.clock.advance('1h');
    const day = await repeatedly(6, () => (server.clock.advance('15m'), ask()));

    const ok = '{"code":200,"result":"ok"}';
    expect([...first, ...hour, ...day]).toEqual([
      ok,
      '{"code":40001,"result":"一分钟内只能发送一次验证码"}',
      ok,
      ok,
      ok,
      ok,
      '{"code":40002,"result":"1小时内只能发送5条短信"}',
      ok,
      ok,
      ok,
      ok,
      ok,
      '{"code":40002,"result":"24小时内只能发送10条短信"}',
    ]);
  });

  it('R-45 is good for the number it was sent to, and ends with the next one', async () => {
    const [one, other] = [await somebody(), await somebody()];
    await call('mobile/sms', { mobile: one.mobile });
    const earlier = double.codeFor(one.mobile);
    server.clock.advance('61s');
    await call('mobile/sms', { mobile: one.mobile });

    const elsewhere = await enter(other.mobile, double.codeFor(one.mobile));
    const late = await enter(one.mobile, earlier === double.codeFor(one.mobile) ? 'another' : earlier);

    expect([codeIn(elsewhere), codeIn(late)]).toEqual([40018, 40018]);
    expect(codeIn(await enter(one.mobile, double.codeFor(one.mobile)))).toBe(200);
  });

  it('R-43 signs in once, though twenty send it at once', async () => {
    const { mobile } = await somebody();
    await call('mobile/sms', { mobile });

    const heard = await Promise.all(Array.from({ length: 20 }, () => enter(mobile, double.codeFor(mobile))));

    expect(heard.filter((each) => codeIn(each) === 200)).toHaveLength(1);
  });

  it('R-43 is refused a second after its life has ended', async () => {
    const { mobile } = await somebody();
    await call('mobile/sms', { mobile });

    server.clock.advance('301s');

    expect(codeIn(await enter(mobile, double.codeFor(mobile)))).toBe(40018);
  });

  it('R-32 is guessed at from the same five tries as the password', async () => {
    const { mobile, password } = await somebody();
    await call('mobile/sms', { mobile });

    const wrong = [
      await enter(mobile, '0'),
      await enter(mobile, '1'),
      await enter(mobile, '2'),
      await call('login', { login_id: mobile, password: 'not the password' }),
      await call('login', { login_id: mobile, password: 'nor this one' }),
    ];
    const right = [await call('login', { login_id: mobile, password }), await enter(mobile, double.codeFor(mobile))];

    expect(wrong.map(codeIn)).toEqual([40018, 40018, 40018, 40013, 40013]);
    expect(right.map(codeIn)).toEqual([40021, 40021]);
  });

  it('leaves no trace of itself in the audit', async () => {
    const { mobile } = await somebody();
    await call('mobile/sms', { mobile });

    const [entry] = (await server.house.stores.audit.list(0, 10_000)).slice(-1);

    expect(entry).toMatchObject({ act: 'code.send', outcome: 'success', endpoint: 'weidu.mobile-sms' });
    expect(JSON.stringify(entry)).not.toContain(mobile);
  });
});
