// Turns what a client sent into plain fields, or refuses it: pure functions that know no server.
export { type BodyForm, parseBody } from './body.ts';
export { DEFAULT_LIMITS, type Fields, type ParseLimits } from './fields.ts';
export { parseQuery } from './form.ts';
export { MalformedInput } from './malformed.ts';
