// Signs requests to Alibaba Cloud: ACS3-HMAC-SHA256, https://help.aliyun.com/zh/sdk/product-overview/v3-request-structure-and-signature.
import { createHash, createHmac } from 'node:crypto';
import type { Secret } from '#core';

/** A call whose parameters all stand in the query, and whose it is. */
export interface Acs3Request {
  readonly host: string;
  readonly action: string;
  readonly version: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly at: number;
  /** Different for every request. */
  readonly nonce: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: Secret;
}

/** The request as it goes out: a POST to `/` with nothing in it. The header `host` is left to whoever sends it. */
export interface SignedAcs3Request {
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
}

const ALGORITHM = 'ACS3-HMAC-SHA256';

/** Writes the query and signs it together with the headers. */
export function signAcs3(request: Acs3Request): SignedAcs3Request {
  const { accessKeyId, accessKeySecret } = request;
  const query = canonicalQuery(request.parameters);
  const headers = headersOf(request);
  const signed: Readonly<Record<string, string>> = { host: request.host, ...headers };
  const names = Object.keys(signed).toSorted();
  const lines = names.map((name) => `${name}:${signed[name] ?? ''}\n`).join('');
  const canonical = ['POST', '/', query, lines, names.join(';'), sha256('')].join('\n');
  const signature = createHmac('sha256', accessKeySecret.reveal())
    .update(`${ALGORITHM}\n${sha256(canonical)}`)
    .digest('hex');
  const authorization = `${ALGORITHM} Credential=${accessKeyId},SignedHeaders=${names.join(';')},Signature=${signature}`;
  return { query, headers: { ...headers, authorization } };
}

function headersOf({ action, version, at, nonce }: Acs3Request): Record<string, string> {
  return {
    'x-acs-action': action,
    'x-acs-content-sha256': sha256(''),
    'x-acs-date': `${new Date(at).toISOString().slice(0, 19)}Z`,
    'x-acs-signature-nonce': nonce,
    'x-acs-version': version,
  };
}

/** In order of name, each part encoded as RFC 3986 has it. */
function canonicalQuery(parameters: Readonly<Record<string, string>>): string {
  const names = Object.keys(parameters).toSorted();
  return names.map((name) => `${encoded(name)}=${encoded(parameters[name] ?? '')}`).join('&');
}

function encoded(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
