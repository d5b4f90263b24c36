// Verifies the trail from its anchor to its head: every segment, every row, and nothing beside them.
import { type AuditChainDeps, readEnds } from './audit-ends.ts';
import type { AuditMark, AuditSegment } from './audit-store.ts';
import { isIntact } from './is-intact.ts';

/** Something that is not as it was sealed. */
export interface AuditProblem {
  /** Undefined when it is about the chain as a whole. */
  readonly segment?: number;
  readonly text: string;
}

/** What came of verifying. */
export interface AuditVerdict {
  readonly segments: number;
  /** Rows in them. */
  readonly sealed: number;
  /** Rows written since, which nothing protects yet. */
  readonly unsealed: number;
  /** When the oldest of them is from; null when there is none. Servers seal every minute. */
  readonly unsealedSince: number | null;
  /** The newest segment: written down elsewhere, it proves later that nothing before it was changed. */
  readonly head: { readonly number: number; readonly hash: string };
  /** How many segments were dropped for their age. */
  readonly dropped: number;
  /** The first hundred; empty when the trail is intact. */
  readonly problems: readonly AuditProblem[];
}

const PAGE = 500;
const MOST_PROBLEMS = 100;

type Place = Omit<AuditMark, 'seal'>;

/** A head that was written down earlier, outside the database. */
export type KnownHead = Pick<AuditMark, 'hash' | 'number'>;

/** Reads the whole trail, a segment at a time. Rows may be written, sealed and dropped meanwhile. */
export const verifyAudit =
  (deps: AuditChainDeps) =>
  async ({ known }: { readonly known?: KnownHead } = {}): Promise<AuditVerdict> => {
    const { anchor, head, problems } = await readEnds(deps);
    const walk = new Walk(deps, anchor, known);
    for (const text of problems) walk.complain({ text });
    const isWhole = await walk.to(head);
    if (!isWhole)
      walk.complain({ text: `segments are missing after ${walk.place.number}; ${head.number} was the last` });
    walk.complainUnlessMet(anchor);
    const now = await readEnds(deps);
    const [oldest] = await deps.audit.list(head.lastId, 1);
    await walk.lookBefore(now.anchor);
    return {
      segments: walk.segments,
      sealed: walk.rows,
      unsealed: await deps.audit.countAfter(head.lastId),
      unsealedSince: oldest?.at ?? null,
      head: { number: head.number, hash: head.hash },
      dropped: now.anchor.number,
      problems: walk.problemsAfter(now.anchor.number),
    };
  };

/** One walk along the chain. */
class Walk {
  segments = 0;
  rows = 0;
  place: Place;
  readonly #deps: AuditChainDeps;
  readonly #problems: AuditProblem[] = [];
  readonly #known: KnownHead | undefined;
  #isKnownMet: boolean;

  constructor(deps: AuditChainDeps, start: Place, known: KnownHead | undefined) {
    this.#deps = deps;
    this.place = start;
    this.#known = known;
    this.#isKnownMet = known === undefined || known.number < start.number;
    this.#meet(start);
  }

  complain(problem: AuditProblem): void {
    if (this.#problems.length < MOST_PROBLEMS) this.#problems.push(problem);
  }

  /** What was dropped for its age while we walked is nobody's fault. */
  problemsAfter(number: number): readonly AuditProblem[] {
    return this.#problems.filter(({ segment = Infinity }) => segment > number);
  }

  /** Whether the chain leads up to the head. */
  async to(head: Place): Promise<boolean> {
    while (this.place.number < head.number) {
      const page = await this.#deps.audit.segments(this.place.number, PAGE);
      const due = page.filter(({ number }) => number <= head.number);
      if (due.length === 0) return false;
      for (const segment of due) await this.#step(segment);
    }
    return true;
  }

  /** Rows must not stand where the chain does not reach. */
  async lookBefore(anchor: Place): Promise<void> {
    const [first] = await this.#deps.audit.list(Number.MIN_SAFE_INTEGER, 1);
    if (first !== undefined && first.id <= anchor.lastId)
      this.complain({ text: `row ${first.id} stands before the first segment that is kept` });
  }

  complainUnlessMet(anchor: Place): void {
    if (this.#isKnownMet) return;
    const { number } = this.#known ?? anchor;
    this.complain({ text: `segment ${number} is not the one that was written down, or is gone` });
  }

  async #step(segment: AuditSegment): Promise<void> {
    const { number, firstId, lastId } = segment;
    if (number > this.place.number + 1)
      this.complain({ segment: number - 1, text: `segments ${this.place.number + 1} to ${number - 1} are missing` });
    if (!(await isIntact(this.#deps, this.place, segment)))
      this.complain({
        segment: number,
        text: `segment ${number}, rows ${firstId} to ${lastId}: ${await this.#how(segment)}`,
      });
    this.segments += 1;
    this.rows += segment.count;
    this.place = segment;
    this.#meet(segment);
  }

  /** In which way it differs, as far as counting tells. */
  async #how({ lastId, count }: AuditSegment): Promise<string> {
    const { audit } = this.#deps;
    const found = (await audit.countAfter(this.place.lastId)) - (await audit.countAfter(lastId));
    if (found > count)
      return `${found} rows where ${count} were sealed; one was put in, or written long after its number was given out`;
    if (found < count) return `${found} rows where ${count} were sealed`;
    return 'not what was sealed; a row or the segment was altered';
  }

  #meet({ number, hash }: Place): void {
    if (number === this.#known?.number && hash === this.#known.hash) this.#isKnownMet = true;
  }
}
