// The shape all flows have.
import type { Call } from './call.ts';

/** A flow: what is asked and the circumstances in, the outcome out; a Refusal or a fault is thrown. */
export type Flow<Ask, Outcome> = (ask: Ask, call: Call) => Promise<Outcome>;
