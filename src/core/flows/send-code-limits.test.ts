// How many codes may be sent and guessed at, and what they may cost.
import { Secret } from '#core';
import { askFor, inTurn, type Office, office, ROOMY, tally } from '#tests/support/code-office';
import { aMobile, anEmail } from '#tests/support/people';
import { callFrom, TERMS } from '#tests/support/rulebook';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

describe('guessing codes', () => {
  let desk: Office;
  beforeAll(async () => {
    desk = await office({ ...ROOMY, 'budgets.account.failures': 10, 'budgets.account.forgetAfterSeconds': 0 });
  });
  afterAll(() => desk.close());

  /** Guesses that were evaluated, so many at once, from so many addresses. */
  async function evaluated(mobile: string, guesses: number, purpose = 'test.login'): Promise<number> {
    const outcomes = await Promise.all(
      Array.from({ length: guesses }, (_, turn) => desk.signIn(mobile, 'wrong!', { from: turn % 100, purpose })),
    );
    return outcomes.filter((outcome) => outcome === 'code.mismatch').length;
  }

  it('R-44 looks at five of two hundred that come at once', async () => {
    const mobile = await desk.somebody();
    await desk.send(mobile);

    expect(await evaluated(mobile, 200)).toBe(5);
    expect(await desk.signIn(mobile, desk.mailbox.codeFor(mobile))).not.toBe('signed in');
  });

  it('R-44 looks at five of each code and twenty a day, however often it is sent again, for whatever and from wherever', async () => {
    const mobile = await desk.somebody();

    const perCode = await inTurn(5, async (turn) => {
      const purpose = `dialect-${turn % 2}.login`;
      await desk.send(mobile, turn, { purpose });
      const looks = await evaluated(mobile, 200, purpose);
      desk.clock.advance('16m');
      return looks;
    });

    expect(perCode).toEqual([5, 5, 5, 5, 0]);
  });

  it('R-44 says when the twenty of the day are used up, and counts right codes for none', async () => {
    const mobile = await desk.somebody();
    const codes = await inTurn(4, async () => {
      await desk.send(mobile);
      const outcome = await desk.signIn(mobile, desk.mailbox.codeFor(mobile), { from: 200 });
      desk.clock.advance('16m');
      await desk.send(mobile);
      await evaluated(mobile, 5);
      desk.clock.advance('60m');
      return outcome;
    });

    await desk.send(mobile);
    const claims = [{ kind: 'mobile', text: mobile }] as const;
    const ask = { claims, code: new Secret('wrong!'), purpose: 'test.login', session: TERMS, client: {} };

    await expect(desk.books.flows.signInWithCode(ask, callFrom(1))).rejects.toMatchObject({
      code: 'throttle.account',
      detail: { field: 'looks', retryAfterSeconds: expect.any(Number) as number },
    });
    expect(codes).toEqual(Array(4).fill('signed in'));
  });
});

describe('guessing the codes of somebody who is at home', () => {
  it('R-36 does not shut them out', async () => {
    const desk = await office({ ...ROOMY, 'budgets.account.failures': 10, 'codes.looksPerDay': 5 });
    const mobile = await desk.somebody();
    await desk.send(mobile);
    await desk.signIn(mobile, desk.mailbox.codeFor(mobile), { from: 4 });
    desk.clock.advance('60s');
    await desk.send(mobile);
    await inTurn(5, () => desk.signIn(mobile, 'wrong!', { from: 6 }));
    desk.clock.advance('16m');
    await desk.send(mobile);
    const code = desk.mailbox.codeFor(mobile);

    const outcomes = [await desk.signIn(mobile, code, { from: 6 }), await desk.signIn(mobile, code, { from: 4 })];

    expect(outcomes).toEqual(['throttle.account', 'signed in']);
    await desk.close();
  });
});

