// Sending codes: to whom, what they are good for, and what becomes of those that do not arrive.
import { Secret } from '#core';
import { inTurn, type Office, office, ROOMY, tally } from '#tests/support/code-office';
import { aMobile, anEmail, aUsername } from '#tests/support/people';
import { callFrom } from '#tests/support/rulebook';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

describe('sending a code', () => {
  let desk: Office;
  beforeAll(async () => {
    desk = await office(ROOMY);
  });
  afterAll(() => desk.close());

  it('carries one that signs in, once', async () => {
    const mobile = await desk.somebody();

    const outcome = await desk.send(mobile);

    const [message] = desk.mailbox.messages.slice(-1);
    expect(outcome).toBe('sent');
    expect(message).toMatchObject({ channel: 'sms', to: `+86${mobile}`, name: 'code.sign-in', language: 'en' });
    expect(message?.values).toEqual({ code: expect.any(Secret) as Secret, minutes: '5' });
    expect(await desk.signIn(mobile, desk.mailbox.codeFor(mobile))).toBe('signed in');
    expect(await desk.signIn(mobile, desk.mailbox.codeFor(mobile))).toBe('code.expired');
  });

  it('goes to an e-mail address by e-mail', async () => {
    const email = anEmail();

    await desk.send(email.toUpperCase());

    expect(desk.mailbox.messages.at(-1)).toMatchObject({ channel: 'email', to: email });
  });

  it.each(['nobody', 'x@y', '+1'])('refuses %j, which is no destination', async (text) => {
    expect(await desk.send(text)).toMatch(/^identifier\.malformed (?:mobile|email)$/);
  });

  it('R-43 draws one that is accepted once, though twenty give it at once', async () => {
    const mobile = await desk.somebody();
    await desk.send(mobile);
    const code = desk.mailbox.codeFor(mobile);

    const outcomes = await Promise.all(Array.from({ length: 20 }, () => desk.signIn(mobile, code)));

    expect(outcomes.filter((outcome) => outcome === 'signed in')).toHaveLength(1);
  });

  it('R-43 draws one that is good to its last second, and not a second longer', async () => {
    const [early, late] = [await desk.somebody(), await desk.somebody()];
    await desk.send(early);
    await desk.send(late);

    desk.clock.advance('299s');
    const inTime = await desk.signIn(early, desk.mailbox.codeFor(early));
    desk.clock.advance('1s');

    expect([inTime, await desk.signIn(late, desk.mailbox.codeFor(late))]).toEqual(['signed in', 'code.expired']);
  });

  it('R-45 draws one for one purpose', async () => {
    const mobile = await desk.somebody();
    await desk.send(mobile, 1, { purpose: 'test.reset' });

    expect(await desk.signIn(mobile, desk.mailbox.codeFor(mobile))).toBe('code.expired');
  });

  it('R-45 draws one for one number', async () => {
    const [one, other] = [await desk.somebody(), await desk.somebody()];
    await desk.send(one);
    await desk.send(other);

    const outcomes = [await desk.signIn(other, desk.mailbox.codeFor(one))];

    expect(outcomes).toEqual([
      desk.mailbox.codeFor(one) === desk.mailbox.codeFor(other) ? 'signed in' : 'code.mismatch',
    ]);
  });

  it('R-45 ends the code of a number that changes hands', async () => {
    const { stores } = desk.rulebook.house;
    const mobile = aMobile();
    const { id } = await desk.rulebook.addAccount({ mobile });
    await desk.send(mobile);
    const audit = { at: desk.clock.now(), act: 'test', outcome: 'success', source: 'cli' } as const;
    await stores.accounts.removeIdentifier(id, 'mobile', audit);
    await desk.rulebook.addAccount({ mobile });

    expect(await desk.signIn(mobile, desk.mailbox.codeFor(mobile))).toBe('code.expired');
  });

  it('R-45 ends the earlier code when another is sent', async () => {
    const mobile = await desk.somebody();
    await desk.send(mobile);
    const earlier = desk.mailbox.codeFor(mobile);
    desk.clock.advance('60s');
    await desk.send(mobile);

    const outcome = await desk.signIn(mobile, earlier);

    expect(outcome).toBe(earlier === desk.mailbox.codeFor(mobile) ? 'signed in' : 'code.mismatch');
  });

  it('keeps the code of a number nobody has, for whoever registers with it', async () => {
    const mobile = aMobile();
    await desk.send(mobile);
    const code = desk.mailbox.codeFor(mobile);

    const before = await desk.signIn(mobile, code);
    await desk.rulebook.addAccount({ mobile });

    expect([before, await desk.signIn(mobile, code)]).toEqual(['account.unknown', 'signed in']);
  });
});

