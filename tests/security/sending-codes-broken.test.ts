// What becomes of codes when the store breaks or the server ends: nothing leaves unpaid, and nothing that was counted is forgotten.
import { Mailbox } from '#tests/support/mailbox';
import { aMobile } from '#tests/support/people';
import { startServer, type TestServer } from '#tests/support/server';
import { hideTable } from '#tests/support/engine';
import { talkJson } from '#tests/support/talk';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

const askFor = async ({ port }: TestServer, mobile: string): Promise<string> =>
  (await talkJson(port, '/weidu/api/v1/users/mobile/sms', { mobile })).body;

describe('asking for a code while the store is broken', () => {
  const mailbox = new Mailbox();
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ couriers: mailbox });
  });
  afterAll(() => server.close());

  it.each(['allowances', 'codes', 'budgets', 'identifiers'])('R-99 sends nothing when %s are gone', async (table) => {
    const before = mailbox.messages.length;
    const putBack = await hideTable(server, table);

    const broken = await askFor(server, aMobile());
    await putBack();

    expect([broken, mailbox.messages.length - before]).toEqual(['{"code":500,"result":"服务器内部错误"}', 0]);
    expect(await askFor(server, aMobile())).toBe('{"code":200,"result":"ok"}');
  });
});

describe('a server that is started again', () => {
  const mailbox = new Mailbox();

  it('R-38 remembers which codes were sent', async () => {
    const mobile = aMobile();
    const server = await startServer({ couriers: mailbox });
    await askFor(server, mobile);
    await server.close();
    const next = await startServer({ couriers: mailbox, dataDir: server.dataDir, clock: server.clock });
    onTestFinished(() => next.close());

    const heard = await askFor(next, mobile);

    expect(heard).toBe('{"code":40001,"result":"一分钟内只能发送一次验证码"}');
  });

  it('waits for the messages it has promised', async () => {
    const before = mailbox.messages.length;
    const strict = await startServer({ couriers: mailbox, settings: { 'dialects.weidu.policy': 'strict' } });
    const release = mailbox.hold();
    await askFor(strict, aMobile());

    const closing = strict.close();
    release();
    await closing;

    expect(mailbox.messages).toHaveLength(before + 1);
    expect(await auditedAfter(strict)).toBe(1);
  });
});

/** How many codes are on record as sent, once nobody has the store open. */
async function auditedAfter({ dataDir }: TestServer): Promise<number> {
  const next = await startServer({ dataDir });
  onTestFinished(() => next.close());
  const entries = await next.house.stores.audit.list(0, 1000);
  return entries.filter(({ act, outcome }) => act === 'code.send' && outcome === 'success').length;
}
