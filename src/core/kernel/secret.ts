// A value that must not be seen: it prints as [redacted] wherever it might be printed by accident.

const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/** Wraps a password, token, code or signature. Only `reveal()` gives it out. */
export class Secret<T = string> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  /** The value itself. Call it as late as possible and never keep the result. */
  reveal(): T {
    return this.#value;
  }

  toString(): string {
    return '[redacted]';
  }

  toJSON(): string {
    return '[redacted]';
  }

  [INSPECT](): string {
    return '[redacted]';
  }
}
