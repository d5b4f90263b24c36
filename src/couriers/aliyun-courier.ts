// Sends short messages through Alibaba Cloud: SendSms of Dysmsapi 2017-05-25, https://help.aliyun.com/zh/sms/developer-reference/api-dysmsapi-2017-05-25-sendsms.
import { type Clock, type Courier, CourierError, type Message, type Randomness, type Secret } from '#core';

import { signAcs3, type SignedAcs3Request } from './acs3-signature.ts';
import { type ApprovedTemplate, templateFor } from './approved-templates.ts';
import { callProvider, providerCode } from './provider-call.ts';
import type { Wording } from './wording.ts';

/** The account at the provider. */
export interface AliyunSettings {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: Secret;
  readonly signName: string;
  readonly templates: readonly ApprovedTemplate[];
}

/** What sending needs. */
export interface AliyunCourierDeps {
  readonly settings: AliyunSettings;
  readonly timeoutMs: number;
  readonly wording: Wording;
  readonly clock: Clock;
  readonly randomness: Randomness;
}

/** Sends one short message a request. */
export class AliyunCourier implements Courier {
  readonly #deps: AliyunCourierDeps;

  constructor(deps: AliyunCourierDeps) {
    this.#deps = deps;
  }

  async send(message: Message): Promise<void> {
    const { settings, timeoutMs } = this.#deps;
    const { query, headers } = this.#signed(message);
    const url = new URL(`/?${query}`, settings.endpoint);
    const { text } = await callProvider({ courier: 'aliyun', url, headers, body: '', timeoutMs });
    const code = codeIn(text);
    if (code !== 'OK') throw new CourierError(`aliyun: ${providerCode(code)}`);
  }

  #signed(message: Message): SignedAcs3Request {
    const { clock, randomness, settings } = this.#deps;
    const { endpoint, accessKeyId, accessKeySecret } = settings;
    const at = clock.now();
    return signAcs3({
      host: new URL(endpoint).host,
      action: 'SendSms',
      version: '2017-05-25',
      parameters: this.#parameters(message),
      at,
      nonce: randomness.uuid(at),
      accessKeyId,
      accessKeySecret,
    });
  }

  #parameters(message: Message): Record<string, string> {
    const { settings, wording } = this.#deps;
    const { id, parameters } = templateFor(message, settings.templates, 'aliyun');
    const values = parameters.map((gap) => [gap, wording.valueOf(gap, message)] as const);
    return {
      PhoneNumbers: nationalNumber(message.to),
      SignName: settings.signName,
      TemplateCode: id,
      TemplateParam: JSON.stringify(Object.fromEntries(values)),
    };
  }
}

/** Numbers of mainland China go without their country, all others with it and without the plus. */
function nationalNumber(mobile: string): string {
  return mobile.replace(/^\+86(?=1\d{10}$)|^\+/, '');
}

/** `OK` or the code of what went wrong; undefined when the answer is none of theirs. */
function codeIn(text: string): unknown {
  try {
    const { Code: code } = JSON.parse(text) as { readonly Code?: unknown };
    return code;
  } catch {
    return undefined;
  }
}