describe('asking for many codes', () => {
  it('R-46 waits a minute between two for one number, and says so', async () => {
    const desk = await office();
    const mobile = aMobile();

    await desk.send(mobile);
    const again = desk.books.flows.sendCode(askFor(mobile), callFrom(1));

    await expect(again).rejects.toMatchObject({ code: 'code.too-soon', detail: { retryAfterSeconds: 60 } });
    desk.clock.advance('60s');
    expect(await desk.send(mobile)).toBe('sent');
    await desk.close();
  });

  it('R-46 sends five an hour and ten a day to one number, out of a thousand requests', async () => {
    const desk = await office(ROOMY);
    const mobile = aMobile();

    const outcomes = await inTurn(1000, async (turn) => {
      const outcome = await desk.send(mobile, turn % 250);
      desk.clock.advance('1m');
      return outcome;
    });

    expect(tally(outcomes.slice(0, 60))).toEqual({ sent: 5, 'code.too-many destination-hour': 55 });
    expect(tally(outcomes)['sent']).toBe(10);
    await desk.close();
  });

  it('R-46 sends thirty an hour to whatever numbers one source asks for, and names the limit', async () => {
    const desk = await office();

    const outcomes = await Promise.all(Array.from({ length: 1000 }, () => desk.send(aMobile())));

    const { sent, ...rest } = tally(outcomes);
    expect(sent).toBeLessThanOrEqual(30);
    expect(sent).toBeGreaterThan(25);
    expect(Object.keys(rest)).toContain('code.too-many source');
    await expect(desk.books.flows.sendCode(askFor(aMobile()), callFrom(1))).rejects.toMatchObject({
      detail: { limit: 30, retryAfterSeconds: 3600 },
    });
    await desk.close();
  });

  it('R-46 stops for everybody at the limit of the day, and raises the alarm once', async () => {
    const desk = await office({ ...ROOMY, 'codes.totalPerDay': 40 });

    const outcomes = await Promise.all(
      Array.from({ length: 200 }, (_, turn) => desk.send(`1380013${8000 + turn}`, turn)),
    );

    expect(tally(outcomes)).toEqual({ sent: 40, 'courier.failed total': 160 });
    expect(desk.mailbox.messages).toHaveLength(40);
    expect(await desk.audited('codes.guard')).toEqual(['refused total']);
    desk.clock.advance('25h');
    expect(await desk.send('13900139000')).toBe('sent');
    await desk.close();
  });

  it('R-46 stops when the money of the day is spent, dear numbers sooner', async () => {
    const desk = await office({
      ...ROOMY,
      'codes.spendPerDay': 1000,
      'codes.smsPrice': 100,
      'codes.prices': ['+1=900'],
    });

    const outcomes = [await desk.send('13800138000'), await desk.send('+14155550100'), await desk.send('13800138001')];

    expect(outcomes).toEqual(['sent', 'sent', 'courier.failed spend']);
    expect(await desk.send(anEmail())).toBe('sent');
    expect(await desk.audited('codes.guard')).toEqual(['refused spend']);
    await desk.close();
  });

  it('R-46 stops for numbers of a prefix whose codes nobody uses, and for no others', async () => {
    const desk = await office({ ...ROOMY, 'codes.prefix.leastPercent': 10, 'codes.prefix.sample': 20 });
    await inTurn(20, (turn) => desk.send(`1371111${2000 + turn}`, turn));
    desk.clock.advance('10m');

    const outcomes = [await desk.send('13711113000'), await desk.send('13711113001'), await desk.send('13800138000')];

    expect(outcomes).toEqual(['courier.failed prefix', 'courier.failed prefix', 'sent']);
    expect(await desk.audited('codes.guard')).toEqual(['refused prefix +86137']);
    desk.clock.advance('2h');
    expect(await desk.send('13711113000')).toBe('sent');
    await desk.close();
  });

  it('goes on where codes are used', async () => {
    const desk = await office({ ...ROOMY, 'codes.prefix.leastPercent': 10, 'codes.prefix.sample': 20 });
    const mobile = '13711112222';
    await desk.rulebook.addAccount({ mobile });
    await inTurn(18, (turn) => desk.send(`1371111${3000 + turn}`, turn));
    await inTurn(2, async () => {
      await desk.send(mobile);
      await desk.signIn(mobile, desk.mailbox.codeFor(mobile));
      await desk.books.errands.finished();
      desk.clock.advance('10m');
    });

    expect(await desk.send('13711114000')).toBe('sent');
    await desk.close();
  });
});
