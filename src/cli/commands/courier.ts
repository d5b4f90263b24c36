// The commands about what carries messages.
import type { Command } from 'commander';
import { type Setting, bind } from '../act.ts';

/** Adds `courier test`. */
export function addCourierCommands(program: Command, setting: Setting): void {
  const courier = program.command('courier').description('what carries codes and notices');
  const test = courier
    .command('test')
    .description('send a sign-in code that is good for nothing, to see whether it arrives')
    .argument('<channel>', 'sms or email')
    .argument('<address>', 'a mobile number or an e-mail address of your own')
    .option('--language <zh|en>', 'the language of the message (default zh)');
  bind(test, setting, {
    example: 'courier test email operator@example.org',
    act: async () => (await import('../acts/courier-test.ts')).testCourier,
  });
}
