// Sends short messages through Tencent Cloud: SendSms of 2021-01-11, https://cloud.tencent.com/document/api/382/55981.
import { type Clock, type Courier, CourierError, type Message, type Secret } from '#core';

import { type ApprovedTemplate, templateFor } from './approved-templates.ts';
import { callProvider, providerCode } from './provider-call.ts';
import { signTc3, TC3_CONTENT_TYPE } from './tc3-signature.ts';
import type { Wording } from './wording.ts';

/** The account at the provider. */
export interface TencentSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly secretId: string;
  readonly secretKey: Secret;
  readonly appId: string;
  readonly signName: string;
  readonly templates: readonly ApprovedTemplate[];
}

/** What sending needs. */
export interface TencentCourierDeps {
  readonly settings: TencentSettings;
  readonly timeoutMs: number;
  readonly wording: Wording;
  readonly clock: Clock;
}

/** The part of an answer that says what became of the message. */
interface Answer {
  readonly Response?: {
    readonly Error?: { readonly Code?: string };
    readonly SendStatusSet?: readonly { readonly Code?: string }[];
  };
}

/** Sends one short message a request. */
export class TencentCourier implements Courier {
  readonly #deps: TencentCourierDeps;

  constructor(deps: TencentCourierDeps) {
    this.#deps = deps;
  }

  async send(message: Message): Promise<void> {
    const { settings, timeoutMs } = this.#deps;
    const body = JSON.stringify(this.#parameters(message));
    const headers = this.#headers(body);
    const { text } = await callProvider({ courier: 'tencent', url: settings.endpoint, headers, body, timeoutMs });
    const code = codeIn(text);
    if (code !== 'Ok') throw new CourierError(`tencent: ${providerCode(code)}`);
  }

  #parameters(message: Message): object {
    const { settings, wording } = this.#deps;
    const { id, parameters } = templateFor(message, settings.templates, 'tencent');
    return {
      PhoneNumberSet: [message.to],
      SmsSdkAppId: settings.appId,
      SignName: settings.signName,
      TemplateId: id,
      TemplateParamSet: parameters.map((gap) => wording.valueOf(gap, message)),
    };
  }

  #headers(body: string): Record<string, string> {
    const { clock, settings } = this.#deps;
    const { endpoint, region, secretId, secretKey } = settings;
    const timestamp = Math.floor(clock.now() / 1000);
    const { host } = new URL(endpoint);
    return {
      authorization: signTc3({ host, service: 'sms', body, timestamp, secretId, secretKey }),
      'content-type': TC3_CONTENT_TYPE,
      'x-tc-action': 'SendSms',
      'x-tc-region': region,
      'x-tc-timestamp': String(timestamp),
      'x-tc-version': '2021-01-11',
    };
  }
}

/** `Ok`, the code of the number or that of the request; undefined when the answer is none of theirs. */
function codeIn(text: string): string | undefined {
  try {
    const { Response: response } = JSON.parse(text) as Answer;
    return response?.Error?.Code ?? response?.SendStatusSet?.[0]?.Code;
  } catch {
    return undefined;
  }
}
