// What a setting has to be beyond its own bounds.
import type { Config } from './schema.ts';

/** A setting and what must hold for it; the text completes "key: …". */
export interface Demand {
  readonly key: string;
  readonly holds: (config: Config) => boolean;
  readonly text: string;
}
