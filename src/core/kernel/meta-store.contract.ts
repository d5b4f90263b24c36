// What every meta store promises.
import { describe, expect, it } from 'vitest';
import { type OpenEmpty, fiftyAtOnce, freshStores } from '../stores.contract.ts';

/** Run it on every engine. */
export function describeMetaStore(open: OpenEmpty): void {
  describe('keeping facts about the store', () => {
    keeping(open);
  });
}

function keeping(open: OpenEmpty): void {
  const opened = freshStores(open);

  it('tells fifty who claim a fact at once what the first of them said', async () => {
    const answers = await fiftyAtOnce((racer) => opened().stores.meta.claim('keys', `fingerprint ${racer}`));

    expect(new Set(answers).size).toBe(1);
    expect(await opened().stores.meta.get('keys')).toBe(answers[0]);
  });

  it('replaces a fact that is set', async () => {
    await opened().stores.meta.claim('keys', 'first');

    await opened().stores.meta.set('keys', 'second');
    await opened().stores.meta.set('other', 'new');

    expect([await opened().stores.meta.get('keys'), await opened().stores.meta.get('other')]).toEqual([
      'second',
      'new',
    ]);
    expect(await opened().stores.meta.get('nothing')).toBeUndefined();
  });
}
