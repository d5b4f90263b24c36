// The commands about the store as a whole: keys, backup, restore, move.
import type { Command } from 'commander';
import { type Setting, bind } from '../act.ts';

/** Adds `keys …`, `backup`, `restore` and `move`. */
export function addStoreCommands(program: Command, setting: Setting): void {
  const keys = program.command('keys').description('the keys that protect identifiers');
  bind(
    keys
      .command('rotate')
      .description(
        'make new keys and bring every protected identifier under them; may be started again if it was cut short',
      ),
    setting,
    {
      example: 'keys rotate',
      act: async () => (await import('../acts/rotate-keys.ts')).rotateKeys,
    },
  );
  const backup = program
    .command('backup')
    .description('copy the database into a file, also while the server runs')
    .argument('<file>', 'a file that does not exist yet')
    .option('--with-keys', 'copy the keys beside it, as <file>.keys; without them id numbers cannot be read');
  bind(backup, setting, {
    example: 'backup /backups/understudy-2026-01-31.db',
    act: async () => (await import('../acts/backup.ts')).backUp,
  });
  const restore = program
    .command('restore')
    .description('put a backup in place of the database; the server must not run')
    .argument('<file>', 'a file that `backup` made')
    .option('--replace', 'replace the accounts that are there');
  bind(restore, setting, {
    example: 'restore /backups/understudy-2026-01-31.db --data ./data',
    act: async () => (await import('../acts/restore.ts')).restore,
  });
  const move = program
    .command('move')
    .description(
      'move everything to another database, also while the server runs; start it again if it was cut short, and it goes on',
    )
    .option(
      '--to <url>',
      'postgres://…, or sqlite for the file in the data directory; the configured database otherwise',
    )
    .option('--from <url>', 'where the data is now; the configured database otherwise')
    .option('--replace', 'give up what is there (a file is kept aside)')
    .option('--cancel', 'give the move up: the store stays where it is');
  bind(move, setting, {
    example: 'move --to postgres://understudy@db.example.com/understudy',
    act: async () => (await import('../acts/move.ts')).moveStore,
  });
}
