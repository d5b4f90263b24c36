// Letters over a real SMTP conversation: encrypted, authenticated, refused, unanswered.
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { aMessage, couriersWith, outcomeOfSending } from '#tests/support/couriers';
import { MailServer } from '#tests/support/mail-server';
import { selfSigned } from '#tests/support/self-signed';
import { describe, expect, it, onTestFinished } from 'vitest';

const USER = { name: 'courier', password: 'smtp-pass-8Kd2xQ' };

const sendTo = (settings: Readonly<Record<string, unknown>>): Promise<string> =>
  outcomeOfSending(couriersWith(settings).couriers.send(aMessage()));

describe('a letter', () => {
  it('says in both languages what it is for, from one address to one address', async () => {
    const server = await MailServer.start();
    const { couriers } = couriersWith({ ...server.settings, 'couriers.product': '演员' });

    await couriers.send(aMessage());
    await couriers.send(aMessage({ language: 'zh', name: 'code.reset' }));

    expect(server.letters.map(({ sender, recipients, subject }) => ({ sender, recipients, subject }))).toEqual([
      { sender: 'no-reply@understudy.example', recipients: ['person@example.org'], subject: '演员: sign-in code' },
      { sender: 'no-reply@understudy.example', recipients: ['person@example.org'], subject: '演员 重置密码验证码' },
    ]);
    expect(server.letters.map(({ text }) => text)).toEqual([
      'Your sign-in code is 482915. It is good for 10 minutes. Never tell it to anyone; we will not ask you for it.',
      '您的重置密码验证码是 482915，10 分钟内有效。请勿将验证码告诉任何人，我们的工作人员也不会向您索取。',
    ]);
  });

  it('has no headers but the usual ones, and says that nobody wrote it', async () => {
    const server = await MailServer.start();

    await couriersWith(server.settings).couriers.send(aMessage());

    const names = server.last().headers.map(([name]) => name);
    expect(names.toSorted()).toEqual([
      'auto-submitted',
      'content-transfer-encoding',
      'content-type',
      'date',
      'from',
      'message-id',
      'mime-version',
      'subject',
      'to',
    ]);
    expect(server.last().headers).toContainEqual(['from', 'Understudy <no-reply@understudy.example>']);
    expect(server.last().headers).toContainEqual(['to', 'person@example.org']);
  });

  it('finds the connection open that the one before has used', async () => {
    const server = await MailServer.start();
    const { couriers } = couriersWith(server.settings);

    await couriers.send(aMessage());
    await couriers.send(aMessage());

    expect([server.letters.length, server.connections]).toEqual([2, 1]);
  });
});

describe('a server with a certificate', () => {
  it('gets the letter over STARTTLS from a name and password it knows', async () => {
    const tls = selfSigned();
    const server = await MailServer.start({ tls, user: USER });

    const outcome = await sendTo({
      ...server.settings,
      'couriers.smtp.security': 'starttls',
      'couriers.smtp.ca': tls.cert,
      'couriers.smtp.user': USER.name,
      'couriers.smtp.password': USER.password,
    });

    expect([outcome, server.letters.length]).toEqual(['sent', 1]);
  });

  it('gets neither password nor letter when nobody vouches for it', async () => {
    const server = await MailServer.start({ tls: selfSigned(), user: USER });

    const outcome = await sendTo({
      ...server.settings,
      'couriers.smtp.security': 'starttls',
      'couriers.smtp.user': USER.name,
      'couriers.smtp.password': USER.password,
    });

    expect(outcome).toBe('smtp: DEPTH_ZERO_SELF_SIGNED_CERT');
    expect([server.named, server.letters]).toEqual([[], []]);
  });

  it('gets nothing when it does not offer the upgrade', async () => {
    const server = await MailServer.start();

    const outcome = await sendTo({ ...server.settings, 'couriers.smtp.security': 'starttls' });

    expect(outcome).toMatch(/^smtp: ETLS/);
    expect([server.named, server.letters]).toEqual([[], []]);
  });

  it('refuses a wrong password, of which the complaint says nothing', async () => {
    const tls = selfSigned();
    const server = await MailServer.start({ tls, user: USER });

    const outcome = await sendTo({
      ...server.settings,
      'couriers.smtp.security': 'starttls',
      'couriers.smtp.ca': tls.cert,
      'couriers.smtp.user': USER.name,
      'couriers.smtp.password': 'another',
    });

    expect(outcome).toBe('smtp: EAUTH 535');
  });
});

