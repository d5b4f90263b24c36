// Finds a place in the trail by time, though nothing but the number of a row is indexed.
import type { AuditStore } from './audit-store.ts';

/** Rows are numbered when they are written and dated when it happened: nearly, and not quite, in one order. */
const SLACK_MS = 600_000;

type Reader = Pick<AuditStore, 'list'>;

/** The id after which every row of that instant and later stands; at most some minutes of earlier rows stand there too. */
export const seekAudit =
  ({ audit }: { readonly audit: Reader }) =>
  async (at: number): Promise<number> => {
    const isBefore = async (id: number): Promise<boolean> => {
      const [row] = await audit.list(id, 1);
      return row !== undefined && row.at < at - SLACK_MS;
    };
    let [low, high] = [0, 1];
    while (await isBefore(high)) [low, high] = [high, high * 2];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (await isBefore(middle)) low = middle;
      else high = middle;
    }
    return low;
  };
