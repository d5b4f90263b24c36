// The thread that owns the writing connection: fsync and checkpoints happen here, off the event loop.
import { parentPort, workerData } from 'node:worker_threads';
import { SqliteConnection } from './connection.ts';
import { GroupCommit } from './group-commit.ts';
import { Outbox } from './outbox.ts';
import { toMessage } from './thread-errors.ts';
import type { FromThread, ToThread, WriteReply, WriteRequest } from './writer-messages.ts';

const port = parentPort;
if (port === null) throw new Error('this is the entry of a thread');

const connection = new SqliteConnection(String(workerData), 'write');
const writer = new GroupCommit(connection);
const outbox = new Outbox<WriteReply>(post);

function post(message: FromThread): void {
  port?.postMessage(message);
}

async function answer({ id, call, kind }: WriteRequest): Promise<void> {
  try {
    outbox.send({ id, ...(await writer.perform(call, kind)) });
  } catch (reason) {
    outbox.send({ id, error: toMessage(reason) });
  }
}

/** What was asked before is done before. */
async function close(): Promise<void> {
  await writer.idle();
  outbox.flush();
  connection.close();
  port?.close();
}

port.on('message', (message: ToThread) => {
  if (message === 'close') void close();
  else for (const request of message) void answer(request);
});
post('ready');