describe('a courier that is away', () => {
  let desk: Office;
  beforeAll(async () => {
    desk = await office(ROOMY);
  });
  afterAll(() => desk.close());

  it('is told, spares the next try the wait, and leaves no code behind', async () => {
    const mobile = await desk.somebody();
    desk.mailbox.goAway();
    const failed = await desk.send(mobile);
    desk.mailbox.goAway(false);

    const again = await desk.send(mobile);

    expect([failed, again]).toEqual(['courier.failed sms', 'sent']);
    expect(await desk.audited('code.send')).toEqual(expect.arrayContaining(['refused courier.failed', 'success']));
  });

  it('gives nobody more tries in an hour than messages', async () => {
    const mobile = aMobile();
    desk.mailbox.goAway();

    const outcomes = await Promise.all(Array.from({ length: 20 }, () => desk.send(mobile)));
    const later = [await desk.send(mobile), await desk.send(mobile), await desk.send(mobile), await desk.send(mobile)];
    desk.mailbox.goAway(false);

    expect([...outcomes, ...later].filter((outcome) => outcome === 'courier.failed sms')).toHaveLength(5);
    expect(await desk.send(mobile)).toBe('code.too-many destination-hour');
  });
});

describe('whom a code may be sent to', () => {
  let desk: Office;
  beforeAll(async () => {
    desk = await office({ 'codes.subnet.perHour': 1000 });
  });
  afterAll(() => desk.close());

  it('is told where the document tells it', async () => {
    const mobile = await desk.somebody();

    expect(await desk.send(aMobile(), 1, { expects: 'account' })).toBe('account.unknown');
    expect(await desk.send(mobile, 1, { expects: 'nobody' })).toBe('identifier.taken');
    expect(await desk.send(mobile, 1, { expects: 'account' })).toBe('sent');
  });

  it('R-75 is nobody who has not proven the number', async () => {
    const mobile = aMobile();
    const { id } = await desk.rulebook.addAccount({ username: aUsername() });
    const unproven = { kind: 'mobile', key: `+86${mobile}`, shown: `+86${mobile}`, verifiedAt: null } as const;
    const audit = { at: desk.clock.now(), act: 'test', outcome: 'success', source: 'cli' } as const;
    await desk.rulebook.house.stores.accounts.putIdentifier(id, unproven, audit);

    expect(await desk.send(mobile, 2, { expects: 'account' })).toBe('account.unknown');
  });

  it('R-46 is told to one source thirty times an hour', async () => {
    const outcomes = await inTurn(40, () => desk.send(aMobile(), 3, { expects: 'account' }));

    expect(tally(outcomes)).toEqual({ 'account.unknown': 30, 'code.too-many source': 10 });
  });
});

describe('whom a code is sent to under the strict policy', () => {
  let desk: Office;
  beforeAll(async () => {
    desk = await office({ 'codes.subnet.perHour': 1000 });
  });
  afterAll(() => desk.close());

  it.each(['account', 'nobody'] as const)(
    'R-26 is told to nobody, by no row of answers (%s expected)',
    async (expects) => {
      const answers = (mobile: string, from: number): Promise<readonly string[]> =>
        inTurn(12, async () => {
          const outcome = await desk.send(mobile, callFrom(from, 'strict'), { expects });
          desk.clock.advance('31s');
          return outcome;
        });

      const ofKnown = await answers(await desk.somebody(), 10);
      const ofUnknown = await answers(aMobile(), 11);

      expect(ofUnknown).toEqual(ofKnown);
      expect(tally(ofKnown)).toEqual({ sent: 5, 'code.too-soon resend': 4, 'code.too-many destination-hour': 3 });
    },
  );

  it('R-27 is told before any message leaves', async () => {
    const [known, unknown] = [await desk.somebody(), aMobile()];
    await desk.books.errands.finished();
    const before = desk.mailbox.messages.length;
    const release = desk.mailbox.hold();

    const outcomes = [
      await desk.send(known, callFrom(20, 'strict'), { expects: 'account' }),
      await desk.send(unknown, callFrom(20, 'strict'), { expects: 'account' }),
    ];

    expect([outcomes, desk.mailbox.messages.length - before]).toEqual([['sent', 'sent'], 0]);
    release();
    await desk.books.errands.finished();
    expect(desk.mailbox.messages.slice(before).map(({ to }) => to)).toEqual([`+86${known}`]);
    expect(await desk.signIn(known, desk.mailbox.codeFor(known))).toBe('signed in');
  });

  it('R-27 is not told by a courier that fails', async () => {
    const mobile = await desk.somebody();
    desk.mailbox.goAway();

    const outcome = await desk.send(mobile, callFrom(21, 'strict'), { expects: 'account' });
    await desk.books.errands.finished();
    desk.mailbox.goAway(false);

    expect(outcome).toBe('sent');
    expect(await desk.audited('code.send')).toContain('refused courier.failed');
  });
});
