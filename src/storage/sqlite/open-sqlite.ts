// Opens SQLite as a storage engine: a writer, a reader, the news, and for servers a thread and a claim.
import type { Storage } from '../storage.ts';
import { Act } from '../sql/act.ts';
import { type ActCall, type ActKind, storesOver } from '../sql/acts.ts';
import { feedTable } from '../sql/feed-table.ts';
import { SCHEMA_VERSION, schemaVersion } from '../sql/migrate.ts';
import { assertAtHome, Seal } from '../sql/seal.ts';
import { attemptsInMemory } from './attempts-in-memory.ts';
import { ChangeRelay } from './change-relay.ts';
import { claim } from './claim.ts';
import { SqliteConnection } from './connection.ts';
import { GroupCommit, type Written } from './group-commit.ts';
import { migrateAlone, prepareForServer } from './prepare-database.ts';
import { SessionLookup } from './session-lookup.ts';
import { SnapshotReader } from './snapshot-reader.ts';
import { WriterThread } from './writer.ts';

/** Needs the writer and its turn to write, and changes nothing. */
const LEAST_WRITE: ActCall = { store: 'meta', method: 'get', input: ['schema.version'] };

/** A command in the middle of a million accounts lets the server beside it write every few milliseconds. */
const MANNERS = { acts: 64, gapMs: 3 };

/** Where writes go. */
interface Writer {
  perform(call: ActCall, kind: ActKind): Promise<Written>;
  close(): Promise<void>;
}

/** What a storage is put together from. */
interface Parts {
  readonly writer: Writer;
  readonly read: (call: ActCall) => Promise<unknown>;
  readonly relay: ChangeRelay;
  /** Where the whole file is looked at: checked, copied, examined. */
  readonly inspected: SqliteConnection;
  readonly lookup?: SessionLookup;
  /** Where somebody stays long enough for the data to move away meanwhile. */
  readonly seal?: Seal;
  /** Nobody else signs people in on this database: the claim sees to that. */
  readonly isAlone: boolean;
  readonly letGo: () => void;
}

/** A server's storage: writes in a thread of their own, reads here, news from other processes. */
export async function openForServer(path: string): Promise<Storage> {
  const release = claim(path);
  const writer = new WriterThread(path);
  try {
    await prepareForServer(path);
    await writer.start();
    return await besideWriter(path, writer, release);
  } catch (reason) {
    await writer.close();
    release();
    throw reason;
  }
}

async function besideWriter(path: string, writer: WriterThread, release: () => void): Promise<Storage> {
  const connection = new SqliteConnection(path, 'read');
  const reader = new SnapshotReader(connection);
  const relay = new ChangeRelay();
  const seal = new Seal((work) => work(new Act(connection)));
  await relay.watch(seal.heardBy(feedTable(connection)));
  await seal.look();
  const letGo = (): void => {
    connection.close();
    release();
  };
  const lookup = new SessionLookup(new SqliteConnection(path, 'read'));
  return assemble({
    writer,
    read: (call) => reader.perform(call),
    relay,
    inspected: connection,
    lookup,
    seal,
    isAlone: true,
    letGo,
  });
}

/**
 * A command's storage: everything in this thread, in short transactions beside a running server.
 * Reads queue up with the writes, for a read between the parts of a write would see it half done.
 */
export async function openForTool(path: string): Promise<Storage> {
  const connection = new SqliteConnection(path, 'write');
  await migrateAlone(connection);
  await assertHere(connection);
  const group = new GroupCommit(connection, path === ':memory:' ? undefined : MANNERS);
  const writer: Writer = { perform: (call, kind) => group.perform(call, kind), close: () => group.idle() };
  const read = async (call: ActCall): Promise<unknown> => (await group.perform(call, 'read')).result;
  return assemble({
    writer,
    read,
    relay: new ChangeRelay(),
    inspected: connection,
    isAlone: false,
    letGo: () => connection.close(),
  });
}

async function assertHere(connection: SqliteConnection): Promise<void> {
  try {
    await assertAtHome(connection);
  } catch (reason) {
    connection.close();
    throw reason;
  }
}

function assemble({ writer, read, relay, inspected, lookup, seal, isAlone, letGo }: Parts): Storage {
  const write = async (call: ActCall, kind: ActKind): Promise<unknown> => {
    const { result, changes } = await writer.perform(call, kind);
    relay.announce(changes);
    return result;
  };
  const stores = storesOver(async (call, kind) => {
    seal?.assertOpen();
    return kind === 'read' ? read(call) : write(call, kind);
  });
  const fast = lookup && {
    async find(digest: string) {
      seal?.assertOpen();
      return lookup.find(digest);
    },
  };
  const attempts = isAlone ? attemptsInMemory(stores) : stores.attempts;
  const closeAll = async (): Promise<void> => {
    relay.stop();
    await writer.close();
    lookup?.close();
    letGo();
  };
  let closing: Promise<void> | undefined;
  return {
    stores: { ...stores, attempts, sessions: { ...stores.sessions, ...fast } },
    changes: relay,
    // No act waits longer than a disk does.
    perRequest: (work) => work(),
    async check() {
      seal?.assertOpen();
      await assertMigrated(inspected);
      await writer.perform(LEAST_WRITE, 'relaxed');
    },
    backup: async (file) => inspected.copyTo(file),
    integrity: async () => inspected.integrity(),
    close: () => (closing ??= closeAll()),
  };
}

async function assertMigrated({ db }: SqliteConnection): Promise<void> {
  if ((await schemaVersion(db)) < SCHEMA_VERSION) throw new Error('the database is not migrated');
}
