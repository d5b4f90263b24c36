// What couriers must be told before a server starts with them.
import { inFreshFolders, load, problemsOf } from '#tests/support/configuration';
import { describe, expect, it } from 'vitest';

inFreshFolders();

const SMTP = { 'couriers.email': 'smtp', 'couriers.smtp.host': 'mail.example', 'couriers.smtp.from': 'a@b.example' };
const row = (more: object) => ({ 'couriers.texts': [{ message: 'code.sign-in', language: 'zh', ...more }] });
const template = (more: object) => ({
  'couriers.aliyun.templates': [{ message: 'code.sign-in', id: 'SMS_1', parameters: ['code'], ...more }],
});

describe('couriers that were not told enough', () => {
  it.each([
    [{ 'couriers.email': 'smtp' }, ['smtp.host', 'smtp.from']],
    [{ 'couriers.sms': 'webhook' }, ['webhook.url', 'webhook.secret']],
    [{ 'couriers.sms': 'aliyun' }, ['aliyun.accessKeyId', 'aliyun.accessKeySecret', 'aliyun.signName']],
    [{ 'couriers.sms': 'tencent' }, ['tencent.secretId', 'tencent.secretKey', 'tencent.appId']],
    [{ ...SMTP, 'couriers.smtp.from': 'Understudy <a@b.example>' }, ['smtp.from']],
    [{ ...SMTP, 'couriers.smtp.from': 'a@b.example, c@d.example' }, ['smtp.from']],
    [{ ...SMTP, 'couriers.smtp.security': 'none' }, ['smtp.security']],
    [{ 'couriers.webhook.url': 'http://hooks.example/' }, ['webhook.url']],
    [{ 'couriers.webhook.url': 'https://user:password@hooks.example/' }, ['webhook.url']],
    [{ 'couriers.tencent.endpoint': 'http://sms.tencentcloudapi.com' }, ['tencent.endpoint']],
    [row({ sms: '{code} {password}' }), ['texts']],
    [row({ subject: '{at}' }), ['texts']],
    [row({ email: '{}' }), ['texts']],
    [row({ link: 'x' }), ['texts']],
    [row({ message: 'code.unknown' }), ['texts']],
    [{ 'couriers.texts': [...row({ sms: 'a' })['couriers.texts'], ...row({ sms: 'b' })['couriers.texts']] }, ['texts']],
    [template({ parameters: ['source'] }), ['aliyun.templates']],
    [template({ language: 'fr' }), ['aliyun.templates']],
  ])('are refused: %j', (flags, keys) => {
    const problems = problemsOf({ flags });

    expect(problems.map((problem) => problem.split(' ')[0])).toEqual(keys.map((key) => `couriers.${key}`));
  });
});

describe('couriers that were told enough', () => {
  it.each([
    {},
    SMTP,
    { ...SMTP, 'couriers.smtp.host': '127.0.0.1', 'couriers.smtp.security': 'none' },
    { 'couriers.sms': 'webhook', 'couriers.webhook.url': 'http://127.0.0.1:9/', 'couriers.webhook.secret': 'x' },
    row({ sms: '{product} {code} {minutes}', subject: 'x', email: 'y {code}' }),
    template({ language: 'en', parameters: [] }),
  ])('are accepted: %j', (flags) => {
    expect(problemsOf({ flags })).toEqual([]);
  });

  it('take their secrets from the environment, and their templates as JSON', () => {
    const { couriers } = load({
      env: {
        UNDERSTUDY_COURIERS_SMS: 'aliyun',
        UNDERSTUDY_COURIERS_ALIYUN_ACCESS_KEY_ID: 'id',
        UNDERSTUDY_COURIERS_ALIYUN_ACCESS_KEY_SECRET: 'secret',
        UNDERSTUDY_COURIERS_ALIYUN_SIGN_NAME: '演员',
        UNDERSTUDY_COURIERS_ALIYUN_TEMPLATES: '[{"message":"code.reset","id":"SMS_1","parameters":["code"]}]',
      },
    });

    expect(couriers.aliyun).toMatchObject({
      accessKeySecret: 'secret',
      templates: [{ message: 'code.reset', id: 'SMS_1', parameters: ['code'] }],
    });
  });
});
