// Writes the reference of the command line from its definitions.
import { Writable } from 'node:stream';

import type { Argument, Command, Option } from 'commander';

import { createProgram, fullName } from '#cli';

import type { GeneratedFile } from '../generated-file.ts';

const NOWHERE = new Writable({ write: (_chunk, _encoding, done) => done() });

/** Options every command takes; they are explained once. */
const STANDING = ['--data', '--config', '--database-url', '--json'];

const INTRODUCTION = `In a checkout the program is \`bin/understudy\`. Every command takes \`--data <dir>\`, \`--config <file>\`, \`--database-url <url>\`, \`--json\` and \`--help\`, and all but \`restore\` work while the server runs.
It exits with 0 when done, 1 when something was refused or is wrong, and 2 when the command line cannot be carried out as written;
what went wrong stands in one line on standard error. Secrets are read from standard input, never from the command line.`;

/** Commands that do something, in the order of their definition. */
function leavesOf(command: Command): readonly Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leavesOf);
}

const inTable = (text: string): string => text.replaceAll('|', '\\|');

function rowsOf(command: Command): readonly string[] {
  const inputs = command.registeredArguments.map((input: Argument) => [
    `<${input.name()}>${input.variadic ? '…' : ''}`,
    input.description,
  ]);
  const options = command.options
    .filter(({ long }) => !STANDING.includes(long ?? ''))
    .map((option: Option) => [option.flags, `${option.description}${standardOf(option)}`]);
  return [...inputs, ...options].map(([name = '', text = '']) => `| \`${inTable(name)}\` | ${inTable(text)} |`);
}

function standardOf({ defaultValue, negate }: Option): string {
  return defaultValue === undefined || negate ? '' : ` (default \`${String(defaultValue)}\`)`;
}

/** The example stands in the help text, which commander composes on demand. */
function exampleOf(command: Command): string {
  let help = '';
  command.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
  return /Example:\n\s*\$ (?<line>.*)/.exec(help)?.groups?.['line'] ?? '';
}

const capitalised = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

function sectionOf(command: Command): string {
  const rows = rowsOf(command);
  const table = rows.length === 0 ? '' : `\n| | |\n|---|---|\n${rows.join('\n')}\n`;
  return `## ${fullName(command)}\n\n${capitalised(command.description())}.\n${table}\n\`\`\`sh\n${exampleOf(command)}\n\`\`\`\n`;
}

function reference(): string {
  const terminal = { stdin: process.stdin, stdout: NOWHERE, stderr: NOWHERE, environment: {} };
  const program = createProgram({ terminal, deliver: () => undefined });
  return ['# Command line\n', `${INTRODUCTION}\n`, ...leavesOf(program).map(sectionOf)].join('\n');
}

/** `docs/reference/cli.md` */
export const cliReference: GeneratedFile = { path: 'docs/reference/cli.md', text: reference };
