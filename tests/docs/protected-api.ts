// The examples of a protected API, each a process of its own in front of a real server, and what any of them must do.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

import { type Heard, talk } from '#tests/support/talk';
import { expect, it, onTestFinished } from 'vitest';

import { Scene } from '../client/asking.ts';
import { plainEnvironment } from '../support/child-server.ts';

/** How an example is started. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

const ADDRESS = /http:\/\/127\.0\.0\.1:(\d+)/;
const PATIENCE_MS = 30_000;

/** Starts an example that asks the server of the scene; its port. It is gone when the test is over. */
async function start({ program, args, cwd, env = {} }: Command, { app, server }: Scene): Promise<number> {
  const settings = { LOGIN_URL: server.url, APP_ID: app.id, APP_SIGNATURE: app.signature, PORT: '0', ...env };
  const child = spawn(program, args, { cwd, env: plainEnvironment(settings), stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  return Number((await printed(child, ADDRESS))[1]);
}

/** Waits for a line; a process that ends without it is a failure, and so is one that takes too long. */
function printed(child: ChildProcess, pattern: RegExp): Promise<RegExpExecArray> {
  let said = '';
  return new Promise((resolve, reject) => {
    const hear = (text: Buffer): void => {
      said += text.toString();
      const found = pattern.exec(said);
      if (found) resolve(found);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    void once(child, 'close').then(() => reject(new Error(`it ended: ${said}`)), reject);
    AbortSignal.timeout(PATIENCE_MS).addEventListener('abort', () => reject(new Error(`it never began: ${said}`)));
  });
}

function orders(port: number, authorization?: string): Promise<Heard> {
  return talk(port, {
    method: 'GET',
    path: '/orders',
    headers: authorization === undefined ? {} : { authorization },
  });
}

const told = ({ status, headers }: Heard): readonly unknown[] => [status, headers['www-authenticate']];

/** Tests an example: who gets the orders, and who does not. */
export function itProtects(command: () => Promise<Command>): void {
  it('gives the orders to whoever signed in, by whatever login', async () => {
    const scene = await Scene.open();
    const person = await scene.invite();
    const { token = '' } = await scene.visitor.weidu(person.username, person.password);
    const port = await start(await command(), scene);

    const answers = [
      await orders(port, `Bearer ${await scene.signIn(person)}`),
      await orders(port, `bearer ${token}`),
      await orders(port, `bearer ${token}`),
    ];

    const given = { status: 200, body: { owner: person.account.id, orders: [] } };
    expect(answers.map(({ status, body }) => ({ status, body: JSON.parse(body) as unknown }))).toEqual([
      given,
      given,
      given,
    ]);
  });

  it('gives them to nobody else', async () => {
    const scene = await Scene.open();
    const port = await start(await command(), scene);

    const answers = [await orders(port), await orders(port, 'Basic bWU6cHc='), await orders(port, 'Bearer nobodys')];

    expect(answers.map(told)).toEqual([
      [401, 'Bearer'],
      [401, 'Bearer'],
      [401, 'Bearer error="invalid_token"'],
    ]);
  });

  it('gives them to nobody while the login server is away, or does not know the app', async () => {
    const scene = await Scene.open();
    const token = await scene.signIn(await scene.invite());
    const [port, unknown] = [
      await start(await command(), scene),
      await start({ ...(await command()), env: { APP_SIGNATURE: 'wrong' } }, scene),
    ];

    const toUnknown = await orders(unknown, `Bearer ${token}`);
    await scene.server.close();
    const whileAway = await orders(port, `Bearer ${token}`);

    expect([toUnknown, whileAway].map(({ status, headers }) => [status, headers['retry-after']])).toEqual([
      [503, '1'],
      [503, '1'],
    ]);
  });
}
