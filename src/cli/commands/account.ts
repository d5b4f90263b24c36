// The commands about accounts.
import type { Command } from 'commander';
import { type Setting, bind } from '../act.ts';

const REALM = ['--realm <realm>', 'the pool of accounts', 'main'] as const;
const IDENTIFIER = [
  '<identifier>',
  'username, mobile, e-mail, id number, AegisSpeed ID (any of them also as kind:text) or account id',
] as const;

/** Collects an option that may be given several times. */
const collect = (value: string, earlier: readonly string[] = []): readonly string[] => [...earlier, value];

/** Adds `account …`. */
export function addAccountCommands(program: Command, setting: Setting): void {
  const account = program.command('account').description('accounts: create, import, look at, change, remove');
  addCreation(account, setting);
  addReading(account, setting);
  addStatus(account, setting);
  addIdentifiers(account, setting);
  addRoles(account, setting);
}

function addCreation(account: Command, setting: Setting): void {
  const add = account
    .command('add')
    .description('create an account; its identifiers count as verified')
    .option(...REALM)
    .option('--username <name>', 'a name to sign in with')
    .option('--mobile <number>', 'a mobile number; one without country is of mainland China')
    .option('--email <address>', 'an e-mail address')
    .option('--id-number <number>', 'a resident identity number; kept encrypted, shown masked')
    .option('--aegisspeed-id <id>', 'an AegisSpeed ID, or new for the next one')
    .option('--role <role>', 'a role; may be repeated', collect)
    .option('--organisation <name>', 'the organisation it belongs to')
    .option(
      '--set <path=value>',
      'profile.<field>=<text> or attributes.<dialect>.<field>=<value>; may be repeated',
      collect,
    )
    .option('--password-stdin', 'read the password from standard input')
    .option('--no-password', 'create it without a password');
  bind(add, setting, {
    example: 'account add --username ada --email ada@example.com --role 管理员 --password-stdin < password.txt',
    act: async () => (await import('../acts/add-account.ts')).addAccount,
  });
  const load = account
    .command('import')
    .description(
      'import accounts, one JSON object a line; lines that are there already are passed over. Fields: username, mobile, email, idNumber, aegisSpeedId (or "new"), password or passwordHash (a PHC string), realm, status, roles, organisation, profile, attributes, number, createdAt',
    )
    .argument('<file>', 'a file of JSON lines, or - for standard input')
    .option('--realm <realm>', 'the pool of accounts for lines that name none', 'main')
    .option('--refused <file>', 'write refused lines (number and reason) to this file as JSON lines');
  bind(load, setting, {
    example: 'account import accounts.jsonl --refused refused.jsonl',
    act: async () => (await import('../acts/import-accounts.ts')).importAccounts,
  });
}

function addReading(account: Command, setting: Setting): void {
  const show = account
    .command('show')
    .description('show one account; id numbers are masked')
    .argument(...IDENTIFIER)
    .option(...REALM);
  bind(show, setting, {
    example: 'account show ada@example.com --json',
    act: async () => (await import('../acts/show-accounts.ts')).showAccount,
  });
  const list = account.command('list').description('list accounts, oldest first');
  const search = account
    .command('search')
    .description('list accounts with an identifier or nickname that contains the text')
    .argument('<text>', 'part of an identifier or nickname');
  for (const command of [list, search]) {
    command
      .option(...REALM)
      .option('--organisation <name>', 'only those of this organisation')
      .option('--limit <n>', 'at most so many', '50')
      .option('--after <cursor>', 'go on where the page before ended');
  }
  bind(list, setting, {
    example: 'account list --limit 20',
    act: async () => (await import('../acts/show-accounts.ts')).listAccounts,
  });
  bind(search, setting, {
    example: 'account search ada',
    act: async () => (await import('../acts/show-accounts.ts')).listAccounts,
  });
}

function addStatus(account: Command, setting: Setting): void {
  const named = (name: string, description: string): Command =>
    account
      .command(name)
      .description(description)
      .argument(...IDENTIFIER)
      .option(...REALM);
  bind(named('disable', 'refuse sign-ins and end all sessions'), setting, {
    example: 'account disable ada',
    act: async () => (await import('../acts/change-account.ts')).disableAccount,
  });
  bind(named('enable', 'allow sign-ins again'), setting, {
    example: 'account enable ada',
    act: async () => (await import('../acts/change-account.ts')).enableAccount,
  });
  bind(named('unlock', 'forget failed attempts, whatever lock they led to'), setting, {
    example: 'account unlock mobile:13800138000',
    act: async () => (await import('../acts/change-account.ts')).unlock,
  });
  const setPassword = named('set-password', 'set or take away the password; ends all sessions')
    .option('--password-stdin', 'read the password from standard input')
    .option('--no-password', 'take the password away');
  bind(setPassword, setting, {
    example: 'account set-password ada --password-stdin < password.txt',
    act: async () => (await import('../acts/change-account.ts')).changePassword,
  });
  bind(named('remove', 'remove the account and everything that belongs to it'), setting, {
    example: 'account remove ada',
    act: async () => (await import('../acts/change-account.ts')).remove,
  });
}

function addIdentifiers(account: Command, setting: Setting): void {
  const add = account
    .command('add-identifier')
    .description('give the account another identifier; it counts as verified')
    .argument(...IDENTIFIER)
    .argument('<kind>', 'username, mobile, email, id-number or aegisspeed-id')
    .argument('<text>', 'the new identifier')
    .option(...REALM)
    .option('--replace', 'replace the one of that kind it has');
  bind(add, setting, {
    example: 'account add-identifier ada mobile 13800138000',
    act: async () => (await import('../acts/change-account.ts')).giveIdentifier,
  });
  const remove = account
    .command('remove-identifier')
    .description('take an identifier from the account')
    .argument(...IDENTIFIER)
    .argument('<kind>', 'username, mobile, email, id-number or aegisspeed-id')
    .option(...REALM);
  bind(remove, setting, {
    example: 'account remove-identifier ada mobile',
    act: async () => (await import('../acts/change-account.ts')).takeIdentifier,
  });
}

function addRoles(account: Command, setting: Setting): void {
  const named = (name: string, description: string): Command =>
    account
      .command(name)
      .description(description)
      .argument(...IDENTIFIER)
      .argument('<role...>', 'roles')
      .option(...REALM);
  bind(named('grant', 'give roles; ends all sessions'), setting, {
    example: 'account grant ada 管理员',
    act: async () => (await import('../acts/change-account.ts')).grant,
  });
  const organise = account
    .command('organise')
    .description('say which organisation the account belongs to; ends all sessions')
    .argument(...IDENTIFIER)
    .argument('[organisation]', 'its name')
    .option(...REALM)
    .option('--none', 'it belongs to none');
  bind(organise, setting, {
    example: 'account organise ada "Analytical Engines"',
    act: async () => (await import('../acts/change-account.ts')).organise,
  });
  bind(named('ungrant', 'take roles away; ends all sessions'), setting, {
    example: 'account ungrant ada 管理员',
    act: async () => (await import('../acts/change-account.ts')).ungrant,
  });
}
