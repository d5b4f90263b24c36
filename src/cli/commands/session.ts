// The commands about sessions.
import type { Command } from 'commander';
import { type Setting, bind } from '../act.ts';

/** Adds `session …`. */
export function addSessionCommands(program: Command, setting: Setting): void {
  const session = program.command('session').description('sessions of an account');
  const named = (name: string, description: string): Command =>
    session
      .command(name)
      .description(description)
      .argument('<identifier>', 'the account: any identifier, or its id')
      .option('--realm <realm>', 'the pool of accounts', 'main');
  bind(
    named('list', 'list the sessions of an account, newest first').option('--limit <n>', 'at most so many', '50'),
    setting,
    {
      example: 'session list ada',
      act: async () => (await import('../acts/sessions.ts')).listSessions,
    },
  );
  bind(
    named('revoke', 'end all sessions of an account, or one').option('--session <id>', 'only this session'),
    setting,
    {
      example: 'session revoke ada',
      act: async () => (await import('../acts/sessions.ts')).endSessions,
    },
  );
}
