// From where somebody signed in lately, as the server remembers it.
import { describe, expect, it } from 'vitest';

import { asking, callFrom, openTestRulebook, type OpenRulebook, outcomeOf } from '#tests/support/rulebook';

import { Regulars } from './regulars.ts';

const NAME = 'somebody regular';
const PASSWORD = 'a password of nobody else';

async function signIn({ flows }: OpenRulebook, password: string, from: number): Promise<string> {
  return outcomeOf(flows.signInWithPassword(asking(NAME, password), callFrom(from)));
}

describe('a source', () => {
  it('is known once somebody has signed in from there, and not for a wrong password', async () => {
    const rulebook = await openTestRulebook();
    await rulebook.addAccount({ username: NAME, password: PASSWORD });
    const { regulars } = rulebook.house;

    await signIn(rulebook, PASSWORD, 1);
    await signIn(rulebook, 'not the password', 2);
    await rulebook.house.close();

    expect([regulars.isKnown('192.0.2.1'), regulars.isKnown('192.0.2.2')]).toEqual([true, false]);
  });

  it('is learned from the store, for a month, and from then on what is new', async () => {
    const rulebook = await openTestRulebook();
    await rulebook.addAccount({ username: NAME, password: PASSWORD });
    await signIn(rulebook, PASSWORD, 1);
    rulebook.clock.advance('20d');
    await signIn(rulebook, PASSWORD, 2);
    rulebook.clock.advance('20d');
    const others = new Regulars();

    await others.learn(rulebook.house);
    const atFirst = ['192.0.2.1', '192.0.2.2', '192.0.2.3'].map((source) => others.isKnown(source));
    rulebook.clock.advance('1m');
    await signIn(rulebook, PASSWORD, 3);
    await others.learn(rulebook.house);
    await rulebook.house.close();

    expect(atFirst).toEqual([false, true, false]);
    expect(others.isKnown('192.0.2.3')).toBe(true);
  });
});
