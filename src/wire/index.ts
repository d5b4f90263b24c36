// The front door of the kit for speaking HTTP.
export { Type, type Static, type TObject, type TProperties, type TSchema, type TVoid } from 'typebox';
export { Compile, type Validator } from 'typebox/compile';
export { Errors } from 'typebox/value';
export { type Answer, json } from './answer.ts';
export { DEFAULT_AVATAR_PATH } from './assets.ts';
export { attributesOf } from './attributes.ts';
export {
  type AnyRow,
  type CommonSettings,
  type Dialect,
  type Reading,
  type RefusalAnswer,
  type RefusalTable,
  type Reply,
  defineDialect,
} from './dialect.ts';
export { bearerIn } from './bearer.ts';
export { dialectSettings } from './dialect-settings.ts';
export { type PathSegments, segmentsIn } from './path-template.ts';
export { localTime } from './local-time.ts';
export { setCookie } from './cookies.ts';
export type { Fields } from './parsing/index.ts';
export type { WireRequest } from './request.ts';
export { sessionClaim } from './session-carrier.ts';
export { type Text, say } from './texts.ts';
export { ADDRESS_ODDITIES, type AddressOddity, AddressWatch } from './address-watch.ts';
export { createHost, type HostLimits } from './host.ts';
export type { IncomingRequest, Surroundings } from './incoming.ts';
export { Mount, type Outcome } from './mount.ts';
export { TrustedProxies } from './source-address.ts';
