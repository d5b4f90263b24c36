// The commands about the audit trail.
import type { Command } from 'commander';
import { type Setting, bind } from '../act.ts';

/** Adds `audit …`. */
export function addAuditCommands(program: Command, setting: Setting): void {
  const audit = program.command('audit').description('the audit trail: verify it, take it elsewhere');
  const verify = audit
    .command('verify')
    .description('check every row and segment that was sealed; exits with 1 if anything was changed, cut off or put in')
    .option('--head <number:hash>', 'a head that was written down earlier; the trail must still hold it');
  bind(verify, setting, {
    example: 'audit verify',
    act: async () => (await import('../acts/audit.ts')).verifyTrail,
  });
  bind(
    audit
      .command('restart')
      .description(
        'give up a chain that does not verify and let the server seal all rows anew; for when it is known what happened. Leaves an event',
      ),
    setting,
    {
      example: 'audit restart',
      act: async () => (await import('../acts/audit.ts')).restartTrail,
    },
  );
  const give = audit
    .command('export')
    .description('print the trail as JSON lines, oldest first')
    .option('--after <id>', 'only rows after this one')
    .option('--since <instant>', 'only rows of this instant (ISO 8601) and later');
  bind(give, setting, {
    example: 'audit export --since 2026-01-01T00:00:00Z > audit.jsonl',
    act: async () => (await import('../acts/audit.ts')).exportTrail,
  });
}
