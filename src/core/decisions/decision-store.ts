// The port that keeps decision records for a while.
import type { DecisionRecord } from './decision.ts';

/** Of one record at most so many support codes can be looked up, the latest. */
export const CODES_OF_RECORD = 100;

/** A record as it stands now, and the support codes that have come since it was written last. */
export interface DecisionNote {
  readonly record: DecisionRecord;
  /** `number` is the place among all decisions of the record, from 1. */
  readonly codes: readonly { readonly code: string; readonly number: number }[];
}

/** Decision records. They survive the death of the process once `record` has returned. */
export interface DecisionStore {
  /** Writes each record, or brings it up to date; of its codes the latest hundred stay. */
  record(notes: readonly DecisionNote[]): Promise<void>;
  /** The record under a support code. */
  find(code: string): Promise<DecisionRecord | undefined>;
  /** Removes records last touched before the instant, and the oldest beyond so many, at most `atMost`; tells how many. */
  sweep(keep: { readonly before: number; readonly records: number }, atMost: number): Promise<number>;
}
