// The time of the machine: what the clock on the wall says, and how much has passed.

/** Both in milliseconds. */
export interface Clock {
  /** Since 1970; may be set back or forth. */
  epochMs(): number;
  /** Since some moment; never goes back. */
  elapsedMs(): number;
}

export const machineClock: Clock = { epochMs: () => Date.now(), elapsedMs: () => performance.now() };
