// An office that sends codes: the rulebook on a store in memory, and a mailbox in which its messages end.
import { type AskOf, type Call, Refusal, Secret } from '#core';

import type { Rulebook } from '../../src/main/flows.ts';
import { Mailbox } from './mailbox.ts';
import { aMobile } from './people.ts';
import { callFrom, openTestRulebook, type OpenRulebook, outcomeOf, TERMS } from './rulebook.ts';

/** A rulebook whose messages end in a mailbox. */
export async function office(settings: Readonly<Record<string, unknown>> = {}): Promise<Office> {
  const rulebook = await openTestRulebook(settings);
  const mailbox = new Mailbox();
  return new Office(rulebook, rulebook.rebuilt({ couriers: mailbox }), mailbox);
}

const CODE = { alphabet: '0123456789', length: 6 };

export const askFor = (text: string, more: Partial<AskOf<'sendCode'>> = {}): AskOf<'sendCode'> => ({
  claim: { kind: text.includes('@') ? 'email' : 'mobile', text },
  purpose: 'test.login',
  message: 'code.sign-in',
  code: CODE,
  lifeSeconds: 300,
  tries: 5,
  expects: 'anyone',
  language: 'en',
  ...more,
});

/** The desk at which codes are asked for. */
export class Office {
  readonly rulebook: OpenRulebook;
  readonly books: Rulebook;
  readonly mailbox: Mailbox;

  constructor(rulebook: OpenRulebook, books: Rulebook, mailbox: Mailbox) {
    this.rulebook = rulebook;
    this.books = books;
    this.mailbox = mailbox;
  }

  get clock() {
    return this.rulebook.clock;
  }

  /** `sent`, or the code of the refusal and what it is about. */
  async send(text: string, from: Call | number = 1, more: Partial<AskOf<'sendCode'>> = {}): Promise<string> {
    try {
      await this.books.flows.sendCode(askFor(text, more), typeof from === 'number' ? callFrom(from) : from);
      return 'sent';
    } catch (reason) {
      if (!(reason instanceof Refusal)) throw reason;
      const { field } = reason.detail;
      return field === undefined ? reason.code : `${reason.code} ${field}`;
    }
  }

  signIn(mobile: string, code: string, { from = 1, purpose = 'test.login' } = {}): Promise<string> {
    const claims = [{ kind: 'mobile', text: mobile }] as const;
    const ask = { claims, code: new Secret(code), purpose, session: TERMS, client: {} };
    return outcomeOf(this.books.flows.signInWithCode(ask, callFrom(from)));
  }

  async somebody(): Promise<string> {
    const mobile = aMobile();
    await this.rulebook.addAccount({ mobile });
    return mobile;
  }

  /** The acts that were audited under that name, with their reasons. */
  async audited(act: string): Promise<readonly string[]> {
    const entries = await this.rulebook.house.stores.audit.list(0, 10_000);
    return entries
      .filter((entry) => entry.act === act)
      .map(({ outcome, reason }) => `${outcome} ${reason ?? ''}`.trim());
  }

  close(): Promise<void> {
    return this.rulebook.house.close();
  }
}

/** One after the other, so many times. */
export async function inTurn<T>(times: number, act: (turn: number) => Promise<T>): Promise<readonly T[]> {
  const outcomes: T[] = [];
  for (let turn = 0; turn < times; turn += 1) outcomes.push(await act(turn));
  return outcomes;
}

export const tally = (outcomes: readonly string[]): Record<string, number> =>
  Object.fromEntries(
    [...new Set(outcomes)].map((outcome) => [outcome, outcomes.filter((each) => each === outcome).length]),
  );

/** Nothing but the destination's own limits stands in the way. */
export const ROOMY = {
  'codes.source.perHour': 100_000,
  'codes.source.leastPercent': 0,
  'codes.subnet.perHour': 100_000,
  'codes.prefix.perHour': 100_000,
  'codes.prefix.leastPercent': 0,
  'budgets.source.failures': 100_000,
  'budgets.subnet.failures': 100_000,
  'budgets.names.failures': 100_000,
};
