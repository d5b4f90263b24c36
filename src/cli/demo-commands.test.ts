// The commands the demo prints: a shell must take them as they stand.
import { execFileSync } from 'node:child_process';

import { describe, expect, it } from 'vitest';

import { type Demo, Secret } from '#core';

import { demoCommands } from './demo-commands.ts';

const DEMO: Demo = {
  username: 'demo',
  mobile: '13000000000',
  email: 'demo@example.com',
  idNumber: '99010119900307001X',
  aegisSpeedId: 'ASD000001',
  appId: 'demo',
  password: new Secret('abcDEF234567890abcDEF234'),
  signature: new Secret('0123456789abcdef0123456789abcdef'),
};

/** The words a POSIX shell makes of a command. */
function words(command: string): readonly string[] {
  const printed = execFileSync('/bin/sh', ['-c', `curl() { printf '%s\\n' "$@"; }; ${command}`], { encoding: 'utf8' });
  return printed.trimEnd().split('\n');
}

describe('printing the demo commands', () => {
  it('makes one for each document, each a single line', () => {
    const commands = demoCommands(DEMO, 'http://127.0.0.1:8080');

    expect(commands.map(({ title }) => title.split(',')[0])).toEqual([
      'AegisSpeed',
      'AegisSpeed',
      'weidu',
      'NoBase',
      'ShopXO',
    ]);
    expect(commands.every(({ command }) => !command.includes('\n'))).toBe(true);
  });

  it('spells bodies that survive the shell', () => {
    const [user, , weidu] = demoCommands(DEMO, 'http://127.0.0.1:8080').map(({ command }) => words(command));

    expect(JSON.parse(user?.at(-1) ?? '')).toEqual({
      user_id: '99010119900307001X',
      user_password: 'abcDEF234567890abcDEF234',
    });
    expect(JSON.parse(weidu?.at(-1) ?? '')).toEqual({ login_id: '13000000000', password: 'abcDEF234567890abcDEF234' });
  });

  it('keeps the query of a URL in one word', () => {
    const nobase = words(demoCommands(DEMO, 'http://127.0.0.1:8080')[3]?.command ?? '');

    expect(nobase.at(-1)).toBe(
      'http://127.0.0.1:8080/api/user/login?appid=demo&user=demo&pass=abcDEF234567890abcDEF234&signature=0123456789abcdef0123456789abcdef',
    );
  });
});
