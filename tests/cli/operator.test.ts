// The first operator of a realm, and organisations, from the command line.
import { describe, expect, it } from 'vitest';

import { CommandLine, run } from '../support/command-line.ts';
import { matching } from '../support/matchers.ts';
import { aPassword, aUsername } from '../support/people.ts';
import { noteSecret } from '../support/run-folder.ts';

/** The acts of the trail. */
async function actsOf(operator: CommandLine): Promise<readonly unknown[]> {
  const { out } = await operator.run(['audit', 'export']);
  return out
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { act: unknown }).act);
}

describe('creating the first operator', () => {
  it('R-69 draws the password, shows it once, and writes down that it was done', async () => {
    const operator = new CommandLine();

    const made = (await operator.json(['operator', 'create', '--username', 'grace'])) as { readonly password: string };

    noteSecret(made.password);
    expect(made).toMatchObject({ realm: 'main', status: 'active', roles: ['operator'], organisation: null });
    expect(made.password).toEqual(matching(/^[A-Za-z2-9]{24}$/));
    expect(await actsOf(operator)).toEqual(['operator.create']);
    expect(await operator.json(['account', 'show', 'grace'])).not.toHaveProperty('password');
  });

  it('takes a password from standard input, and does not repeat it', async () => {
    const operator = new CommandLine();
    const password = aPassword();

    const { code, out } = await operator.run(
      ['operator', 'create', '--username', 'grace', '--password-stdin'],
      password,
    );
    const server = await operator.serve();

    expect([code, out.includes(password)]).toEqual([0, false]);
    expect(await server.signsIn('grace', password)).toBe(true);
  });

  it('R-69 refuses a second one, whatever became of the first, unless it is told to', async () => {
    const operator = new CommandLine();
    const create = (name: string, ...more: readonly string[]) =>
      operator.run(['operator', 'create', '--username', name, '--password-stdin', ...more], aPassword());
    await create('grace');
    await operator.run(['account', 'disable', 'grace']);

    const second = await create('ada');
    const another = await create('ada', '--another');
    const elsewhere = await create('ada', '--realm', 'shop');

    expect(second).toEqual({ code: 1, out: '', err: matching(/^[^\n]*There is an operator already[^\n]*\n$/) });
    expect([another.code, elsewhere.code]).toEqual([0, 0]);
  });

  it('R-69 counts whoever holds a role that may do everything, however they got it', async () => {
    const operator = new CommandLine();
    await operator.json(['account', 'add', '--username', 'ada', '--no-password']);
    await operator.json(['account', 'grant', 'ada', '超级管理员']);

    const { code } = await operator.run(['operator', 'create', '--username', 'grace']);
    await operator.json(['account', 'ungrant', 'ada', '超级管理员']);
    const { out, code: afterwards } = await operator.run(['operator', 'create', '--username', 'grace', '--json']);

    noteSecret(String((JSON.parse(out) as { password: unknown }).password));
    expect([code, afterwards]).toEqual([1, 0]);
  });

  it('R-69 makes one when four are made at once', async () => {
    const operator = new CommandLine();
    await operator.json(['account', 'add', '--username', 'ada', '--no-password']);
    const creations = Array.from({ length: 4 }, (_, number) =>
      operator.run(['operator', 'create', '--username', `grace${number}`, '--password-stdin'], aPassword()),
    );

    const codes = (await Promise.all(creations)).map(({ code }) => code);

    expect(codes.toSorted((left, right) => Number(left) - Number(right))).toEqual([
      0,
      ...Array.from({ length: 3 }, () => 1),
    ]);
  }, 60_000);

  it('ends with 2 where it is misused', async () => {
    const operator = new CommandLine();

    const runs = [
      await operator.run(['operator', 'create']),
      await operator.run(['operator', 'create', '--username', 'grace', 'password']),
      await operator.run(['operator']),
    ];

    expect(runs.map(({ code }) => code)).toEqual([2, 2, 2]);
  });

  it('works as a program of its own', async () => {
    const { dataDir } = new CommandLine();

    const { code, out } = await run(['operator', 'create', '--username', 'grace', '--data', dataDir]);

    const password = /shown this once +(\S+)/.exec(out)?.[1] ?? '';
    noteSecret(password);
    expect([code, password.length]).toEqual([0, 24]);
  });
});

describe('organisations', () => {
  it('are given, shown, changed and taken away', async () => {
    const operator = new CommandLine();
    const name = aUsername();
    const shown = async () => (await operator.json(['account', 'show', name]))['organisation'];

    await operator.json(['account', 'add', '--username', name, '--organisation', ' 东方公司 ', '--no-password']);
    const first = await shown();
    await operator.json(['account', 'organise', name, 'Analytical Engines']);
    const second = await shown();
    await operator.json(['account', 'organise', name, '--none']);

    expect([first, second, await shown()]).toEqual(['东方公司', 'Analytical Engines', null]);
  });

  it('narrow a list', async () => {
    const operator = new CommandLine();
    for (const organisation of ['Blue', 'Red'])
      await operator.json([
        'account',
        'add',
        '--username',
        organisation,
        '--organisation',
        organisation,
        '--no-password',
      ]);

    const listed = await operator.json(['account', 'list', '--organisation', 'Red']);
    const found = await operator.json(['account', 'search', 'blu', '--organisation', 'Red']);

    expect(listed['accounts']).toMatchObject([{ organisation: 'Red' }]);
    expect(found['accounts']).toEqual([]);
  });

  it('R-57 end all sessions when they change', async () => {
    const operator = new CommandLine();
    const [name, password] = [aUsername(), aPassword()];
    await operator.addAccount(['--username', name], password);
    const server = await operator.serve();
    await server.signsIn(name, password);
    const before = await operator.json(['session', 'list', name]);

    await operator.json(['account', 'organise', name, 'Blue']);

    expect(before['sessions']).toHaveLength(1);
    expect((await operator.json(['session', 'list', name]))['sessions']).toEqual([]);
  });

  it('refuse names nobody can read', async () => {
    const operator = new CommandLine();
    await operator.json(['account', 'add', '--username', 'ada', '--no-password']);

    const names = ['', ' ', 'x'.repeat(65), 'a\u0000b', 'a\u202eb', '\n'];
    const codes = [];
    for (const name of names) codes.push((await operator.run(['account', 'organise', 'ada', name])).code);

    expect(codes).toEqual(names.map(() => 1));
  });
});
