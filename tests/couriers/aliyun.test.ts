// Short messages through a double of Alibaba Cloud, which checks the signature and answers as its documentation says.
import { createHash, createHmac } from 'node:crypto';
import type { Message } from '#core';
import { aMessage, couriersWith, outcomeOfSending } from '#tests/support/couriers';
import { type Arrived, type Provider, type ProviderReply, startProvider } from '#tests/support/provider';
import { describe, expect, it } from 'vitest';

const KEY = 'aliyun-key-7Tb4Xn6Kd1';

const answering = (code: string, statusCode = 200): ProviderReply => ({
  status: statusCode,
  body: JSON.stringify({ RequestId: 'F655A8D5-B967-440B-8683-DAD6FF8DE990', Code: code, Message: `of ${KEY}` }),
});

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** As the provider does it: from what arrived. */
function isSigned({ headers, path, body }: Arrived): boolean {
  const [, names = '', given = ''] = /SignedHeaders=([^,]+),Signature=(\w+)$/.exec(headers.authorization ?? '') ?? [];
  const lines = names.split(';').map((name) => `${name}:${String(headers[name])}\n`);
  const canonical = `POST\n/\n${path.slice(2)}\n${lines.join('')}\n${names}\n${sha256(body)}`;
  const text = `ACS3-HMAC-SHA256\n${sha256(canonical)}`;
  const isWhole = names === 'host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version';
  return isWhole && given === createHmac('sha256', KEY).update(text).digest('hex');
}

const startAliyun = (reply: ProviderReply): Promise<Provider> =>
  startProvider((request) => (isSigned(request) ? reply : answering('SignatureDoesNotMatch', 400)));

const settingsFor = (url: string) => ({
  'couriers.sms': 'aliyun',
  'couriers.timeoutMs': 20_000,
  'couriers.aliyun.endpoint': url,
  'couriers.aliyun.accessKeyId': 'LTAI1',
  'couriers.aliyun.accessKeySecret': KEY,
  'couriers.aliyun.signName': '演员',
  'couriers.aliyun.templates': [{ message: 'code.sign-in', id: 'SMS_153055065', parameters: ['code'] }],
});

const aShortMessage = (more: Partial<Message> = {}): Message =>
  aMessage({ channel: 'sms', to: '+8619912345678', language: 'zh', ...more });

interface Failure {
  readonly what: string;
  readonly reply?: ProviderReply;
  readonly settings?: object;
  readonly code: string;
}

describe('a short message through Alibaba Cloud', () => {
  it('is signed, and asks for the approved template with its parameters by name', async () => {
    const provider = await startAliyun(answering('OK'));
    const { couriers } = couriersWith(settingsFor(provider.url));

    await couriers.send(aShortMessage());
    await couriers.send(aShortMessage({ to: '+85261234567' }));

    const asked = provider.arrived.map(({ path }) => Object.fromEntries(new URLSearchParams(path.slice(2))));
    expect(asked[0]).toEqual({
      PhoneNumbers: '19912345678',
      SignName: '演员',
      TemplateCode: 'SMS_153055065',
      TemplateParam: '{"code":"482915"}',
    });
    expect(asked[1]?.['PhoneNumbers']).toBe('85261234567');
    expect(provider.arrived.map(({ headers }) => headers['x-acs-action'])).toEqual(['SendSms', 'SendSms']);
    expect(new Set(provider.arrived.map(({ headers }) => headers['x-acs-signature-nonce'])).size).toBe(2);
  });

  it.each<Failure>([
    { what: 'a wrong key', settings: { 'couriers.aliyun.accessKeySecret': 'x' }, code: 'SignatureDoesNotMatch' },
    { what: 'too many', reply: answering('isv.BUSINESS_LIMIT_CONTROL'), code: 'isv.BUSINESS_LIMIT_CONTROL' },
    { what: 'an empty purse', reply: answering('isv.AMOUNT_NOT_ENOUGH'), code: 'isv.AMOUNT_NOT_ENOUGH' },
    { what: 'an answer that is none', reply: { status: 502, body: '<html>' }, code: 'an answer that cannot be read' },
    { what: 'an answer of nothing', reply: { status: 200, body: 'null' }, code: 'an answer that cannot be read' },
    { what: 'no answer', reply: 'never', settings: { 'couriers.timeoutMs': 300 }, code: 'no answer in time' },
  ])('fails with the code of $what', async ({ reply = answering('OK'), settings = {}, code }) => {
    const provider = await startAliyun(reply);
    const { couriers } = couriersWith({ ...settingsFor(provider.url), ...settings });

    expect(await outcomeOfSending(couriers.send(aShortMessage()))).toBe(`aliyun: ${code}`);
  });

  it('fails before it is sent when no template was approved for it', async () => {
    const provider = await startAliyun(answering('OK'));
    const { couriers } = couriersWith(settingsFor(provider.url));

    const outcome = await outcomeOfSending(couriers.send(aShortMessage({ name: 'code.register' })));

    expect([outcome, provider.arrived]).toEqual(['aliyun: there is no template for code.register', []]);
  });
});
