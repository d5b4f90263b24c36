// Which kind of challenge a client gets: the operator's order, less what is out of order just now, and a picture at the end.
import type { Clock } from '../kernel/ports.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Puzzle, PuzzleKind } from './puzzle.ts';

/** What the ladder is made of. */
export interface LadderDeps {
  readonly clock: Clock;
  /** What is offered, the first choice first. */
  readonly offered: readonly PuzzleKind[];
  readonly puzzles: Readonly<Record<'picture', Puzzle>> & Readonly<Partial<Record<PuzzleKind, Puzzle>>>;
}

/** A rung: a kind, and how it is posed. */
export interface Rung {
  readonly kind: PuzzleKind;
  readonly puzzle: Puzzle;
}

/** So long nobody is sent to a kind whose examiner did not answer. */
const OUT_MS = 60_000;

/** One per process. */
export class ChallengeLadder {
  readonly #deps: LadderDeps;
  readonly #outUntil = new Map<PuzzleKind, number>();

  constructor(deps: LadderDeps) {
    this.#deps = deps;
  }

  /** The kind that was asked for, or the first choice; a picture while that one is out. @throws Refusal `input.malformed` for a kind that is not offered */
  choose(wanted: PuzzleKind | undefined): Rung {
    const { offered } = this.#deps;
    if (wanted !== undefined && !offered.includes(wanted)) throw new Refusal('input.malformed', { field: 'kind' });
    const candidates = wanted === undefined ? offered : [wanted];
    const inOrder = candidates.find((kind) => !this.#isOut(kind)) ?? 'picture';
    return this.find(inOrder) ?? { kind: 'picture', puzzle: this.#deps.puzzles.picture };
  }

  /** How a challenge of that kind is examined; undefined when there is no such kind here. */
  find(kind: string): Rung | undefined {
    const known = (Object.keys(this.#deps.puzzles) as PuzzleKind[]).find((name) => name === kind);
    const puzzle = known && this.#deps.puzzles[known];
    return known && puzzle && { kind: known, puzzle };
  }

  /** Whoever examines answers of this kind is out of reach. */
  leave(kind: PuzzleKind): void {
    this.#outUntil.set(kind, this.#deps.clock.now() + OUT_MS);
  }

  #isOut(kind: PuzzleKind): boolean {
    return (this.#outUntil.get(kind) ?? 0) > this.#deps.clock.now();
  }
}
