// What the package promises, but for the protections, which have front doors of their own: `/fastify` and `/express`.
export { authenticate } from './authenticate.ts';
export { Introspector } from './introspector.ts';
export { judge } from './judge.ts';
export { UnderstudyClient } from './understudy-client.ts';
export { UnderstudyProblem } from './problem.ts';
export { UnderstudyUnavailable } from './unavailable.ts';
export { accountOf } from './verified-account.ts';
export type { Account, Session } from './api.generated.ts';
export type { ServerOptions } from './connection.ts';
export type { Introspection } from './introspection.ts';
export type { IntrospectorOptions } from './introspector.ts';
export type { Protection, Verdict } from './judge.ts';
export type { SignedInClient } from './signed-in-client.ts';
export type { VerifiedAccount } from './verified-account.ts';
