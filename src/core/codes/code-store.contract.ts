// What every code store promises.
import { describe, expect, it } from 'vitest';
import {
  HOSTILE_TEXTS,
  MINUTE,
  type OpenEmpty,
  SECOND,
  START,
  fiftyAtOnce,
  freshStores,
  tally,
} from '../stores.contract.ts';
import type { CodePurpose, NewCode } from './code-store.ts';

const PURPOSE: CodePurpose = { realm: 'main', purpose: 'shopxo.login', destination: 'mobile:+8613800000001' };

/** Run it on every engine. */
export function describeCodeStore(open: OpenEmpty): void {
  describe('claiming codes', () => {
    claiming(open);
  });
}

function claiming(open: OpenEmpty): void {
  const opened = freshStores(open);
  const issue = (more: Partial<NewCode> = {}) =>
    opened().stores.codes.issue({
      ...PURPOSE,
      digest: 'right',
      issuedAt: START,
      expiresAt: START + MINUTE,
      tries: 5,
      ...more,
    });
  const claim = (digest: string, more: Partial<CodePurpose> = {}, now = START) =>
    opened().stores.codes.claim({ ...PURPOSE, ...more }, digest, now);

  it('accepts the right one once, though fifty have it', async () => {
    await issue();

    const verdicts = await fiftyAtOnce(() => claim('right'));

    expect(tally(verdicts)).toEqual({ accepted: 1, expired: 49 });
  });

  it('looks at no more wrong ones than there are tries, though fifty come at once', async () => {
    await issue();

    const verdicts = await fiftyAtOnce((racer) => claim(`wrong ${racer}`));

    expect(tally(verdicts)).toEqual({ mismatch: 5, expired: 45 });
    expect(await claim('right')).toBe('expired');
  });

  it('accepts one that is held without waiting for the disk, once as well', async () => {
    await opened().stores.codes.hold({
      ...PURPOSE,
      digest: 'held',
      issuedAt: START,
      expiresAt: START + MINUTE,
      tries: 5,
    });

    expect([await claim('held'), await claim('held')]).toEqual(['accepted', 'expired']);
  });

  it('accepts the right one on the last try', async () => {
    await issue({ tries: 2 });

    expect([await claim('wrong'), await claim('right')]).toEqual(['mismatch', 'accepted']);
  });

  it('leaves what was only looked at, until its tries are used up, though fifty look at once', async () => {
    await issue();

    const verdicts = await fiftyAtOnce(() => opened().stores.codes.look(PURPOSE, 'right', START));

    expect(tally(verdicts)).toEqual({ accepted: 5, expired: 45 });
    expect(await claim('right')).toBe('expired');
  });

  it('uses up a try by a look at a wrong one', async () => {
    await issue({ tries: 2 });

    const look = (digest: string, now = START) => opened().stores.codes.look(PURPOSE, digest, now);
    expect(await look('wrong')).toBe('mismatch');
    expect(await look('right', START + MINUTE)).toBe('expired');
    expect([await look('right'), await look('right')]).toEqual(['accepted', 'expired']);
  });

  it('is withdrawn by one of fifty, whatever tries are left', async () => {
    await issue({ tries: 0 });

    const withdrawals = await fiftyAtOnce(() => opened().stores.codes.withdraw(PURPOSE, 'right'));

    expect(tally(withdrawals)).toEqual({ true: 1, false: 49 });
  });

  it('ends at its time, to the millisecond', async () => {
    await issue();

    expect(await claim('right', {}, START + MINUTE)).toBe('expired');
    expect(await claim('right', {}, START + MINUTE - 1)).toBe('accepted');
  });

  it('ends the earlier one of the same purpose when a new one is issued, tries and all', async () => {
    await issue({ digest: 'old', tries: 1 });
    await issue({ digest: 'new', tries: 2 });

    expect([await claim('old'), await claim('new')]).toEqual(['mismatch', 'accepted']);
  });

  it.each([{ realm: 'other' }, { purpose: 'shopxo.forgetpwd' }, { destination: 'mobile:+8613800000002' }])(
    'is good for nothing but its purpose: not for %j',
    async (elsewhere) => {
      await issue();

      expect(await claim('right', elsewhere)).toBe('expired');
      expect(await claim('right')).toBe('accepted');
    },
  );

  it('is good for nothing once it was withdrawn, unless another has taken its place', async () => {
    await issue();
    await opened().stores.codes.withdraw(PURPOSE, 'right');
    await issue({ purpose: 'second', digest: 'newer' });
    await opened().stores.codes.withdraw({ ...PURPOSE, purpose: 'second' }, 'older');

    expect([await claim('right'), await claim('newer', { purpose: 'second' })]).toEqual(['expired', 'accepted']);
  });

  it('R-81 takes hostile texts for what they are', async () => {
    await issue();

    const verdicts = await Promise.all(HOSTILE_TEXTS.map((text) => claim('right', { destination: text })));

    expect(new Set(verdicts)).toEqual(new Set(['expired']));
    expect(await claim('right')).toBe('accepted');
  });

  it('is swept away once it has ended, at most so many at a time', async () => {
    await issue();
    await issue({ purpose: 'second' });
    await issue({ purpose: 'third', expiresAt: START + 2 * MINUTE });

    const sweep = (now: number, limit: number) => opened().stores.codes.sweep(now, limit);

    expect(await sweep(START + MINUTE, 10)).toBe(0);
    expect(await sweep(START + MINUTE + SECOND, 1)).toBe(1);
    expect(await sweep(START + MINUTE + SECOND, 10)).toBe(1);
    expect(await sweep(START + MINUTE + SECOND, 10)).toBe(0);
  });
}
