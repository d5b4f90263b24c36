// Builds requests for readers and writers to look at, without a socket: what a client would have sent, read by the real parsers.
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';

import type { WireRequest } from '#wire';

import { IncomingRequest } from '../../src/wire/incoming.ts';
import { DEFAULT_LIMITS } from '../../src/wire/parsing/index.ts';
import { TrustedProxies } from '../../src/wire/source-address.ts';

/** A request as a client would spell it. */
export interface Spelling {
  /** Method and target: `POST /user/login/login_user_info`. */
  readonly on: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text as it is, or a value to be spelled as JSON. */
  readonly body?: unknown;
}

/** The request as a dialect sees it. Header names in lower case. */
export function wireRequest({ on, headers = {}, body = '' }: Spelling): WireRequest {
  const [method = 'GET', url = '/'] = on.split(' ');
  const raw = Object.assign(new IncomingMessage(new Socket()), { method, url, headers });
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const surroundings = { trustedProxies: new TrustedProxies([]), limits: DEFAULT_LIMITS, publicOrigin: PUBLIC_URL };
  return new IncomingRequest('r-1', raw, { bytes: Buffer.from(text), surroundings });
}

/** The outside address of the server the requests are for. */
export const PUBLIC_URL = 'https://login.example.org';
