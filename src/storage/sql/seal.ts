// Whether the data of a database is there to be worked with, or has left it, or has not wholly come.
import { Refusal } from '#core';
import { Act, type Ground } from './act.ts';
import type { FeedTable } from './feed-table.ts';
import { Statement } from './statement.ts';

/** Kept by the database the data goes away from. */
export interface Departure {
  readonly id: string;
  /** Where it goes, without secrets. */
  readonly to: string;
  /** Copied beside those who work with it; closed for the last steps; gone. */
  readonly state: 'copying' | 'sealed' | 'moved';
  /** The tables, as the program that began knew them. */
  readonly tables: string;
}

/** Kept by the database the data comes to. */
export interface Arrival {
  readonly id: string;
  readonly isDone: boolean;
}

/** The data is elsewhere. */
export class MovedError extends Error {
  override readonly name = 'MovedError';
}

/** Long enough for the last steps of a move, most times. */
const RETRY_AFTER_SECONDS = 5;

const read = new Statement((db, p: { name: string }) =>
  db.selectFrom('moves').select('value').where('name', '=', p.name),
);

/** Reads what the database knows about a move. */
export async function readMove<T extends Arrival | Departure>(
  act: Act,
  name: T extends Departure ? 'departure' : 'arrival',
): Promise<T | undefined> {
  const row = await read.first(act, { name });
  return row && (JSON.parse(row.value) as T);
}

/** @throws MovedError where nobody may work with the data */
export async function assertAtHome(ground: Ground): Promise<void> {
  const act = new Act(ground);
  const departure = await readMove<Departure>(act, 'departure');
  if (departure?.state === 'moved')
    throw new MovedError(
      `the data of this store has moved to ${departure.to}: set databaseUrl to it; the keys stay where they are`,
    );
  if (departure?.state === 'sealed')
    throw new MovedError(
      `the data of this store is moving to ${departure.to}: go on with understudy move --to, or go back with its --cancel`,
    );
  if ((await readMove<Arrival>(act, 'arrival'))?.isDone === false)
    throw new MovedError('the move into this database is not finished: go on with understudy move');
}

/** What a write is refused with once the database is sealed. */
export const sealedRefusal = (): Refusal =>
  new Refusal('server.busy', { retryAfterSeconds: RETRY_AFTER_SECONDS, remark: 'the data is moving' });

/** The seal as a server sees it: the database refuses writes by itself, the server refuses reads as soon as it has heard. */
export class Seal {
  readonly #read: (work: (act: Act) => Promise<boolean>) => Promise<boolean>;
  #isSealed = false;

  /** @param read does something on a connection */
  constructor(read: (work: (act: Act) => Promise<boolean>) => Promise<boolean>) {
    this.#read = read;
  }

  /** @throws Refusal `server.busy` */
  assertOpen(): void {
    if (this.#isSealed) throw sealedRefusal();
  }

  /** Finds the seal as it is now. */
  async look(): Promise<void> {
    this.#isSealed = await this.#read(async (act) => {
      const departure = await readMove<Departure>(act, 'departure');
      return departure !== undefined && departure.state !== 'copying';
    });
  }

  /** Sealing and unsealing are told as `everything`, and looked at before anybody hears of them. */
  heardBy(table: FeedTable): FeedTable {
    return {
      newest: () => table.newest(),
      after: async (id) => {
        const page = await table.after(id);
        if (page.some(({ change }) => change.topic === 'everything')) await this.look();
        return page;
      },
    };
  }
}
