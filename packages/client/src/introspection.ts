// What the server knows of a token (RFC 7662, section 2.2), read with suspicion: half an answer is none.
import { UnderstudyUnavailable } from './unavailable.ts';

/** A token that is good. Instants are seconds since 1970. */
export interface ActiveToken {
  readonly active: true;
  /** The account's id. */
  readonly sub: string;
  readonly username?: string;
  /** The app the account signed in through. */
  readonly client_id?: string;
  readonly iat: number;
  readonly exp: number;
  /** The login API it was issued by: `weidu`, `shopxo`, `api` … */
  readonly dialect: string;
  readonly realm: string;
}

/** Unknown, expired, revoked, or of a realm that is none of the app's business: nobody is told which. */
export interface InactiveToken {
  readonly active: false;
}

export type Introspection = ActiveToken | InactiveToken;

export const INACTIVE: InactiveToken = { active: false };

/** @throws UnderstudyUnavailable if it is no such answer */
export function readIntrospection(value: unknown): Introspection {
  if (isInactive(value)) return INACTIVE;
  if (isActive(value)) return value;
  throw new UnderstudyUnavailable('The login server gave an answer that is no introspection');
}

/** As many as were asked for. @throws UnderstudyUnavailable if it is no such answer */
export function readIntrospections(value: unknown, count: number): readonly Introspection[] {
  const results = isRecord(value) ? value['results'] : undefined;
  if (!Array.isArray(results) || results.length !== count)
    throw new UnderstudyUnavailable('The login server gave an answer that is no list of introspections');
  return results.map(readIntrospection);
}

function isInactive(value: unknown): value is InactiveToken {
  return isRecord(value) && value['active'] === false;
}

function isActive(value: unknown): value is ActiveToken {
  if (!isRecord(value) || value['active'] !== true) return false;
  const { sub, dialect, realm, iat, exp, username, client_id: clientId } = value;
  return (
    [sub, dialect, realm].every((text) => typeof text === 'string' && text !== '') &&
    [iat, exp].every(Number.isSafeInteger) &&
    [username, clientId].every((text) => text === undefined || typeof text === 'string')
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
