// Command lines that cannot be carried out: one clear line on standard error, and exit code 2.
import { describe, expect, it } from 'vitest';

import { CommandLine, run } from '../support/command-line.ts';
import { containing } from '../support/matchers.ts';

describe('calling the program wrongly', () => {
  it.each([
    [[], 'needs a command'],
    [['acount', 'list'], "no command 'acount'"],
    [['account'], 'needs a command'],
    [['account', 'ad'], "no command 'ad'"],
    [['account', 'show'], "missing required argument 'identifier'"],
    [['account', 'list', 'extra'], 'too many'],
    [['account', 'add', '--no-password', '--username'], '--username needs a value'],
    [
      ['account', 'set-password', 'ada', 'a-secret-in-the-wrong-place', '--password-stdin'],
      '2 arguments are too many; there is room for 1\n',
    ],
    [['account', 'add', '--username', 'ada', '--pasword-stdin'], "unknown option '--pasword-stdin'"],
    [['account', 'add', '--username', 'ada'], '--password-stdin or --no-password'],
    [['account', 'add', '--no-password'], 'needs an identifier'],
    [['account', 'set-password', 'ada'], '--password-stdin or --no-password'],
    [['account', 'list', '--limit', 'many'], '--limit must be a whole number'],
    [['account', 'add-identifier', 'ada', 'shoe-size', '43'], "'shoe-size' is no kind"],
    [['account', 'import', '/nonexistent/accounts.jsonl'], 'cannot read'],
    [['app', 'add', 'shop', '--session-life', '1'], '--session-life must be'],
    [
      ['app', 'add', 'shop', '--signature', 'a-signature', '--signature-stdin'],
      'either --signature or --signature-stdin',
    ],
    [['restore', '/nonexistent/backup'], 'there is no file'],
  ] as const)('refuses %j', async (words, complaint) => {
    const { dataDir } = new CommandLine();

    const { code, out, err } = await run(words.length > 1 ? [...words, '--data', dataDir] : words, {
      env: { UNDERSTUDY_DATA_DIR: dataDir },
    });

    expect(err).toContain(complaint);
    expect({ code, out, lines: err.split('\n').length }).toEqual({ code: 2, out: '', lines: 2 });
  });

  it('says it as JSON when JSON is asked for', async () => {
    const { code, err } = await run(['account', 'show', '--json']);

    expect(code).toBe(2);
    expect(JSON.parse(err)).toMatchObject({ error: { code: 'misuse' } });
  });

  it('refuses an empty password on standard input', async () => {
    const { code, err } = await new CommandLine().run(
      ['account', 'add', '--username', 'ada', '--password-stdin'],
      '\n',
    );

    expect({ code, err }).toEqual({ code: 2, err: 'error: there is no password on standard input\n' });
  });
});

describe('asking the program about itself', () => {
  it('tells its version', async () => {
    const { code, out } = await run(['--version']);

    expect({ code, isVersion: /^\d+\.\d+\.\d+\n$/.test(out) }).toEqual({ code: 0, isVersion: true });
  });

  it.each([['--help'], ['account', '--help'], ['account', 'add', '--help'], ['serve', '-h']])(
    'explains itself: %j %j %j',
    async (...words) => {
      const { code, out, err } = await run(words.filter((word) => word !== undefined));

      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toMatch(/^Usage: understudy/);
    },
  );
});

describe('a configuration that is wrong', () => {
  it('names the key, with exit code 1', async () => {
    const commandLine = new CommandLine({ UNDERSTUDY_PORT: 'eighty' });

    const checked = await commandLine.run(['config', 'check']);
    const listed = await commandLine.run(['account', 'list']);

    expect(checked).toMatchObject({ code: 1, out: containing('port (UNDERSTUDY_PORT)') });
    expect(listed).toMatchObject({ code: 1, err: containing('port (UNDERSTUDY_PORT)') });
  });
});
