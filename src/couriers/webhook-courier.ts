// Hands messages to a program of the operator's: one signed POST each.
import { createHmac } from 'node:crypto';
import { type Clock, type Courier, CourierError, type Message, type Randomness, type Secret } from '#core';

import { callProvider } from './provider-call.ts';
import type { Wording } from './wording.ts';

/** What posting needs. */
export interface WebhookCourierDeps {
  readonly url: string;
  readonly secret: Secret;
  readonly timeoutMs: number;
  readonly wording: Wording;
  readonly clock: Clock;
  readonly randomness: Randomness;
}

/**
 * Posts `{ id, channel, to, name, language, subject?, text, values }` as JSON. The header `X-Understudy-Signature` holds
 * `t=<seconds>,v1=<hex>`, an HMAC-SHA256 over `<seconds>.<body>`. Any answer of 200 to 299 has taken the message over.
 */
export class WebhookCourier implements Courier {
  readonly #deps: WebhookCourierDeps;

  constructor(deps: WebhookCourierDeps) {
    this.#deps = deps;
  }

  async send(message: Message): Promise<void> {
    const { url, timeoutMs, clock } = this.#deps;
    const body = JSON.stringify(this.#told(message));
    const headers = {
      'content-type': 'application/json',
      'x-understudy-signature': this.#signature(Math.floor(clock.now() / 1000), body),
    };
    const { status } = await callProvider({ courier: 'webhook', url, headers, body, timeoutMs });
    if (status < 200 || status > 299) throw new CourierError(`webhook: ${status}`);
  }

  #told(message: Message): object {
    const { clock, randomness, wording } = this.#deps;
    const { channel, to, name, language, values } = message;
    const words = channel === 'email' ? wording.letterOf(message) : { text: wording.shortMessageOf(message) };
    const revealed = Object.fromEntries(Object.keys(values).map((gap) => [gap, wording.valueOf(gap, message)]));
    return { id: randomness.uuid(clock.now()), channel, to, name, language, ...words, values: revealed };
  }

  #signature(seconds: number, body: string): string {
    const hmac = createHmac('sha256', this.#deps.secret.reveal()).update(`${seconds}.${body}`);
    return `t=${seconds},v1=${hmac.digest('hex')}`;
  }
}
