// The commands about apps.
import type { Command } from 'commander';
import { type Setting, bind } from '../act.ts';

const collect = (value: string, earlier: readonly string[] = []): readonly string[] => [...earlier, value];

/** Adds `app …`. */
export function addAppCommands(program: Command, setting: Setting): void {
  const app = program.command('app').description('client applications and their signatures');
  addCreation(app, setting);
  bind(app.command('list').description('list apps'), setting, {
    example: 'app list --json',
    act: async () => (await import('../acts/apps.ts')).listApps,
  });
  const named = (name: string, description: string): Command =>
    app.command(name).description(description).argument('<appid>', 'the id of the app');
  bind(named('stop', 'refuse sign-ins through the app'), setting, {
    example: 'app stop shop',
    act: async () => (await import('../acts/apps.ts')).stopApp,
  });
  bind(named('start', 'allow sign-ins through the app again'), setting, {
    example: 'app start shop',
    act: async () => (await import('../acts/apps.ts')).startApp,
  });
  const tokenCheck = named('token-check', 'take a token only (on), or name and password as well (off)').argument(
    '<state>',
    'on or off',
  );
  bind(tokenCheck, setting, {
    example: 'app token-check shop off',
    act: async () => (await import('../acts/apps.ts')).setTokenCheck,
  });
  const rotate = named('rotate-signature', 'give the app a new signature; the one before stays good for 24 hours')
    .option('--signature <text>', 'this signature instead of a random one; other users of this machine can see it')
    .option('--signature-stdin', 'read the signature from standard input')
    .option('--at-once', 'end the signature before at once');
  bind(rotate, setting, {
    example: 'app rotate-signature shop',
    act: async () => (await import('../acts/apps.ts')).rotate,
  });
  bind(named('remove', 'remove the app and end its sessions'), setting, {
    example: 'app remove shop',
    act: async () => (await import('../acts/apps.ts')).remove,
  });
}

function addCreation(app: Command, setting: Setting): void {
  const add = app
    .command('add')
    .description('create an app; a signature drawn at random is printed this once')
    .argument('<appid>', 'the id its clients send')
    .option('--name <name>', 'a name for people (default: the id)')
    .option('--realm <realm>', 'the pool of accounts it signs in to', 'main')
    .option('--signature <text>', 'this signature instead of a random one; other users of this machine can see it')
    .option('--signature-stdin', 'read the signature from standard input')
    .option('--origin <origin>', 'an origin its pages are served from; may be repeated', collect)
    .option('--no-get', 'refuse passwords in the URL')
    .option('--no-token-check', 'take name and password where a token is due')
    .option('--session-life <seconds>', "life of its sessions (default: the dialect's)");
  bind(add, setting, {
    example: 'app add shop --name "The shop" --origin https://shop.example.com',
    act: async () => (await import('../acts/apps.ts')).addApp,
  });
}
