// The password policy, from the command line that sets a password to the sign-in that proves it, at the full cost of hashing.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { CommandLine } from '../support/command-line.ts';
import { newFolder } from '../support/run-folder.ts';

/** Guessing is what these tests do; the networks they come from must not stand in their way. */
const PATIENT = {
  UNDERSTUDY_BUDGETS_ACCOUNT_FAILURES: '10',
  UNDERSTUDY_BUDGETS_KNOWN_FAILURES: '10',
  UNDERSTUDY_BUDGETS_SOURCE_FAILURES: '1000000',
  UNDERSTUDY_BUDGETS_SUBNET_FAILURES: '1000000',
};

/** One account for each password, by import; their usernames in order. */
async function accountsFor(operator: CommandLine, passwords: readonly string[]): Promise<readonly string[]> {
  const names = passwords.map((_, index) => `person${index}`);
  const file = join(newFolder('data'), 'accounts.jsonl');
  writeFileSync(
    file,
    names.map((username, index) => `${JSON.stringify({ username, password: passwords[index] ?? '' })}\n`).join(''),
  );
  const { created } = await operator.json(['account', 'import', file]);
  if (created !== passwords.length) throw new Error('some accounts were refused');
  return names;
}

const KINDS = { ASCII: 'xK', CJK: '密', emoji: '😀', combining: 'x\u0302' };

describe('setting a password of some length', () => {
  it.each(Object.entries(KINDS))('R-01 counts code points: %s', async (_, character) => {
    const operator = new CommandLine();
    const points = Array.from(character).length;
    const add = async (username: string, length: number, role: readonly string[]) =>
      (
        await operator.run(
          ['account', 'add', '--username', username, ...role, '--password-stdin'],
          '1'.repeat(length - points * Math.floor(length / points)) + character.repeat(Math.floor(length / points)),
        )
      ).code;

    const codes = [
      await add('short', 7, []),
      await add('fitting', 8, []),
      await add('short-operator', 14, ['--role', '管理员']),
      await add('operator', 15, ['--role', '管理员']),
    ];

    expect(codes).toEqual([1, 0, 1, 0]);
  });

  it('R-01 does not take two halves of a character for two characters', async () => {
    const operator = new CommandLine();

    const { code, err } = await operator.run(
      ['account', 'add', '--username', 'ada', '--role', '管理员', '--password-stdin'],
      '😀'.repeat(8),
    );

    expect({ code, err }).toEqual({
      code: 1,
      err: 'refused: The password is too short (at least 15 characters) [password.too-short]\n',
    });
  });

  it('R-02 takes 64, 128 and 256 characters and signs in with them', async () => {
    const operator = new CommandLine();
    const passwords = [64, 128, 256].map((length) => '密 x'.repeat(86).slice(0, length));
    for (const [index, password] of passwords.entries())
      await operator.addAccount(['--username', `person${index}`], password);
    const server = await operator.serve();

    const signedIn = await Promise.all(
      passwords.map(async (password, index) => server.signsIn(`person${index}`, password)),
    );

    expect(signedIn).toEqual([true, true, true]);
  });

  it.each([
    ['257 characters', 'x'.repeat(257)],
    ['more than 1024 bytes', '😀'.repeat(257)],
    ['1 MiB', 'x'.repeat(1024 ** 2)],
    ['16 MiB', 'x'.repeat(16 * 1024 ** 2)],
  ])('R-02 refuses %s before anything is hashed', async (_, password) => {
    const operator = new CommandLine();

    const { code, err } = await operator.run(['account', 'add', '--username', 'ada', '--password-stdin'], password);

    expect({ code, isSaid: err.includes('[password.too-long]') }).toEqual({ code: 1, isSaid: true });
    expect(await operator.json(['account', 'list'])).toEqual({ accounts: [], next: null });
  });
});

