// What every attempt store promises to whoever asks for recent failures.
import { describe, expect, it } from 'vitest';
import {
  auditOf,
  DAY,
  freshStores,
  given,
  guesses,
  LIMITS,
  MINUTE,
  type OpenEmpty,
  reservationOf,
  signedIn,
  signInOf,
  START,
} from '../stores.contract.ts';

/** Run it on every engine. */
export function describeSuspicion(open: OpenEmpty): void {
  describe('asking for recent failures', () => {
    suspecting(open);
  });
}

const ELSEWHERE = { sourceBucket: '198.51.100.7', subnet: '198.51.100.0/24' };

function suspecting(open: OpenEmpty): void {
  const opened = freshStores(open);
  const failing = (times: number, subject: string, from = {}) =>
    guesses(opened(), times, reservationOf(`${subject} ${JSON.stringify(from)}`, subject, from));
  const suspicion = (more: object = {}) =>
    opened().stores.attempts.suspicion({
      sourceBucket: '192.0.2.1',
      subnet: '192.0.2.0/24',
      limits: LIMITS,
      now: START,
      ...more,
    });

  it('counts those of the source, whomever they were aimed at', async () => {
    await failing(2, 'one');
    await failing(1, 'another');

    expect([await suspicion(), await suspicion(ELSEWHERE)]).toEqual([3, 0]);
  });

  it('R-28 counts those of the name that is asked for, whether or not somebody has it', async () => {
    const account = await given(opened(), 1);
    await failing(3, account.id);
    await failing(3, 'phantom');

    const asked = ['phantom', account.id, 'nobody'].map((subject) => suspicion({ ...ELSEWHERE, subject }));

    expect(await Promise.all(asked)).toEqual([3, 3, 0]);
  });

  it('R-36 does not hold the failures of strangers against a source the account knows', async () => {
    const account = await given(opened(), 1);
    await signedIn(opened(), signInOf(account, 'home'), ELSEWHERE);
    await failing(3, account.id);

    expect(await suspicion({ ...ELSEWHERE, subject: account.id })).toBe(0);
    expect(await suspicion({ subject: account.id })).toBe(3);
  });

  it('does not count the neighbours', async () => {
    await failing(3, 'one', { sourceBucket: '192.0.2.9' });

    expect(await suspicion()).toBe(0);
  });

  it('forgets with the window', async () => {
    await failing(3, 'one');

    const later = START + LIMITS.source.windowSeconds * 1000;
    expect([await suspicion({ now: later - 1 }), await suspicion({ now: later })]).toEqual([3, 0]);
  });

  it('counts what no reservation stood for', async () => {
    const source = { bucket: '192.0.2.1', subnet: '192.0.2.0/24' };
    await opened().stores.attempts.strike(source, { limits: LIMITS, at: START, audit: auditOf('app.admit') });

    expect([await suspicion({ now: START + MINUTE }), await suspicion({ now: START + DAY })]).toEqual([1, 0]);
  });
}
