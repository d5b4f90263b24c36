// Collects decisions in memory, puts those that are alike together, and writes them in batches: refusing costs no write of its own.
import type { Clock, Randomness } from '../kernel/ports.ts';
import { ANYBODY, type Decision, type DecisionRecord } from './decision.ts';
import { CODES_OF_RECORD, type DecisionNote, type DecisionStore } from './decision-store.ts';

/** What keeping the log needs. */
export interface DecisionLogDeps {
  readonly decisions: Pick<DecisionStore, 'record'>;
  readonly clock: Clock;
  readonly randomness: Pick<Randomness, 'uuid'>;
}

/** Decisions that are alike share a record for so long. */
const WINDOW_MS = 60_000;
/** Beyond so many different ones at a time, further ones are told apart by code and dialect only. */
const MOST_OPEN = 1000;
/** Beyond so many support codes waiting to be written, decisions are only counted. */
const MOST_CODES = 2000;
/** One act writes so many records at most, so that sign-ins get their turn in between. */
const BATCH = 100;

/** A record that still grows. */
interface Open {
  record: DecisionRecord;
  codes: DecisionNote['codes'][number][];
}

/** The decisions of one process. */
export class DecisionLog {
  readonly #deps: DecisionLogDeps;
  readonly #open = new Map<string, Open>();
  #codes = 0;
  #flushing: Promise<void> | undefined;

  constructor(deps: DecisionLogDeps) {
    this.#deps = deps;
  }

  /** Takes a decision down. Never waits and never fails. */
  note(decision: Decision, about: { readonly code: string; readonly retryAfterSeconds?: number | undefined }): void {
    const at = this.#deps.clock.now();
    const open = this.#find(decision, at);
    const count = open.record.count + 1;
    const { retryAfterSeconds, code } = about;
    open.record = { ...open.record, count, lastAt: at, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) };
    this.#keepCode(open, { code, number: count });
  }

  /** Writes what has come since the last time. What cannot be written stays, and is tried again. */
  async flush(): Promise<void> {
    this.#flushing ??= this.#write().finally(() => (this.#flushing = undefined));
    return this.#flushing;
  }

  async #write(): Promise<void> {
    const now = this.#deps.clock.now();
    const due = [...this.#open.values()].filter(({ codes }) => codes.length > 0);
    for (let start = 0; start < due.length; start += BATCH) await this.#writeBatch(due.slice(start, start + BATCH));
    for (const [likeness, { record, codes }] of this.#open)
      if (codes.length === 0 && now >= record.firstAt + WINDOW_MS) this.#open.delete(likeness);
  }

  async #writeBatch(batch: readonly Open[]): Promise<void> {
    const notes = batch.map(({ record, codes }) => ({ record, codes: [...codes] }));
    await this.#deps.decisions.record(notes);
    for (const [index, open] of batch.entries()) {
      const written = notes[index]?.record.count ?? 0;
      const left = open.codes.filter(({ number }) => number > written);
      this.#codes -= open.codes.length - left.length;
      open.codes = left;
    }
  }

  /** The record for decisions like this one; a new one when the last has had its time and is written. */
  #find(decision: Decision, at: number): Open {
    const known = this.#open.get(likenessOf(decision));
    if (known !== undefined && at < known.record.firstAt + WINDOW_MS) return known;
    if (known === undefined && this.#open.size >= MOST_OPEN && decision.source !== ANYBODY)
      return this.#find(anybodys(decision), at);
    if (known !== undefined && known.codes.length > 0) return known;
    const id = this.#deps.randomness.uuid(at);
    const open: Open = { record: { ...decision, id, count: 0, firstAt: at, lastAt: at }, codes: [] };
    this.#open.set(likenessOf(decision), open);
    return open;
  }

  /** The latest codes push out the earliest; the first of a record is always kept, so that it is written at all. */
  #keepCode(open: Open, code: Open['codes'][number]): void {
    if (open.codes.length > 0 && (open.codes.length >= CODES_OF_RECORD || this.#codes >= MOST_CODES))
      open.codes.shift();
    else this.#codes += 1;
    open.codes.push(code);
  }
}

const likenessOf = (decision: Decision): string => {
  const { refusal, shown, field, key, remark, source, forwardedBy, dialect, endpoint, appId } = decision;
  return JSON.stringify([refusal, shown, field, key, remark, source, forwardedBy, dialect, endpoint, appId]);
};

const anybodys = ({ refusal, dialect }: Decision): Decision => ({ refusal, dialect, source: ANYBODY });
