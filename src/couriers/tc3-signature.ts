// Signs requests to Tencent Cloud: TC3-HMAC-SHA256, https://cloud.tencent.com/document/api/382/52071.
import { createHash, createHmac } from 'node:crypto';
import type { Secret } from '#core';

/** A POST of JSON, and whose it is. */
export interface Tc3Request {
  readonly host: string;
  /** First label of the provider's own host name: `sms`. */
  readonly service: string;
  readonly body: string;
  /** Seconds since 1970. */
  readonly timestamp: number;
  readonly secretId: string;
  readonly secretKey: Secret;
}

export const TC3_CONTENT_TYPE = 'application/json; charset=utf-8';

const ALGORITHM = 'TC3-HMAC-SHA256';
const SIGNED_HEADERS = 'content-type;host';

/** The value of the header `Authorization`. */
export function signTc3({ host, service, body, timestamp, secretId, secretKey }: Tc3Request): string {
  const date = new Date(timestamp * 1000).toISOString().slice(0, 10);
  const scope = `${date}/${service}/tc3_request`;
  const headers = `content-type:${TC3_CONTENT_TYPE}\nhost:${host}\n`;
  const request = ['POST', '/', '', headers, SIGNED_HEADERS, sha256(body)].join('\n');
  const signed = [ALGORITHM, timestamp, scope, sha256(request)].join('\n');
  const key = [date, service, 'tc3_request'].reduce<string | Buffer>(hmac, `TC3${secretKey.reveal()}`);
  const signature = hmac(key, signed).toString('hex');
  return `${ALGORITHM} Credential=${secretId}/${scope}, SignedHeaders=${SIGNED_HEADERS}, Signature=${signature}`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
