// The command line as a whole: every command there is, without anything of what they do.
import { Command, CommanderError } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import type { Setting } from './act.ts';
import { addAccountCommands } from './commands/account.ts';
import { addAppCommands } from './commands/app.ts';
import { addAuditCommands } from './commands/audit.ts';
import { addCourierCommands } from './commands/courier.ts';
import { addEndpointCommands } from './commands/endpoint.ts';
import { addOperatorCommands } from './commands/operator.ts';
import { addServerCommands } from './commands/server.ts';
import { addSessionCommands } from './commands/session.ts';
import { addStoreCommands } from './commands/store.ts';

/** A group of commands called without saying which, or with one that is none. */
function nameTheCommand(command: Command): never {
  const names = command.commands.map((each) => each.name()).join(', ');
  const given = command.args.find((word) => !word.startsWith('-'));
  const complaint = given === undefined ? 'needs a command' : `has no command '${given}'`;
  throw new CommanderError(2, 'understudy.incomplete', `${fullName(command)} ${complaint}; there are ${names}`);
}

/** A command with the names of those it stands under. */
export function fullName(command: Command): string {
  return command.parent === null ? command.name() : `${fullName(command.parent)} ${command.name()}`;
}

/** What is the same for all commands: errors are thrown in one line, help goes to stdout. */
function prepare(command: Command, setting: Setting): void {
  command
    .exitOverride()
    .configureOutput({
      writeOut: (text) => setting.terminal.stdout.write(text),
      // The error is thrown as well and told there, in one line.
      writeErr: () => undefined,
    })
    // Looked at later, when it is known whether an option swallowed another.
    .allowExcessArguments();
  // A group takes anything, so as to complain about the command that is missing and not about what was meant for it.
  if (command.commands.length > 0) command.action(() => nameTheCommand(command)).allowUnknownOption();
  for (const each of command.commands) prepare(each, setting);
}

/** All commands, ready to parse. */
export function createProgram(setting: Setting): Command {
  const program = new Command('understudy')
    .description('A self-hosted login server that speaks the login APIs your clients already speak.')
    .version(packageJson.version, '--version', 'print the version')
    .helpOption('-h, --help', 'explain the command');
  addServerCommands(program, setting);
  addAccountCommands(program, setting);
  addOperatorCommands(program, setting);
  addAppCommands(program, setting);
  addEndpointCommands(program, setting);
  addCourierCommands(program, setting);
  addSessionCommands(program, setting);
  addAuditCommands(program, setting);
  addStoreCommands(program, setting);
  prepare(program, setting);
  return program;
}
