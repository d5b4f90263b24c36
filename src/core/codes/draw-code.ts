// Draws the code somebody is going to type.
import type { RandomSpelling, Randomness } from '../kernel/ports.ts';
import { Secret } from '../kernel/secret.ts';

/** How a code is spelled. */
export interface CodeSpelling extends RandomSpelling {
  /** Codes that are never drawn: what a broken client might send by itself. */
  readonly never?: readonly string[];
}

/** Uniform over the codes that may be drawn. */
export function drawCode(randomness: Randomness, { alphabet, length, never = [] }: CodeSpelling): Secret {
  for (;;) {
    const code = randomness.text({ alphabet, length });
    if (!never.includes(code)) return new Secret(code);
  }
}
