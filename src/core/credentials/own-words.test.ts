// What somebody is known by must not be their password.
import { describe, expect, it } from 'vitest';
import { Refusal } from '../kernel/refusal.ts';
import { Secret } from '../kernel/secret.ts';
import { ownWords } from './own-words.ts';
import { assertUncommon, type PasswordBlocklist } from './password-blocklist.ts';

const ADA = {
  identifiers: [
    { kind: 'username', text: 'Ada.Lovelace' },
    { kind: 'mobile', text: '+86 199 1234 5678' },
    { kind: 'email', text: 'ada+letters@engine.example' },
    { kind: 'id_number', text: '99010119900307123X' },
    { kind: 'aegisspeed_id', text: 'ASD000077' },
  ],
  profile: { nickname: '阿达·洛夫莱斯伯爵夫人', birthday: '1815-12-10' },
} as const;

const NO_LIST: PasswordBlocklist = { isCommon: () => false, isForbidden: () => Promise.resolve(false) };

const remarkOn = (password: string): Promise<string | undefined> =>
  assertUncommon(new Secret(password), ADA, NO_LIST).then(
    () => undefined,
    (reason: unknown) => (reason instanceof Refusal ? `${reason.code}: ${reason.detail.remark}` : 'fault'),
  );

describe("a password made of its owner's own names and numbers", () => {
  it.each([
    'ada.lovelace',
    'ADA.LOVELACE',
    'Ada.Lovelace1',
    'ada.lovelace!',
    '19912345678',
    '8619912345678',
    '12345678',
    'ada+letters@engine.example',
    'ada+letters',
    'engine.example',
    '阿达·洛夫莱斯伯爵夫人',
    '99010119900307123x',
    '99010119900307123',
    '0307123x',
    '119900307123X'.slice(1),
    'asd000077',
    '18151210',
  ])('R-06 is refused: %s', async (password) => {
    expect(await remarkOn(password)).toMatch(/^password\.common: /);
  });

  it.each(['lovelace and ada', 'the engine weaves', 'ASD000078x'])("is nobody's: %s", async (password) => {
    expect(await remarkOn(password)).toBeUndefined();
  });

  it('knows no empty word', () => {
    const words = ownWords({ identifiers: [{ kind: 'email', text: '@' }], profile: { nickname: ' ' } });

    expect(words.has('')).toBe(false);
  });
});
