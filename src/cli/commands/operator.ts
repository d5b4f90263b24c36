// The commands about operators.
import type { Command } from 'commander';
import { type Setting, bind } from '../act.ts';

/** Adds `operator …`. */
export function addOperatorCommands(program: Command, setting: Setting): void {
  const operator = program.command('operator').description('operators: the accounts that may do everything in a realm');
  const create = operator
    .command('create')
    .description('create the first operator of a realm; its identifiers count as verified')
    .option('--realm <realm>', 'the pool of accounts', 'main')
    .option('--username <name>', 'a name to sign in with')
    .option('--mobile <number>', 'a mobile number; one without country is of mainland China')
    .option('--email <address>', 'an e-mail address')
    .option('--password-stdin', 'read the password from standard input; otherwise one is drawn, and shown this once')
    .option('--another', 'though there is one already');
  bind(create, setting, {
    example: 'operator create --username grace --email grace@example.com',
    act: async () => (await import('../acts/create-operator.ts')).createOperator,
  });
}
