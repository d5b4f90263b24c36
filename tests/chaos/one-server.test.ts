// One data folder, one server: a second one is turned away, and a killed one leaves nothing behind that would turn away its successor.
import { request } from 'node:http';

import { describe, expect, it } from 'vitest';

import { ChildServer, understudy } from '../support/child-server.ts';
import { aUsername } from '../support/people.ts';

function statusOf(url: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { agent: false }, (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end();
  });
}

describe('starting a second server on a data folder', () => {
  it('is refused in one clear line, and does not disturb the first', async () => {
    const first = await ChildServer.start();

    const second = await understudy(['serve', '--port', '0'], { dataDir: first.dataDir });

    expect(second.code).toBe(1);
    expect(second.err).toMatch(/^error: [^\n]*another server[^\n]*\n$/i);
    expect(second.out).toBe('');
    expect(await statusOf(`${first.url}/readyz`)).toBe(200);
  });

  it('leaves the commands of the operator alone', async () => {
    const server = await ChildServer.start();

    const added = await understudy(['account', 'add', '--username', aUsername(), '--no-password'], {
      dataDir: server.dataDir,
    });

    expect(added).toMatchObject({ code: 0, err: '' });
  });
});

describe('starting after the server before was killed', () => {
  it('finds no lock in the way', async () => {
    const killed = await ChildServer.start();
    const { signal } = await killed.kill();

    const next = await ChildServer.start([], { dataDir: killed.dataDir });

    expect(signal).toBe('SIGKILL');
    expect(await statusOf(`${next.url}/readyz`)).toBe(200);
  });

  it('works right after a server that was asked to stop as well', async () => {
    const stopped = await ChildServer.start();
    await stopped.stop();

    const next = await ChildServer.start([], { dataDir: stopped.dataDir });

    expect(await statusOf(`${next.url}/healthz`)).toBe(200);
  });
});
