// The commands as they are defined: each explains itself, each takes what every command takes.
import { Writable } from 'node:stream';

import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';

import { createProgram, fullName } from './program.ts';

const NOWHERE = new Writable({ write: (_chunk, _encoding, done) => done() });

function leaves(command: Command): readonly Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leaves);
}

function allCommands(): readonly Command[] {
  const terminal = { stdin: process.stdin, stdout: NOWHERE, stderr: NOWHERE, environment: {} };
  return leaves(createProgram({ terminal, deliver: () => undefined }));
}

/** Help as it is printed, example included. */
function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({ writeOut: (part) => (text += part) }).outputHelp();
  return text;
}

describe('the commands', () => {
  it.each(allCommands().map((command) => [fullName(command), command] as const))(
    '%s takes the standing options and gives an example of itself',
    (name, command) => {
      const options = command.options.map(({ long }) => long);

      expect(options).toEqual(expect.arrayContaining(['--data', '--config', '--database-url', '--json']));
      expect(helpOf(command)).toContain(`$ ${name}`);
      expect(command.description()).not.toBe('');
    },
  );

  it('take no secret on the command line, but for a signature that is known elsewhere', () => {
    const takingText = allCommands().flatMap((command) =>
      command.options.filter(({ required }) => required).map(({ long }) => long),
    );

    expect(takingText.filter((long) => /password|secret|token|key|signature/.test(long ?? ''))).toEqual([
      '--signature',
      '--signature',
    ]);
  });
});
