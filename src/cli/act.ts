// What carries out a command: it is loaded only when its command is called, so that every other command starts quickly.
import type { Command } from 'commander';
import { Misuse } from './misuse.ts';
import type { Report } from './report.ts';
import type { Terminal } from './terminal.ts';

/** Options every command takes. */
export interface StandingOptions {
  readonly data?: string;
  readonly config?: string;
  readonly databaseUrl?: string;
  readonly json?: true;
}

/** What an act is called with. */
export interface ActCall<Options> {
  readonly terminal: Terminal;
  readonly arguments: readonly string[];
  readonly options: Options & StandingOptions;
}

/** Carries out one command. @throws Refusal, Misuse */
export type Act<Options = object> = (call: ActCall<Options>) => Promise<Report>;

/** Where a command's report goes. */
export type Deliver = (report: Report, options: StandingOptions) => void;

/** What the definition of commands is given. */
export interface Setting {
  readonly terminal: Terminal;
  readonly deliver: Deliver;
}

/** `--username --no-password` would make the second word a name. */
function assertValuesGiven(command: Command): void {
  for (const option of command.options.filter(({ required }) => required)) {
    const texts: readonly unknown[] = [command.getOptionValue(option.attributeName())].flat();
    if (texts.some((text) => typeof text === 'string' && text.startsWith('--')))
      throw new Misuse(`${option.long ?? ''} needs a value`);
  }
}

/** What is too much might be a secret in the wrong place; it is counted and not repeated. */
function assertNothingLeft({ args, registeredArguments }: Command): void {
  const most = registeredArguments.some(({ variadic }) => variadic) ? args.length : registeredArguments.length;
  if (args.length > most) throw new Misuse(`${args.length} arguments are too many; there is room for ${most}`);
}

/** Adds what every command has (standing options, an example) and binds it to its act. */
export function bind<Options>(
  command: Command,
  { terminal, deliver }: Setting,
  how: { readonly example: string; readonly act: () => Promise<Act<Options>> },
): Command {
  return command
    .option('--data <dir>', 'the data directory (default ./data)')
    .option('--config <file>', 'the configuration file (default ./understudy.toml, if there is one)')
    .option('--database-url <url>', 'the database, instead of the one in the data directory')
    .option('--json', 'print JSON')
    .addHelpText('after', `\nExample:\n  $ understudy ${how.example}`)
    .action(async () => {
      const options = command.opts<Options & StandingOptions>();
      assertValuesGiven(command);
      assertNothingLeft(command);
      const perform = await how.act();
      deliver(await perform({ terminal, arguments: command.args, options }), options);
    });
}
