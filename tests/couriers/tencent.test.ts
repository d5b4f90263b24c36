// Short messages through a double of Tencent Cloud, which checks the signature and answers as its documentation says.
import { createHash, createHmac } from 'node:crypto';
import { type Message, Secret } from '#core';
import { aMessage, couriersWith, outcomeOfSending } from '#tests/support/couriers';
import { type Arrived, type Provider, type ProviderReply, startProvider } from '#tests/support/provider';
import { describe, expect, it } from 'vitest';

const KEY = 'tencent-key-5Hq8Zr2Lw9';

const answering = (response: object): ProviderReply => ({ status: 200, body: JSON.stringify({ Response: response }) });
const status = (code: string): ProviderReply =>
  answering({
    SendStatusSet: [{ SerialNo: '5000:1', PhoneNumber: '+8619912345678', Fee: 1, Code: code, Message: 'text' }],
    RequestId: 'a0aabda6-cf91-4f3e-a81f-9198114a2279',
  });
const refused = (code: string): ProviderReply =>
  answering({ Error: { Code: code, Message: `of ${KEY}` }, RequestId: 'ed93f3cb-f35e-473f-b9f3-0d451b8b79c6' });

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** As the provider does it: from what arrived. */
function isSigned({ headers, body }: Arrived): boolean {
  const seconds = String(headers['x-tc-timestamp']);
  const date = new Date(Number(seconds) * 1000).toISOString().slice(0, 10);
  const canonical = `POST\n/\n\ncontent-type:${headers['content-type'] ?? ''}\nhost:${headers.host ?? ''}\n\ncontent-type;host\n${sha256(body)}`;
  const text = `TC3-HMAC-SHA256\n${seconds}\n${date}/sms/tc3_request\n${sha256(canonical)}`;
  const signature = hmac(hmac(hmac(hmac(`TC3${KEY}`, date), 'sms'), 'tc3_request'), text).toString('hex');
  return (
    headers.authorization ===
    `TC3-HMAC-SHA256 Credential=AKID1/${date}/sms/tc3_request, SignedHeaders=content-type;host, Signature=${signature}`
  );
}

const startTencent = (reply: ProviderReply): Promise<Provider> =>
  startProvider((request) => (isSigned(request) ? reply : refused('AuthFailure.SignatureFailure')));

const settingsFor = (url: string) => ({
  'couriers.sms': 'tencent',
  'couriers.timeoutMs': 20_000,
  'couriers.tencent.endpoint': url,
  'couriers.tencent.secretId': 'AKID1',
  'couriers.tencent.secretKey': KEY,
  'couriers.tencent.appId': '1400006666',
  'couriers.tencent.signName': '演员',
  'couriers.tencent.templates': [
    { message: 'code.sign-in', id: '1110', parameters: ['code', 'minutes'] },
    { message: 'code.sign-in', language: 'en', id: '1111', parameters: ['minutes', 'code'] },
  ],
});

const aShortMessage = (more: Partial<Message> = {}): Message =>
  aMessage({ channel: 'sms', to: '+8619912345678', language: 'zh', ...more });

const send = async (reply: ProviderReply, settings: object = {}, message = aShortMessage()): Promise<string> => {
  const provider = await startTencent(reply);
  const { couriers } = couriersWith({ ...settingsFor(provider.url), ...settings });
  return outcomeOfSending(couriers.send(message));
};

const UNREADABLE = 'an answer that cannot be read';

interface Failure {
  readonly what: string;
  readonly reply?: ProviderReply;
  readonly settings?: object;
  readonly code: string;
}

describe('a short message through Tencent Cloud', () => {
  it('is signed, and asks for the approved template with its parameters in order', async () => {
    const provider = await startTencent(status('Ok'));
    const { couriers, clock } = couriersWith(settingsFor(provider.url));

    await couriers.send(aShortMessage());
    await couriers.send(aShortMessage({ language: 'en' }));

    const [first, second] = provider.arrived;
    expect(JSON.parse(first?.body ?? '')).toEqual({
      PhoneNumberSet: ['+8619912345678'],
      SmsSdkAppId: '1400006666',
      SignName: '演员',
      TemplateId: '1110',
      TemplateParamSet: ['482915', '10'],
    });
    expect(JSON.parse(second?.body ?? '')).toMatchObject({ TemplateId: '1111', TemplateParamSet: ['10', '482915'] });
    expect(first).toMatchObject({
      method: 'POST',
      path: '/',
      headers: {
        'x-tc-action': 'SendSms',
        'x-tc-region': 'ap-guangzhou',
        'x-tc-timestamp': String(clock.now() / 1000),
        'x-tc-version': '2021-01-11',
      },
    });
  });

  it.each<Failure>([
    { what: 'a wrong key', settings: { 'couriers.tencent.secretKey': 'x' }, code: 'AuthFailure.SignatureFailure' },
    {
      what: 'too many to one number',
      reply: status('LimitExceeded.PhoneNumberDailyLimit'),
      code: 'LimitExceeded.PhoneNumberDailyLimit',
    },
    {
      what: 'an empty purse',
      reply: status('FailedOperation.InsufficientBalanceInSmsPackage'),
      code: 'FailedOperation.InsufficientBalanceInSmsPackage',
    },
    {
      what: 'a request it does not like',
      reply: refused('InvalidParameterValue.IncorrectPhoneNumber'),
      code: 'InvalidParameterValue.IncorrectPhoneNumber',
    },
    { what: 'an answer that is none', reply: { status: 502, body: '<html>' }, code: UNREADABLE },
    { what: 'an empty answer', reply: { status: 200, body: '{}' }, code: UNREADABLE },
    { what: 'an answer of nothing', reply: { status: 200, body: 'null' }, code: UNREADABLE },
    { what: 'a code that is no code', reply: status('Ok\nor so'), code: UNREADABLE },
    {
      what: 'an answer without end',
      reply: { status: 200, body: 'x'.repeat(100_000) },
      code: 'the answer is too long',
    },
    { what: 'no answer', reply: 'never', settings: { 'couriers.timeoutMs': 300 }, code: 'no answer in time' },
  ])('fails with the code of $what', async ({ reply = status('Ok'), settings, code }) => {
    expect(await send(reply, settings)).toBe(`tencent: ${code}`);
  });

  it('fails before it is sent when no template was approved for it, or nobody fills it', async () => {
    expect(await send(status('Ok'), {}, aShortMessage({ name: 'code.reset' }))).toBe(
      'tencent: there is no template for code.reset',
    );
    expect(await send(status('Ok'), {}, aShortMessage({ values: { code: new Secret('482915') } }))).toBe(
      'words: nobody says what fills {minutes} of code.sign-in',
    );
  });

  it('fails when nobody is there', async () => {
    const { couriers } = couriersWith(settingsFor('http://127.0.0.1:1'));

    expect(await outcomeOfSending(couriers.send(aShortMessage()))).toMatch(/^tencent: no answer \([\w -]+\)$/);
  });

  it.each(['19912345678', '+8619912345678,+8613800000000', '+86 19912345678', '＋8619912345678', 'x', ''])(
    'R-73 goes to no number that is not spelled as it is stored: %s',
    async (to) => {
      const provider = await startTencent(status('Ok'));
      const { couriers } = couriersWith(settingsFor(provider.url));

      expect(await outcomeOfSending(couriers.send(aShortMessage({ to })))).toBe('sms: that is no address');
      expect(provider.arrived).toEqual([]);
    },
  );
});
