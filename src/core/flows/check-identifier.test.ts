// Asking whether a number or an address is somebody's: what is told, and how often.
import { aPerson, joining } from '#tests/support/own-account';
import { aMobile, anEmail } from '#tests/support/people';
import { callFrom, codeOf, openTestRulebook, type OpenRulebook } from '#tests/support/rulebook';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

let book: OpenRulebook;
beforeAll(async () => {
  book = await openTestRulebook({ 'lookups.source.perHour': 5, 'lookups.subnet.perHour': 8 });
});
afterAll(() => book.house.close());

const ask = (kind: 'mobile' | 'email', text: string, call = callFrom(1)) =>
  book.flows.checkIdentifier({ claim: { kind, text } }, call);

describe('asking whose a number or an address is', () => {
  it('tells that it is somebody’s in any of its spellings, and of what realm', async () => {
    const [mobile, email] = [aMobile(), anEmail()];
    await book.addAccount({ mobile, email });

    const told = [
      await ask('mobile', `+86 ${mobile}`),
      await ask('email', email.toUpperCase()),
      await ask('mobile', aMobile()),
      await ask('mobile', mobile, { ...callFrom(1), realm: 'another' }),
    ];

    expect(told).toEqual([{ isHeld: true }, { isHeld: true }, { isHeld: false }, { isHeld: false }]);
  });

  it('R-75 calls nobody’s what was only typed in', async () => {
    const email = anEmail();
    await book.flows.signUp(joining(aPerson(), { identifiers: [{ kind: 'email', text: email }] }), callFrom(2));

    expect(await ask('email', email, callFrom(2))).toEqual({ isHeld: false });
  });

  it('refuses what can be nobody’s, and charges nothing for it', async () => {
    const refused = [];
    for (const _ of Array(6).keys()) refused.push(await codeOf(ask('mobile', '12345', callFrom(3))));

    expect(new Set(refused)).toEqual(new Set(['identifier.malformed']));
    expect(await ask('mobile', aMobile(), callFrom(3))).toEqual({ isHeld: false });
  });

  it('R-26 is closed under the strict policy, whoever has it', async () => {
    const mobile = aMobile();
    await book.addAccount({ mobile });
    const strict = callFrom(4, 'strict');

    expect([await codeOf(ask('mobile', mobile, strict)), await codeOf(ask('mobile', aMobile(), strict))]).toEqual([
      'lookup.closed',
      'lookup.closed',
    ]);
  });
});

describe('asking again and again', () => {
  beforeEach(() => book.clock.advance('2h'));

  const outcome = (from: number) =>
    ask('mobile', aMobile(), callFrom(from)).then(
      ({ isHeld }) => String(isHeld),
      ({ code, detail }: { code: string; detail: { field: string } }) => `${code} ${detail.field}`,
    );

  it('R-26 is answered so many times an hour, however many questions come at once', async () => {
    const atOnce = await Promise.all(Array.from({ length: 20 }, () => outcome(10)));
    book.clock.advance('2h');
    const later = await outcome(10);

    expect(atOnce.filter((each) => each === 'false')).toHaveLength(5);
    expect(atOnce.filter((each) => each === 'lookup.too-many lookup-source')).toHaveLength(15);
    expect(later).toBe('false');
  });

  it('is no cheaper from many addresses of one network', async () => {
    const heard = [];
    for (const from of [20, 21, 22, 23, 24, 25, 26, 27, 28]) heard.push(await outcome(from));

    expect(heard.at(-2)).toBe('false');
    expect(heard.at(-1)).toBe('lookup.too-many lookup-subnet');
  });
});
