// The port through which notices learn what happened to an account, and which of them were sent.
import type { MessageName } from '../couriers/courier.ts';

/** A notice about to be sent. */
export interface NoticeClaim {
  readonly accountId: string;
  readonly name: MessageName;
  /** Day number in the configured time zone. */
  readonly day: number;
  /** What it is about; the same occasion is not told twice in a row. */
  readonly occasion: string;
  /** Notices of this name for the account and day. */
  readonly most: number;
}

/** Whether an account that knows any source at all knows this one. */
export type SourceStanding = 'known' | 'new' | 'first';

/** Keeps which notices were sent. */
export interface NoticeStore {
  /** What the account would say of the source now: ask before a sign-in makes it known. */
  sourceStanding(accountId: string, source: string, now: number): Promise<SourceStanding>;
  /** Until when the account refuses strangers, or this source; undefined when it refuses neither. */
  lockedUntil(accountId: string, source: string, now: number): Promise<number | undefined>;
  /** One conditional write: however many claim at once, one of an occasion is granted, and no more than so many a day. */
  claim(claim: NoticeClaim): Promise<boolean>;
  /** Forgets what was sent before that day, at most so many; tells how many. */
  sweep(beforeDay: number, limit: number): Promise<number>;
}
