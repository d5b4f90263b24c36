// How many connections one client may hold.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { limitConnections } from './connections.ts';
import { TrustedProxies } from './source-address.ts';

let server: Server;
const opened: Socket[] = [];

beforeEach(async () => {
  server = createServer((_request, response) => response.end('ok'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(() => {
  for (const socket of opened.splice(0)) socket.destroy();
  server.close();
});

/** A connection on which a question was asked: what came back. */
async function knock(): Promise<{ readonly socket: Socket; readonly isAnswered: boolean }> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  opened.push(socket);
  const heard = new Promise<boolean>((resolve) => {
    socket.on('data', () => resolve(true));
    socket.on('error', () => resolve(false));
    socket.on('close', () => resolve(false));
  });
  socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  return { socket, isAnswered: await heard };
}

describe('one client with many connections', () => {
  it('R-84 is cut off beyond its share', async () => {
    limitConnections(server, 2, new TrustedProxies([]));

    const knocks = [await knock(), await knock(), await knock(), await knock()];

    expect(knocks.map(({ isAnswered }) => isAnswered)).toEqual([true, true, false, false]);
  });

  it('R-84 may come back once it has closed one', async () => {
    limitConnections(server, 1, new TrustedProxies([]));
    const served = once(server, 'connection') as Promise<[Socket]>;
    const { socket } = await knock();
    const [serverSide] = await served;

    socket.destroy();
    await once(serverSide, 'close');

    expect((await knock()).isAnswered).toBe(true);
  });

  it('is not limited when it is a proxy we trust', async () => {
    limitConnections(server, 1, new TrustedProxies(['127.0.0.1']));

    const knocks = [await knock(), await knock(), await knock()];

    expect(knocks.every(({ isAnswered }) => isAnswered)).toBe(true);
  });
});
