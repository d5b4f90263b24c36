// Messages posted to a program of the operator's, and what it can rely on.
import { createHmac } from 'node:crypto';
import { aMessage, couriersWith, outcomeOfSending } from '#tests/support/couriers';
import { type ProviderReply, startProvider } from '#tests/support/provider';
import { describe, expect, it } from 'vitest';

const SECRET = 'webhook-secret-of-32-characters-or-more';

const settingsFor = (url: string) => ({
  'couriers.sms': 'webhook',
  'couriers.email': 'webhook',
  'couriers.timeoutMs': 20_000,
  'couriers.webhook.url': `${url}/messages?from=understudy`,
  'couriers.webhook.secret': SECRET,
});

describe('a message posted to a webhook', () => {
  it('is told whole, and signed together with its instant', async () => {
    const program = await startProvider(() => ({ status: 204, body: '' }));
    const { couriers, clock } = couriersWith(settingsFor(program.url));

    await couriers.send(aMessage());
    await couriers.send(aMessage({ channel: 'sms', to: '+8619912345678', language: 'zh' }));

    const [letter, short] = program.arrived;
    expect(JSON.parse(letter?.body ?? '')).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      channel: 'email',
      to: 'person@example.org',
      name: 'code.sign-in',
      language: 'en',
      subject: 'Understudy: sign-in code',
      text: 'Your sign-in code is 482915. It is good for 10 minutes. Never tell it to anyone; we will not ask you for it.',
      values: { code: '482915', minutes: '10' },
    });
    expect(JSON.parse(short?.body ?? '')).toMatchObject({
      channel: 'sms',
      text: '【Understudy】登录验证码 482915，10 分钟内有效，请勿告诉他人。',
    });
    const seconds = clock.now() / 1000;
    const signature = createHmac('sha256', SECRET)
      .update(`${seconds}.${letter?.body ?? ''}`)
      .digest('hex');
    expect(letter?.headers['x-understudy-signature']).toBe(`t=${seconds},v1=${signature}`);
    expect(letter?.path).toBe('/messages?from=understudy');
  });

  it.each<[string, ProviderReply, string]>([
    ['an error', { status: 500, body: 'Your sign-in code is 482915' }, 'webhook: 500'],
    ['a wish to be asked elsewhere', { status: 307, body: '', headers: { location: '/elsewhere' } }, 'webhook: 307'],
    ['nothing', 'never', 'webhook: no answer in time'],
  ])('fails when the answer is %s', async (_, reply, outcome) => {
    const program = await startProvider(() => reply);
    const { couriers } = couriersWith({ ...settingsFor(program.url), 'couriers.timeoutMs': 500 });

    expect(await outcomeOfSending(couriers.send(aMessage()))).toBe(outcome);
    expect(program.arrived).toHaveLength(1);
  });
});

describe('a provider that hangs', () => {
  it('holds up so many messages and no more', async () => {
    const program = await startProvider(() => 'never');
    const { couriers } = couriersWith({ ...settingsFor(program.url), 'couriers.timeoutMs': 1000 });

    const outcomes = await Promise.all(Array.from({ length: 300 }, () => outcomeOfSending(couriers.send(aMessage()))));

    expect(outcomes.filter((outcome) => outcome === 'email: too many are under way')).toHaveLength(44);
    expect(outcomes.filter((outcome) => outcome.startsWith('webhook: no answer'))).toHaveLength(256);
  });
});

describe('a channel', () => {
  it('without a courier says so at once', async () => {
    const { couriers } = couriersWith({});

    expect(await outcomeOfSending(couriers.send(aMessage()))).toBe('email: there is no courier');
    expect(await outcomeOfSending(couriers.send(aMessage({ channel: 'sms', to: '+8619912345678' })))).toBe(
      'sms: there is no courier',
    );
  });

  it('with the courier for development prints what would have been sent', async () => {
    const { couriers, printed } = couriersWith({ 'couriers.email': 'log', 'couriers.sms': 'log' });

    await couriers.send(aMessage());
    await couriers.send(aMessage({ channel: 'sms', to: '+8619912345678' }));

    expect(printed).toEqual([
      'DEVELOPMENT: not sent by email to person@example.org: Your sign-in code is 482915. It is good for 10 minutes. Never tell it to anyone; we will not ask you for it.',
      'DEVELOPMENT: not sent by sms to +8619912345678: Understudy: 482915 is your sign-in code, good for 10 minutes. Never tell it to anyone.',
    ]);
  });
});