describe('setting a password of some characters', () => {
  it('R-03 takes all printable ASCII, blanks and every script, without rules of composition', async () => {
    const operator = new CommandLine(PATIENT);
    const ascii = Array.from({ length: 95 }, (_, index) => String.fromCodePoint(0x20 + index));
    const slices = Array.from({ length: 20 }, (_, index) =>
      [...ascii.slice(index * 4), ...ascii].slice(0, 20).join(''),
    );
    const words = [
      '密码是八个汉字呀',
      'пароль без правил',
      'كلمة المرور طويلة',
      '😀😁😂🤣😃😄😅😆',
      'aaaabaaa',
      '27182818',
      '        x',
      'x        ',
      "'; drop table--",
      '"\\$(id)`id`',
      '%00%0a%0d',
      '<script>1</script>',
      'tab\tinside me',
      'ÅÄÖåäöéè',
      'ﬁﬂﬃﬄﬁﬂﬃﬄ',
      '--password-stdin',
      '-- no options',
      'ñandú ñandú',
      '비밀번호는여덟자',
      'ひみつのことば!',
    ];
    const corpus = [...slices, ...words];
    const names = await accountsFor(operator, corpus);
    const server = await operator.serve();

    const signedIn: boolean[] = [];
    for (const [index, password] of corpus.entries()) signedIn.push(await server.signsIn(names[index] ?? '', password));

    expect(corpus).toHaveLength(40);
    expect(signedIn.filter(Boolean)).toHaveLength(40);
  });

  it('R-04 verifies it whole: no mutation of it signs in', async () => {
    const operator = new CommandLine(PATIENT);
    const originals = Array.from(
      { length: 30 },
      (_, index) => ` Ab${index}-`.repeat(60).slice(0, 15 + index * 8) + 'zQ ',
    );
    const names = await accountsFor(operator, originals);
    const server = await operator.serve();
    const flipped = (text: string) => (text.toLowerCase() === text ? text.toUpperCase() : text.toLowerCase());
    const byteAt = (text: string, at: number) => `${text.slice(0, at)}#${text.slice(at + 1)}`;
    const mutations = (text: string) => [
      text.slice(0, -1),
      text.slice(1),
      byteAt(text, Math.min(72, text.length - 1)),
      byteAt(text, text.length - 1),
      text.trim(),
      text.trimEnd(),
      flipped(text),
      `${text}x`,
      `${text}\n`,
      text.slice(0, 8),
    ];

    const outcomes: boolean[] = [];
    for (const [index, original] of originals.entries()) {
      for (const mutation of mutations(original)) outcomes.push(await server.signsIn(names[index] ?? '', mutation));
    }

    expect(outcomes).toHaveLength(300);
    expect(outcomes.filter(Boolean)).toEqual([]);
  });

  it('R-04 keeps a blank at the end and drops only one line break', async () => {
    const operator = new CommandLine();
    await operator.addAccount(['--username', 'ada'], 'a blank follows \n\n');
    const server = await operator.serve();

    const signedIn = [
      await server.signsIn('ada', 'a blank follows \n'),
      await server.signsIn('ada', 'a blank follows '),
    ];

    expect(signedIn).toEqual([true, false]);
  });

  it('R-05 takes composed and decomposed spellings for the same, compatibility forms for others', async () => {
    const operator = new CommandLine(PATIENT);
    const composed = Array.from({ length: 20 }, (_, index) => `caf\u00e9 \u00c5ngstr\u00f6m ${index}`);
    const compatible = Array.from({ length: 20 }, (_, index) => `ofﬁce fullwidth ｘ ${index}`);
    const names = await accountsFor(operator, [...composed, ...compatible]);
    const server = await operator.serve();

    const decomposed: boolean[] = [];
    const folded: boolean[] = [];
    for (const [index, password] of composed.entries())
      decomposed.push(await server.signsIn(names[index] ?? '', password.normalize('NFD')));
    for (const [index, password] of compatible.entries())
      folded.push(await server.signsIn(names[20 + index] ?? '', password.normalize('NFKC')));

    expect(decomposed.filter(Boolean)).toHaveLength(20);
    expect(folded.filter(Boolean)).toHaveLength(0);
  });

  it.each([
    ['a lone continuation byte', [0x80]],
    ['a cut-off sequence', [0xe5, 0xaf]],
    ['an overlong slash', [0xc0, 0xaf]],
    ['an overlong NUL', [0xc0, 0x80]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['a surrogate pair', [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80]],
    ['a character beyond Unicode', [0xf4, 0x90, 0x80, 0x80]],
    ['byte FF', [0xff]],
    ['GBK', [0xc3, 0xdc, 0xc2, 0xeb]],
    ['NUL', [0x00]],
  ])('R-05 refuses %s', async (_, bytes) => {
    const operator = new CommandLine();

    const { code, err } = await operator.run(
      ['account', 'add', '--username', 'ada', '--password-stdin'],
      Buffer.concat([Buffer.from('long enough '), Buffer.from(bytes)]),
    );

    expect({ code, isSaid: err.includes('[password.malformed]') }).toEqual({ code: 1, isSaid: true });
  });
});
