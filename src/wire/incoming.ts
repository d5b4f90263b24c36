// A request as it came in over HTTP, in the shape dialects read.
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { Refusal, type Source } from '#core';
import { isEncrypted } from './framing.ts';
import {
  type BodyForm,
  type Fields,
  MalformedInput,
  parseBody,
  type ParseLimits,
  parseQuery,
} from './parsing/index.ts';
import type { WireRequest } from './request.ts';
import { canonicalAddress, clientAddress, sourceOf, type TrustedProxies } from './source-address.ts';

/** What is the same for all requests of a server. */
export interface Surroundings {
  readonly trustedProxies: TrustedProxies;
  readonly limits: ParseLimits;
  /** Origin of the public address. */
  readonly publicOrigin: string;
}

/** One request from a socket. */
export class IncomingRequest implements WireRequest {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly source: Source;
  readonly isSecure: boolean;
  /** A proxy we trust passed it on. */
  readonly isForwarded: boolean;
  readonly #raw: IncomingMessage;
  readonly #bytes: Uint8Array;
  readonly #search: string;
  readonly #surroundings: Surroundings;
  #friendlyOrigins: readonly string[] = [];
  #bodyFields = 0;

  constructor(
    id: string,
    raw: IncomingMessage,
    received: { readonly bytes: Uint8Array; readonly surroundings: Surroundings },
  ) {
    const { surroundings } = received;
    const target = raw.url ?? '/';
    const cut = target.indexOf('?');
    this.id = id;
    this.method = raw.method ?? 'GET';
    this.path = cut < 0 ? target : target.slice(0, cut);
    this.#search = cut < 0 ? '' : target.slice(cut + 1);
    this.#raw = raw;
    this.#bytes = received.bytes;
    this.#surroundings = surroundings;
    const peer = peerOf(raw.socket);
    const forwardedFor = this.header('x-forwarded-for');
    const isPassedOn = forwardedFor !== undefined || this.header('x-forwarded-proto') !== undefined;
    this.isForwarded = isPassedOn && surroundings.trustedProxies.includes(peer);
    this.source = sourceOf(clientAddress({ peer, forwardedFor, trusted: surroundings.trustedProxies }));
    this.isSecure = this.isForwarded ? this.#cameByHttps() : isEncrypted(raw.socket);
  }

  get isCrossSite(): boolean {
    const site = this.header('sec-fetch-site');
    if (site !== undefined) return site === 'cross-site' && !this.#isFriendly();
    return this.header('origin') !== undefined && !this.#isFriendly();
  }

  /** The trusted proxy whose word the source is; undefined when it is the socket's own. */
  get forwardedBy(): string | undefined {
    const isItsWord = this.isForwarded && this.header('x-forwarded-for') !== undefined;
    return isItsWord ? peerOf(this.#raw.socket) : undefined;
  }

  /** The client has hung up. */
  get isGone(): boolean {
    return this.#raw.socket.destroyed;
  }

  get hasBody(): boolean {
    return this.#bytes.length > 0;
  }

  /** Pages of these origins count as our own from here on. */
  befriend(origins: readonly string[]): void {
    this.#friendlyOrigins = origins;
  }

  /** Its body may have so many members and list elements, if they are more than others may. */
  allowFields(bodyFields: number): void {
    this.#bodyFields = bodyFields;
  }

  header(name: string): string | undefined {
    const value = this.#raw.headers[name];
    return Array.isArray(value) ? value.join(', ') : value;
  }

  query(): Fields {
    return refusing(() => parseQuery(this.#search, this.#surroundings.limits));
  }

  body(...accepts: readonly BodyForm[]): Fields {
    const { depth, fields } = this.#surroundings.limits;
    const limits = { depth, fields: Math.max(fields, this.#bodyFields) };
    return refusing(() => parseBody({ contentType: this.header('content-type'), bytes: this.#bytes, accepts, limits }));
  }

  /** What the proxy nearest to us says about how the client came. */
  #cameByHttps(): boolean {
    return this.header('x-forwarded-proto')?.split(',').at(-1)?.trim().toLowerCase() === 'https';
  }

  #isFriendly(): boolean {
    const origin = this.header('origin');
    return (
      origin !== undefined && (origin === this.#surroundings.publicOrigin || this.#friendlyOrigins.includes(origin))
    );
  }
}

const peerOf = (socket: Socket): string => canonicalAddress(socket.remoteAddress ?? '') ?? 'unknown';

/** Input nobody can read is a refusal like any other; the log gets the reason, never the value. */
function refusing<T>(parse: () => T): T {
  try {
    return parse();
  } catch (reason) {
    if (reason instanceof MalformedInput) throw new Refusal('input.malformed', { remark: reason.reason });
    throw reason;
  }
}
