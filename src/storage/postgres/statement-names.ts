// Names under which connections prepare statements: the same text has the same name on all of them.

/** Searches make texts of their own; beyond so many, texts are sent without being prepared. */
const MOST_NAMES = 500;

/** Gives names. */
export class StatementNames {
  readonly #names = new Map<string, string>();

  /** Undefined when there are names enough. */
  nameOf(sql: string): string | undefined {
    const known = this.#names.get(sql);
    if (known !== undefined || this.#names.size >= MOST_NAMES) return known;
    const name = `s${this.#names.size}`;
    this.#names.set(sql, name);
    return name;
  }
}
