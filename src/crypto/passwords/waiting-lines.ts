// Who waits for a place, in three lines side by side: whose turn is next, and who may still join.
import { LinePace } from './pace.ts';

/** How a newcomer stands: at a source somebody signed in from lately; elsewhere, but at the way in of operators; or neither. */
export type Standing = 'known' | 'operator' | 'stranger';

/** Somebody in a line. */
export interface Waiter {
  readonly standing: Standing;
  /** Left out by whoever has been let in already. */
  readonly source?: string;
  readonly isGone: () => boolean;
  readonly admit: () => void;
  readonly turnAway: () => void;
}

interface Terms {
  /** Places in turn, against those of the other lines in which somebody waits. */
  readonly weight: number;
  /** Share of the room that is kept free for this line. */
  readonly kept: number;
}

/** No line can shut another one out: each has turns of its own and room of its own, and what one does not use the others have. */
// prettier-ignore
const TERMS: Readonly<Record<Standing, Terms>> = {
  operator: { weight: 1, kept: 1 / 32 },
  known:    { weight: 4, kept: 1 / 8 },
  stranger: { weight: 3, kept: 1 / 8 },
};

export const STANDINGS = Object.keys(TERMS) as readonly Standing[];

/** So much of the room kept for the known may be taken by one of them; what comes from there beyond it stands with the strangers. */
const ONE_SOURCE = 1 / 4;

interface Line {
  readonly waiters: Set<Waiter>;
  readonly pace: LinePace;
  /** How far its turns have advanced: the line that is furthest behind is next. */
  turns: number;
}

/** Keeps the lines. */
export class WaitingLines {
  readonly #room: number;
  readonly #lines: Readonly<Record<Standing, Line>>;
  readonly #known = new Map<string, number>();
  /** How far the turns of the line that was served last have advanced. */
  #turns = 0;

  /** @param room most that may wait in all lines together */
  constructor(room: number) {
    this.#room = room;
    const line = (): Line => ({ waiters: new Set(), pace: new LinePace(), turns: 0 });
    this.#lines = { operator: line(), known: line(), stranger: line() };
  }

  get size(): number {
    return STANDINGS.reduce((sum, standing) => sum + this.sizeOf(standing), 0);
  }

  sizeOf(standing: Standing): number {
    return this.#lines[standing].waiters.size;
  }

  /** Where somebody stands who comes from a known source: with the strangers, once too many from there wait. */
  standingOf(source: string | undefined): Standing {
    if (source === undefined) return 'known';
    const most = Math.max(1, Math.floor(this.#keptFor('known') * ONE_SOURCE));
    return (this.#known.get(source) ?? 0) < most ? 'known' : 'stranger';
  }

  /** Whether one more may join without taking what is kept for the other lines. */
  hasRoom(standing: Standing): boolean {
    const others = STANDINGS.filter((other) => other !== standing);
    const kept = others.reduce((sum, other) => sum + Math.max(0, this.#keptFor(other) - this.sizeOf(other)), 0);
    return this.size + kept < this.#room;
  }

  /**
   * How long one more would wait in that line, milliseconds.
   * @param turnMs from one turn to the next, for a line that has not shown yet how quickly it moves
   */
  waitMs(standing: Standing, turnMs: number): number {
    const { betweenMs } = this.#lines[standing].pace;
    return betweenMs === undefined ? this.#turnsUntil(standing) * turnMs : (this.sizeOf(standing) + 1) * betweenMs;
  }

  join(waiter: Waiter): void {
    const line = this.#lines[waiter.standing];
    // Turns do not add up while nobody waits.
    if (line.waiters.size === 0) line.turns = Math.max(line.turns, this.#turns);
    line.waiters.add(waiter);
    this.#count(waiter, 1);
  }

  /** Takes somebody out, wherever in their line they stand. */
  leave(waiter: Waiter): void {
    const { waiters, pace } = this.#lines[waiter.standing];
    if (!waiters.delete(waiter)) return;
    if (waiters.size === 0) pace.rest();
    this.#count(waiter, -1);
  }

  /** Whose turn it is; they leave their line. */
  next(now: number): Waiter | undefined {
    const waiting = STANDINGS.filter((standing) => this.sizeOf(standing) > 0);
    const [standing] = waiting.toSorted((one, other) => this.#lines[one].turns - this.#lines[other].turns);
    if (standing === undefined) return undefined;
    const line = this.#lines[standing];
    this.#turns = line.turns;
    line.turns += 1 / TERMS[standing].weight;
    line.pace.called(now);
    const [waiter] = line.waiters;
    if (waiter !== undefined) this.leave(waiter);
    return waiter;
  }

  /** Everybody who waits. */
  all(): readonly Waiter[] {
    return STANDINGS.flatMap((standing) => [...this.#lines[standing].waiters]);
  }

  /** How many turns pass until one more would have theirs, as the lines are now. */
  #turnsUntil(standing: Standing): number {
    const moving = STANDINGS.filter((each) => each === standing || this.sizeOf(each) > 0);
    const weight = moving.reduce((sum, each) => sum + TERMS[each].weight, 0);
    const share = TERMS[standing].weight / weight;
    return Math.min(this.size + 1, Math.ceil((this.sizeOf(standing) + 1) / share));
  }

  #keptFor(standing: Standing): number {
    return Math.floor(this.#room * TERMS[standing].kept);
  }

  #count({ standing, source }: Waiter, by: number): void {
    if (standing !== 'known' || source === undefined) return;
    const count = (this.#known.get(source) ?? 0) + by;
    if (count > 0) this.#known.set(source, count);
    else this.#known.delete(source);
  }
}
