// Showing what is the same for everybody: nothing is asked, and nothing comes of it but the answer.
import type { Flow } from './flow.ts';

/** Nothing. */
export type Nothing = Readonly<Record<never, never>>;

export type ShowReference = Flow<Nothing, Nothing>;

export const showReference: ShowReference = () => Promise.resolve({});
