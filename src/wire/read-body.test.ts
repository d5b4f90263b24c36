// Reading a body, and not one byte more than is allowed.
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { readBody } from './read-body.ts';

function incoming(headers: Readonly<Record<string, string>>): IncomingMessage {
  return Object.assign(new IncomingMessage(new Socket()), { headers });
}

const chunked = { 'transfer-encoding': 'chunked' };

describe('reading a body', () => {
  it.each([{}, { 'content-length': '0' }])('waits for nothing when the headers are %j', (headers) => {
    expect(readBody(incoming(headers), 4)).toEqual(new Uint8Array(0));
  });

  it('puts the pieces together', async () => {
    const message = incoming(chunked);
    const reading = readBody(message, 4);

    for (const piece of ['a', 'b', 'c', 'd']) message.push(piece);
    message.push(null);

    expect(Buffer.from((await reading) ?? []).toString()).toBe('abcd');
  });

  it('never writes into a piece that belongs to somebody else', async () => {
    const slab = Buffer.from('ab--');
    const message = incoming(chunked);
    const reading = readBody(message, 4);

    message.push(slab.subarray(0, 2));
    message.push('cd');
    message.push(null);

    expect([Buffer.from((await reading) ?? []).toString(), slab.toString()]).toEqual(['abcd', 'ab--']);
  });

  it('R-80 refuses what was announced as far too long, before anything has come', async () => {
    expect(await readBody(incoming({ 'content-length': '1073741824' }), 4)).toBeUndefined();
  });

  it('R-80 hears out whoever sends a little too much, and keeps nothing of it', async () => {
    const message = incoming({ 'content-length': '5' });
    const reading = readBody(message, 4);

    message.push('abcd');
    message.push('e');
    message.push(null);

    expect(await reading).toBeUndefined();
  });

  it('R-80 stops listening to whoever goes on and on', async () => {
    const message = incoming(chunked);
    const reading = readBody(message, 4);

    message.push('abcde');

    expect(await reading).toBeUndefined();
    expect(message.isPaused()).toBe(true);
  });

  it('gives up when the client goes away', async () => {
    const message = incoming(chunked);
    const reading = readBody(message, 4);

    message.push('ab');
    message.destroy();

    await expect(reading).rejects.toThrow('the client went away');
  });
});
