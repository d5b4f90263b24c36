// `courier test`, what `doctor` says of couriers, notices about what the command line does, and the courier for development.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MailServer } from '#tests/support/mail-server';
import { aPassword, anEmail } from '#tests/support/people';
import { startProvider } from '#tests/support/provider';
import { newFolder } from '#tests/support/run-folder';
import { describe, expect, it } from 'vitest';

import { ChildServer } from '../support/child-server.ts';
import { CommandLine, run } from '../support/command-line.ts';

const variables = ({ settings }: MailServer): Record<string, string> => ({
  UNDERSTUDY_COURIERS_EMAIL: 'smtp',
  UNDERSTUDY_COURIERS_TIMEOUT_MS: '30000',
  UNDERSTUDY_COURIERS_SMTP_HOST: '127.0.0.1',
  UNDERSTUDY_COURIERS_SMTP_PORT: String(settings['couriers.smtp.port']),
  UNDERSTUDY_COURIERS_SMTP_SECURITY: 'none',
  UNDERSTUDY_COURIERS_SMTP_FROM: 'no-reply@understudy.example',
});

const PRINTING = { UNDERSTUDY_COURIERS_SMS: 'log', UNDERSTUDY_COURIERS_DEVELOPMENT: 'true' };

describe('testing a courier', () => {
  it('sends a message by the way named', async () => {
    const mail = await MailServer.start();
    const operator = new CommandLine(variables(mail));

    const report = await operator.json(['courier', 'test', 'email', 'Person@Example.org', '--language', 'en']);

    expect(report).toEqual({ isTaken: true, error: null });
    expect(mail.last()).toMatchObject({ recipients: ['person@example.org'], subject: 'Understudy: sign-in code' });
  });

  it('tells why it was not taken, and exits with 1', async () => {
    const mail = await MailServer.start({ refusesWith: { code: 550, text: 'no person@example.org here' } });
    const operator = new CommandLine(variables(mail));

    const refused = await operator.run(['courier', 'test', 'email', 'person@example.org']);
    const missing = await operator.run(['courier', 'test', 'sms', '19912345678']);

    expect([refused, missing]).toEqual([
      { code: 1, out: 'smtp: EENVELOPE 550\n', err: '' },
      { code: 1, out: 'sms: there is no courier\n', err: '' },
    ]);
  });

  it.each([
    [['pigeon', 'person@example.org'], /the channel is one of sms, email/],
    [['email', 'person@example.org,thief@evil.example'], /that is no e-mail address/],
    [['sms', '1'], /that is no number/],
    [['email', 'person@example.org', '--language', 'fr'], /the language is one of zh, en/],
    [['email'], /missing required argument/],
  ])('exits with 2 when it is called with %j', async (words, complaint) => {
    const { code, err } = await new CommandLine().run(['courier', 'test', ...words]);

    expect([code, err]).toEqual([2, expect.stringMatching(complaint)]);
  });
});

describe('a secret of a courier', () => {
  it('R-89 is shown by no command, whatever becomes of it', async () => {
    const secret = aPassword();
    const provider = await startProvider(() => ({ status: 500, body: secret }));
    const operator = new CommandLine({
      UNDERSTUDY_COURIERS_SMS: 'tencent',
      UNDERSTUDY_COURIERS_TENCENT_ENDPOINT: provider.url,
      UNDERSTUDY_COURIERS_TENCENT_SECRET_ID: 'id',
      UNDERSTUDY_COURIERS_TENCENT_SECRET_KEY: secret,
      UNDERSTUDY_COURIERS_TENCENT_APP_ID: '1400006666',
      UNDERSTUDY_COURIERS_TENCENT_TEMPLATES: '[{"message":"code.sign-in","id":"1","parameters":["code"]}]',
    });

    const runs = [
      await operator.run(['config', 'show']),
      await operator.run(['config', 'show', '--json']),
      await operator.run(['doctor']),
      await operator.run(['courier', 'test', 'sms', '19912345678']),
    ];

    expect(runs.map(({ code }) => code)).toEqual([0, 0, 0, 1]);
    expect(runs.map(({ out, err }) => out + err).join('\n')).not.toContain(secret);
    expect(provider.arrived).toHaveLength(1);
  });

  it('R-105 in a file that others may read keeps the server from starting', async () => {
    const file = join(newFolder('data'), 'courier.toml');
    writeFileSync(file, '[couriers.smtp]\npassword = "not for everybody"\n', { mode: 0o644 });

    const { code, err } = await run(['serve', '--port', '0', '--config', file, '--data', newFolder('data')]);

    expect([code, err]).toEqual([1, expect.stringContaining(file)]);
  });
});

