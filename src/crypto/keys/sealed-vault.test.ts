// Sensitive identifiers: encrypted, bound to their kind, found only with the key, and readable through a rotation.
import { createHash } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { Keyring } from './keyring.ts';
import { vaultWith } from './sealed-vault.ts';

/** Valid by its check character, of a region that does not exist. */
const ID_NUMBER = '990101199001011230';

describe('sealing an identifier', () => {
  it('R-94 gives it back and shows nothing of it', () => {
    const vault = vaultWith(Keyring.make());

    const sealed = vault.seal('id_number', ID_NUMBER);

    expect(vault.open('id_number', sealed)).toBe(ID_NUMBER);
    expect(sealed).toMatch(/^v1\.[0-9a-f]{12}\.[\w-]{16}\.[\w-]{24}\.[\w-]{22}$/);
    expect(sealed).not.toMatch(/\d{17}[\dXx]/);
  });

  it('never seals the same twice', () => {
    const vault = vaultWith(Keyring.make());

    const sealed = Array.from({ length: 100 }, () => vault.seal('id_number', ID_NUMBER));

    expect(new Set(sealed).size).toBe(100);
  });

  it.each([{ part: 0 }, { part: 1 }, { part: 2 }, { part: 3 }, { part: 4 }])(
    'R-94 does not open when part $part was altered',
    ({ part }) => {
      const vault = vaultWith(Keyring.make());
      const parts = vault.seal('id_number', ID_NUMBER).split('.');
      const altered = parts.with(
        part,
        (parts[part] ?? '').replace(/^./, (first) => (first === 'a' ? 'b' : 'a')),
      );

      const open = () => vault.open('id_number', altered.join('.'));

      expect(open).toThrow(Error);
    },
  );

  it.each(['', 'v1', 'v1.....', ID_NUMBER, 'v1.a.b.c.d.e'])('does not open what was never sealed: %j', (text) => {
    const vault = vaultWith(Keyring.make());

    const open = () => vault.open('id_number', text);

    expect(open).toThrow(Error);
  });

  it('does not open with a shortened tag', () => {
    const vault = vaultWith(Keyring.make());
    const sealed = vault.seal('id_number', ID_NUMBER);

    const open = () => vault.open('id_number', sealed.slice(0, -16));

    expect(open).toThrow('a sealed identifier is damaged');
  });

  it('does not open as another kind, nor with the keys of another server', () => {
    const vault = vaultWith(Keyring.make());
    const sealed = vault.seal('id_number', ID_NUMBER);

    const opens = [() => vault.open('mobile', sealed), () => vaultWith(Keyring.make()).open('id_number', sealed)];

    expect(opens[0]).toThrow(Error);
    expect(opens[1]).toThrow(/keys .* are gone/);
  });
});

describe('finding an identifier', () => {
  it('R-94 takes a key that no unkeyed digest gives', () => {
    const vault = vaultWith(Keyring.make());

    const [key = ''] = vault.indexKeys('id_number', ID_NUMBER);

    const unkeyed = ['sha256', 'sm3', 'md5'].flatMap((name) =>
      (['hex', 'base64url'] as const).map((spelling) => createHash(name).update(ID_NUMBER).digest(spelling)),
    );
    expect(unkeyed.filter((digest) => key.includes(digest))).toEqual([]);
  });

  it('gives one key for a value, and another for any other value, kind or server', () => {
    const keyring = Keyring.make();
    const vault = vaultWith(keyring);

    const keys = [
      vault.indexKeys('id_number', ID_NUMBER),
      vault.indexKeys('id_number', `${ID_NUMBER} `),
      vault.indexKeys('mobile', ID_NUMBER),
      vaultWith(Keyring.make()).indexKeys('id_number', ID_NUMBER),
    ].flat();

    expect(new Set(keys).size).toBe(4);
    expect(vaultWith(keyring).indexKeys('id_number', ID_NUMBER)).toEqual([keys[0]]);
  });
});

describe('a rotation of the keys', () => {
  it('R-94 finds and opens what was kept with the previous ones', () => {
    const before = Keyring.make();
    const old = vaultWith(before);
    const sealed = old.seal('id_number', ID_NUMBER);

    const vault = vaultWith(before.rotated());

    expect(vault.open('id_number', sealed)).toBe(ID_NUMBER);
    expect(vault.indexKeys('id_number', ID_NUMBER)[1]).toBe(old.indexKeys('id_number', ID_NUMBER)[0]);
  });

  it('is taken over by a vault in use', () => {
    const before = Keyring.make();
    const vault = vaultWith(before);
    const sealed = vault.seal('id_number', ID_NUMBER);

    vault.adopt(before.rotated());

    expect(vault.indexKeys('id_number', ID_NUMBER)).toHaveLength(2);
    expect(vault.open('id_number', sealed)).toBe(ID_NUMBER);
    expect(vault.seal('id_number', ID_NUMBER).split('.')[1]).not.toBe(sealed.split('.')[1]);
  });

  it('ends the use of the previous ones when it is settled', () => {
    const before = Keyring.make();
    const sealed = vaultWith(before).seal('id_number', ID_NUMBER);

    const vault = vaultWith(before.rotated().settled());

    expect(() => vault.open('id_number', sealed)).toThrow(/are gone/);
    expect(vault.indexKeys('id_number', ID_NUMBER)).toHaveLength(1);
  });
});
