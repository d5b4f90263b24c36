// The keys of a server: made, written down, read again, rotated, and shown to nobody.
import { inspect } from 'node:util';

import { describe, expect, it } from 'vitest';

import { Keyring, KeyringError } from './keyring.ts';

interface StoredKeys {
  digests: string;
  identifiers: Record<string, string>[];
}

/** The text of fresh keys after somebody has edited it. */
function edited(edit: (stored: StoredKeys) => unknown): string {
  const stored = JSON.parse(Keyring.make().text()) as StoredKeys;
  edit(stored);
  return JSON.stringify(stored);
}

const SHORT = Buffer.alloc(31).toString('base64url');

describe('keys of a new server', () => {
  it('are 32 bytes each and differ from those of any other server', () => {
    const [one, other] = [Keyring.make(), Keyring.make()];

    const secrets = [one, other].flatMap(({ digestKey, current }) => [digestKey, current.encryption, current.index]);

    expect(secrets.map((secret) => secret.length)).toEqual([32, 32, 32, 32, 32, 32]);
    expect(new Set(secrets.map((secret) => secret.toString('hex'))).size).toBe(6);
  });

  it('read the same after they were written down', () => {
    const keyring = Keyring.make();

    const again = Keyring.parse(keyring.text());

    expect(again.text()).toBe(keyring.text());
    expect(again.fingerprint).toBe(keyring.fingerprint);
  });

  it('are not printed by accident', () => {
    const keyring = Keyring.make();

    const printed = inspect(keyring, { depth: 9, showHidden: true }) + JSON.stringify({ keyring });

    expect(printed).not.toContain(keyring.current.index.toString('base64url'));
    expect(printed).not.toContain('identifiers');
  });
});

describe('keys somebody has damaged', () => {
  it.each([
    { name: 'no JSON', text: 'secret-looking text' },
    { name: 'no object', text: '"text"' },
    { name: 'another format', text: '{"format":"other/1"}' },
    { name: 'no set of identifier keys', text: edited((stored) => stored.identifiers.pop()) },
    {
      name: 'a short encryption key',
      text: edited(({ identifiers: [set] }) => Object.assign(set ?? {}, { encryption: SHORT })),
    },
    { name: 'an empty index key', text: edited(({ identifiers: [set] }) => Object.assign(set ?? {}, { index: '' })) },
    { name: 'no digest key', text: edited((stored) => Object.assign(stored, { digests: undefined })) },
    { name: 'no id', text: edited(({ identifiers: [set] }) => Object.assign(set ?? {}, { id: 7 })) },
    { name: 'one id twice', text: edited(({ identifiers }) => identifiers.push({ ...identifiers[0] })) },
  ])('R-105 are refused: $name', ({ text }) => {
    const read = () => Keyring.parse(text);

    expect(read).toThrow(KeyringError);
  });

  it('are not quoted in the complaint', () => {
    const read = () => Keyring.parse('{"digests":"canary-of-a-secret"');

    expect(read).toThrow(/^the keys are not a JSON object$/);
  });
});

describe('rotating keys', () => {
  it('keeps the previous set live behind a new one', () => {
    const before = Keyring.make();

    const after = before.rotated();

    expect(after.live.map(({ id }) => id)).toEqual([after.current.id, before.current.id]);
    expect(after.current.id).not.toBe(before.current.id);
    expect(after.current.index.equals(before.current.index)).toBe(false);
  });

  it('leaves the digest key alone, so that signatures and codes stay valid', () => {
    const before = Keyring.make();

    const after = before.rotated().settled();

    expect(after.digestKey.equals(before.digestKey)).toBe(true);
  });

  it('answers to the fingerprint of either set until it is settled', () => {
    const before = Keyring.make();
    const between = before.rotated();
    const after = between.settled();

    const answers = [before, between, after].map((keys) => [
      keys.answersTo(before.fingerprint),
      keys.answersTo(after.fingerprint),
    ]);

    expect(answers).toEqual([
      [true, false],
      [true, true],
      [false, true],
    ]);
    expect(Keyring.make().answersTo(before.fingerprint)).toBe(false);
  });

  it('refuses a second rotation before the first one is settled', () => {
    const between = Keyring.make().rotated();

    const rotate = () => between.rotated();

    expect(rotate).toThrow(KeyringError);
  });
});