describe('the doctor', () => {
  it('says which channel has a courier, and which messages nobody has approved', async () => {
    const operator = new CommandLine({
      UNDERSTUDY_COURIERS_SMS: 'aliyun',
      UNDERSTUDY_COURIERS_ALIYUN_ACCESS_KEY_ID: 'id',
      UNDERSTUDY_COURIERS_ALIYUN_ACCESS_KEY_SECRET: 'secret',
      UNDERSTUDY_COURIERS_ALIYUN_SIGN_NAME: '演员',
      UNDERSTUDY_COURIERS_ALIYUN_TEMPLATES: '[{"message":"code.sign-in","id":"1","parameters":["code"]}]',
    });

    const { findings } = (await operator.json(['doctor'])) as unknown as { findings: readonly { about: string }[] };

    expect(findings.filter(({ about }) => about.startsWith('courier'))).toEqual([
      {
        about: 'courier sms',
        verdict: 'note',
        text: 'aliyun; there is no template for code.register, code.reset, notice.locked, notice.new-source, notice.password-changed',
      },
      { about: 'courier email', verdict: 'note', text: 'there is none; codes by this way are refused' },
    ]);
  });

  it('finds it wrong that notices are wanted which nothing could carry', async () => {
    const { code, out } = await new CommandLine({ UNDERSTUDY_NOTICES_LOCKED: 'true' }).run(['doctor']);

    expect([code, out]).toEqual([1, expect.stringContaining('some are wanted, but no channel has a courier')]);
  });
});

describe('setting a password on the command line', () => {
  it('tells the owner before the command ends', async () => {
    const mail = await MailServer.start();
    const operator = new CommandLine({ ...variables(mail), UNDERSTUDY_NOTICES_PASSWORD_CHANGED: 'true' });
    const email = anEmail();
    await operator.addAccount(['--username', 'ada', '--email', email], aPassword());
    const before = mail.letters.length;

    await operator.json(['account', 'set-password', 'ada', '--password-stdin'], aPassword());

    expect(before).toBe(0);
    expect(mail.letters.map(({ recipients, subject }) => ({ recipients, subject }))).toEqual([
      { recipients: [email], subject: 'Understudy 密码已修改' },
    ]);
  });
});

describe('the courier for development', () => {
  it('keeps a server from starting until its operator says that this is development', async () => {
    const env = { UNDERSTUDY_COURIERS_SMS: 'log' };

    const { code, err } = await run(['serve', '--port', '0', '--data', newFolder('data')], { env });

    expect([code, err]).toEqual([1, expect.stringContaining('couriers.sms = log prints codes')]);
  });

  it('is loud about itself: in the log, and to the doctor', async () => {
    const server = await ChildServer.start([], { env: PRINTING });

    expect(server.log.map(({ msg }) => msg)).toContainEqual(
      expect.stringMatching(/^DEVELOPMENT ONLY: codes are printed/),
    );
    expect(await new CommandLine(PRINTING).run(['doctor'])).toMatchObject({
      out: expect.stringContaining('DEVELOPMENT ONLY') as string,
    });
  });

  it('leaves the report of a command alone', async () => {
    const { code, out, err } = await run(
      ['courier', 'test', 'sms', '19912345678', '--json', '--data', newFolder('data')],
      {
        env: PRINTING,
      },
    );

    expect([code, JSON.parse(out)]).toEqual([0, { isTaken: true, error: null }]);
    expect(err).toContain('DEVELOPMENT: not sent by sms to +8619912345678: 【Understudy】登录验证码 000000');
  });
});