describe('a server that does not take the letter', () => {
  it('is quoted by its number, not by its text', async () => {
    const server = await MailServer.start({ refusesWith: { code: 550, text: 'no such person@example.org' } });

    expect(await sendTo(server.settings)).toBe('smtp: EENVELOPE 550');
  });

  it('that never greets is given up at the deadline', async () => {
    const sockets: Socket[] = [];
    const server = createServer((socket) => void sockets.push(socket.on('error', () => undefined))).listen(
      0,
      '127.0.0.1',
    );
    await once(server, 'listening');
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    const { port } = server.address() as AddressInfo;

    const settings = { ...(await MailServer.start()).settings, 'couriers.smtp.port': port, 'couriers.timeoutMs': 300 };
    expect(await sendTo(settings)).toMatch(/^smtp: (no answer in time|ETIMEDOUT)$/);
  });

  it('that takes it and never says so is given up at the deadline', async () => {
    const server = await MailServer.start({ isHolding: true });

    const outcome = await sendTo({ ...server.settings, 'couriers.timeoutMs': 1000 });

    expect(outcome).toMatch(/^smtp: (no answer in time|ETIMEDOUT)$/);
  });

  it('that is not there is named by the kind of failure', async () => {
    const server = await MailServer.start();
    const settings = { ...server.settings, 'couriers.smtp.port': 1 };

    expect(await sendTo(settings)).toMatch(/^smtp: (ECONNREFUSED|ESOCKET)$/);
  });
});

describe('a crafted recipient', () => {
  it.each([
    ['two addresses', 'person@example.org,thief@evil.example'],
    ['two addresses with a semicolon', 'person@example.org;thief@evil.example'],
    ['two addresses with a blank', 'person@example.org thief@evil.example'],
    ['a second recipient in the conversation', 'person@example.org>\r\nRCPT TO:<thief@evil.example'],
    ['a header after the address', 'person@example.org\r\nBcc: thief@evil.example'],
    ['a header after a bare line feed', 'person@example.org\nBcc: thief@evil.example'],
    ['a header after a bare carriage return', 'person@example.org\rBcc: thief@evil.example'],
    ['a full-width at sign', 'thief@evil.example＠example.org'],
    ['a full-width at sign alone', 'person＠example.org'],
    ['a quoted local part', '"thief@evil.example x"@example.org'],
    ['a comment', 'person@example.org(thief@evil.example)'],
    ['a name and angle brackets', 'Person <thief@evil.example>'],
    ['a group', 'people:person@example.org,thief@evil.example;'],
    ['a route', '@evil.example:person@example.org'],
    ['an address literal', 'thief@[127.0.0.1]'],
    ['a zero byte', 'person@example.org\0@evil.example'],
    ['parameters of the conversation', 'person@example.org> NOTIFY=SUCCESS ORCPT=rfc822;thief@evil.example'],
    ['capitals, which are not how it is stored', 'Person@Example.org'],
    ['nothing', ''],
  ])('R-73 gets no letter: %s', async (_, to) => {
    const server = await MailServer.start();
    const { couriers } = couriersWith(server.settings);

    const outcome = await outcomeOfSending(couriers.send(aMessage({ to })));

    expect(outcome).toBe('email: that is no address');
    expect([server.named, server.letters]).toEqual([[], []]);
  });

  it.each([
    'percent%evil.example@example.org',
    'bang!evil@example.org',
    "o'neil+tag@example.org",
    '=?utf-8?q?x?=@example.org',
  ])('R-73 gets it to exactly the address as it is stored: %s', async (to) => {
    const server = await MailServer.start();
    const { couriers } = couriersWith(server.settings);

    await couriers.send(aMessage({ to }));

    expect([server.named, server.last().recipients]).toEqual([[to], [to]]);
  });

  it('R-73 begins no header out of a value either', async () => {
    const server = await MailServer.start();
    const words = { message: 'notice.locked', language: 'en', subject: 'Locked from {source}' };
    const { couriers } = couriersWith({ ...server.settings, 'couriers.texts': [words] });
    const values = { at: 'now', source: 'a\r\nBcc: thief@evil.example\r\n\r\nhello' };

    await couriers.send(aMessage({ name: 'notice.locked', values }));

    expect(server.last().recipients).toEqual(['person@example.org']);
    expect(server.last().subject).toBe('Locked from a Bcc: thief@evil.example hello');
    expect(server.last().headers.filter(([name]) => name === 'bcc')).toEqual([]);
  });
});
