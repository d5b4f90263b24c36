// The commands that start the server and examine it.
import type { Command } from 'commander';
import { type Setting, bind } from '../act.ts';

/** Adds `serve`, `doctor`, `explain`, `config …` and `demo …`. */
export function addServerCommands(program: Command, setting: Setting): void {
  const serve = program
    .command('serve')
    .description('start the server; SIGTERM ends it without losing a request')
    .option('--host <address>', 'the address to listen on (default 127.0.0.1)')
    .option('--port <n>', 'the port to listen on (default 8080; 0 for any)')
    .option('--insecure-http', 'allow plain HTTP beyond loopback')
    .option(
      '--demo',
      'on an empty store and a loopback address: make a demo account and app, and print commands to try',
    );
  bind(serve, setting, {
    example: 'serve --port 9000',
    act: async () => (await import('../acts/serve.ts')).serveUntilStopped,
  });
  bind(
    program
      .command('doctor')
      .description('examine configuration, keys, database and settings; exits with 1 if anything is wrong'),
    setting,
    {
      example: 'doctor --json',
      act: async () => (await import('../acts/doctor.ts')).doctor,
    },
  );
  const explain = program
    .command('explain')
    .description('tell what was decided under a support code, the one a refused client was given')
    .argument('<support-code>', 'the X-Support-Code of the answer');
  bind(explain, setting, {
    example: 'explain 7k3m9q2x4t',
    act: async () => (await import('../acts/explain.ts')).explain,
  });
  const config = program.command('config').description('the configuration');
  bind(config.command('show').description('print the configuration as it is in force; secrets are left out'), setting, {
    example: 'config show',
    act: async () => (await import('../acts/config.ts')).showConfig,
  });
  bind(config.command('check').description('check the configuration; exits with 1 if it is not valid'), setting, {
    example: 'config check --config understudy.toml',
    act: async () => (await import('../acts/config.ts')).checkConfig,
  });
  const demo = program.command('demo').description('the demo account and app');
  bind(demo.command('remove').description('remove the demo account and app'), setting, {
    example: 'demo remove',
    act: async () => (await import('../acts/demo.ts')).endDemo,
  });
}
