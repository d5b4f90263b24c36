// A Refusal is the core saying no: one class, a closed catalogue of codes, each of one kind.

/** The family a refusal belongs to. A dialect must be able to answer every one of them. */
export type RefusalKind =
  | 'absent' //          the path, method or object does not exist
  | 'busy' //            more work is waiting than can be done in time
  | 'challenge' //       a challenge is due, or was answered wrongly
  | 'closed' //          the operator has closed this way in
  | 'conflict' //        something of that name exists already
  | 'expired' //         it was good once
  | 'forbidden' //       proven who you are, but you may not
  | 'malformed' //       the input cannot be understood
  | 'mismatch' //        the secret is wrong
  | 'throttled' //       too many attempts
  | 'unauthenticated' // no live session
  | 'unknown'; //        no such account or application

interface CatalogueEntry {
  readonly kind: RefusalKind;
  readonly text: string;
}

/** Every refusal there is: code, kind and a text that is safe to show to anyone. */
export const REFUSALS = {
  'account.absent': { kind: 'absent', text: 'There is no such account' },
  'account.disabled': { kind: 'forbidden', text: 'This account is disabled' },
  'account.password-change-due': { kind: 'forbidden', text: 'The password must be changed first' },
  'account.password-missing': { kind: 'mismatch', text: 'This account has no password' },
  'account.pending': { kind: 'forbidden', text: 'This account is waiting for approval' },
  'account.role-missing': { kind: 'forbidden', text: 'This account lacks the role' },
  'account.unknown': { kind: 'unknown', text: 'Account does not exist' },
  'app.absent': { kind: 'absent', text: 'There is no such application' },
  'app.exists': { kind: 'conflict', text: 'An application of that id exists already' },
  'app.method-closed': { kind: 'closed', text: 'This application has switched the method off' },
  'app.signature': { kind: 'mismatch', text: 'Signature error' },
  'app.stopped': { kind: 'closed', text: 'The application is stopped' },
  'app.unknown': { kind: 'unknown', text: 'Application does not exist' },
  'challenge.expired': { kind: 'challenge', text: 'The challenge has expired' },
  'challenge.mismatch': { kind: 'challenge', text: 'The challenge was answered wrongly' },
  'challenge.missing': { kind: 'challenge', text: 'A challenge has to be answered first' },
  'challenge.too-many': { kind: 'throttled', text: 'Too many challenges were asked for' },
  'code.expired': { kind: 'expired', text: 'The code has expired' },
  'code.mismatch': { kind: 'mismatch', text: 'The code is wrong' },
  'code.too-many': { kind: 'throttled', text: 'Too many codes were asked for' },
  'code.too-soon': { kind: 'throttled', text: 'A code was sent a moment ago' },
  'courier.failed': { kind: 'busy', text: 'The message could not be sent, try again' },
  'credentials.mismatch': { kind: 'mismatch', text: 'Wrong password' },
  'decision.unknown': { kind: 'absent', text: 'Nothing is known under that support code' },
  'endpoint.closed': { kind: 'closed', text: 'This endpoint is closed' },
  'endpoint.unknown': { kind: 'absent', text: 'There is no endpoint of that name' },
  'idempotency.mismatch': { kind: 'conflict', text: 'This key came before, with another request' },
  'identifier.malformed': { kind: 'malformed', text: 'The identifier is malformed' },
  'identifier.taken': { kind: 'conflict', text: 'The identifier is taken' },
  'identifier.unknown': { kind: 'absent', text: 'The account has no such identifier' },
  'input.malformed': { kind: 'malformed', text: 'The input is malformed' },
  'lookup.closed': { kind: 'closed', text: 'Who has an account is not told here' },
  'lookup.too-many': { kind: 'throttled', text: 'Too many questions about who has an account' },
  'operator.exists': { kind: 'conflict', text: 'There is an operator already' },
  'operator.last': { kind: 'conflict', text: 'This is the last operator' },
  'origin.foreign': { kind: 'forbidden', text: 'Requests from this origin are not accepted' },
  'password.common': { kind: 'malformed', text: 'The password is easy to guess' },
  'password.malformed': { kind: 'malformed', text: 'The password holds characters that cannot be used' },
  'password.too-long': { kind: 'malformed', text: 'The password is too long' },
  'password.too-short': { kind: 'malformed', text: 'The password is too short' },
  'permission.missing': { kind: 'forbidden', text: 'This account may not do that' },
  'registration.too-many': { kind: 'throttled', text: 'Too many accounts were registered from here' },
  'route.unknown': { kind: 'absent', text: 'There is nothing here' },
  'server.busy': { kind: 'busy', text: 'The server is busy, try again' },
  'session.too-old': { kind: 'unauthenticated', text: 'Sign in again first: the session is too old for this' },
  'session.absent': { kind: 'absent', text: 'There is no such session' },
  'session.unknown': { kind: 'unauthenticated', text: 'Not signed in, or the session has ended' },
  'sign-in.type-closed': { kind: 'closed', text: 'This type of sign-in is switched off' },
  'throttle.account': { kind: 'throttled', text: 'Too many failed attempts for this account' },
  'throttle.source': { kind: 'throttled', text: 'Too many failed attempts from this address' },
  'throttle.subnet': { kind: 'throttled', text: 'Too many failed attempts from this network' },
  'transport.insecure': { kind: 'forbidden', text: 'This must be asked over HTTPS' },
  'version.stale': { kind: 'conflict', text: 'It has changed since it was read' },
} as const satisfies Record<string, CatalogueEntry>;

/** A code of the catalogue. */
export type RefusalCode = keyof typeof REFUSALS;

/** What may accompany a refusal. Nothing in here is a secret. */
export interface RefusalDetail {
  /** The field, identifier kind or counter the refusal is about. */
  readonly field?: string;
  /** The configured number that was reached, where the words name it. */
  readonly limit?: number;
  /** Whose counter it is: an account id, the keyed digest of a name, an address. For the decision record only. */
  readonly key?: string;
  /** When it makes sense to come back, whole seconds, at least 1. */
  readonly retryAfterSeconds?: number;
  /** What really happened, where the visible code says less (strict policy). For the log and the audit only. */
  readonly hidden?: RefusalCode;
  /** A remark for the operator's log; never shown to the client. */
  readonly remark?: string;
}

/** The core saying no. Anything else that is thrown is a fault. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly detail: RefusalDetail;

  /** `new Refusal('identifier.taken', { field: 'mobile' })` */
  constructor(code: RefusalCode, detail: RefusalDetail = {}) {
    // It is an answer and no fault: where it was made tells nobody anything, and writing that down costs more than refusing.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(REFUSALS[code].text);
    Error.stackTraceLimit = stackTraceLimit;
    this.name = 'Refusal';
    this.code = code;
    this.detail = detail;
  }

  get kind(): RefusalKind {
    return REFUSALS[this.code].kind;
  }

  /** The code the operator gets to see: what really happened. */
  get trueCode(): RefusalCode {
    return this.detail.hidden ?? this.code;
  }
}
