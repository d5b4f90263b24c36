// Says at the end of a test run which tests this machine could not run.
import type { Reporter } from 'vitest/node';

import type { Requirement } from './requirements.ts';

/** A reporter with one sentence: what was left out, and for want of what. */
export class LeftOut implements Reporter {
  readonly #requirements: readonly Requirement[];

  constructor(requirements: readonly Requirement[]) {
    this.#requirements = requirements;
  }

  onTestRunEnd(): void {
    for (const { name, folder } of this.#requirements) {
      process.stdout.write(` Left out ${folder}: there is no ${name} on this machine. CI=true makes that a failure.\n`);
    }
  }
}
