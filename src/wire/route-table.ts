// Who answers a path: the documented paths first, then the dialect with the longest matching prefix.
import { Refusal } from '#core';
import { type AnyRow, type CommonSettings, type Dialect, METHODS } from './dialect.ts';
import { isTemplate, segmentsIn } from './path-template.ts';
import type { WireRequest } from './request.ts';

/** Where a request belongs. Without a row it is unknown to the dialect that owns the path. */
export interface Destination {
  readonly dialect: Dialect;
  readonly row: AnyRow<CommonSettings> | undefined;
}

interface Documented {
  readonly dialect: Dialect;
  readonly rows: readonly AnyRow<CommonSettings>[];
}

/** The documented paths of all dialects of a server. */
export class RouteTable {
  readonly #dialects: readonly Dialect[];
  readonly #fallback: Dialect;
  readonly #documented = new Map<string, Documented>();
  readonly #templates: readonly (readonly [on: string, documented: Documented])[];
  readonly #prefixes: readonly (readonly [prefix: string, dialect: Dialect])[];

  /**
   * @param fallback answers what nobody else owns
   * @throws TypeError when two dialects document the same path
   */
  constructor(dialects: readonly Dialect[], fallback: Dialect) {
    this.#dialects = dialects;
    this.#fallback = fallback;
    for (const dialect of dialects) this.#document(dialect);
    this.#templates = [...this.#documented].filter(([on]) => isTemplate(on));
    this.#prefixes = dialects
      .flatMap((dialect) => dialect.prefixes.map((prefix) => [prefix, dialect] as const))
      .toSorted(([left], [right]) => right.length - left.length);
  }

  /** The destination of a request. */
  find(request: WireRequest): Destination {
    const exact = this.#documentedAt(request, request.path);
    if (exact !== undefined) return exact;
    const path = this.#canonical(request);
    return (path === request.path ? undefined : this.#documentedAt(request, path)) ?? this.#owner(request);
  }

  /** Methods documented for the request's path, however it is spelled. */
  methodsAt(request: WireRequest): readonly string[] {
    const path = this.#canonical(request);
    return METHODS.filter((method) => this.#rowsAt(`${method} ${path}`) !== undefined);
  }

  #document(dialect: Dialect): void {
    for (const row of dialect.rows) {
      for (const on of row.on) {
        const { dialect: first, rows } = this.#documented.get(on) ?? { dialect, rows: [] };
        if (first !== dialect) throw new TypeError(`${dialect.name} and ${first.name} both document ${on}`);
        this.#documented.set(on, { dialect, rows: [...rows, row] });
      }
    }
  }

  #documentedAt(request: WireRequest, path: string): Destination | undefined {
    const documented = this.#rowsAt(`${request.method} ${path}`);
    return documented && { dialect: documented.dialect, row: documented.rows.find((row) => isMeant(row, request)) };
  }

  /** A path that is documented as it stands goes before those of a form. */
  #rowsAt(call: string): Documented | undefined {
    return this.#documented.get(call) ?? this.#templates.find(([on]) => segmentsIn(on, call) !== undefined)?.[1];
  }

  #canonical(request: WireRequest): string {
    for (const { canonicalPath } of this.#dialects) {
      const path = unlessRefused(() => canonicalPath?.(request), undefined);
      if (path !== undefined) return path;
    }
    return request.path;
  }

  #owner(request: WireRequest): Destination {
    const claimed = this.#dialects.find(({ owns }) => unlessRefused(() => owns?.(request), false));
    const dialect =
      claimed ?? this.#prefixes.find(([prefix]) => request.path.startsWith(prefix))?.[1] ?? this.#fallback;
    return { dialect, row: undefined };
  }
}

/** A request nobody can read belongs to the first row that would have to read it: that row words the refusal. */
function isMeant({ when }: AnyRow<CommonSettings>, request: WireRequest): boolean {
  return when === undefined || unlessRefused(() => when(request), true);
}

function unlessRefused<T>(decide: () => T, otherwise: T): T {
  try {
    return decide();
  } catch (reason) {
    if (reason instanceof Refusal) return otherwise;
    throw reason;
  }
}
