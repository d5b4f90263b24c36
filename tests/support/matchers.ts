// Matchers that admit to knowing nothing about the type of what they stand for.
import { expect } from 'vitest';

/** A text with this in it. */
export const containing = (part: string): unknown => expect.stringContaining(part);

/** A text that matches. */
export const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);

/** An object with at least these members. */
export const holding = (members: object): unknown => expect.objectContaining(members);

/** Any number at all. */
export const someNumber: unknown = expect.any(Number);
