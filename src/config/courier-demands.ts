// What the couriers in use must be told, and what must hold for the operator's own words.
import { gapsOf, normaliseIdentifier } from '#core';

import type { Demand } from './demand.ts';
import { isLoopback } from './network-text.ts';
import type { Config } from './schema.ts';

type Couriers = Config['couriers'];
type CourierName = Couriers['sms' | 'email'];

const isUsed = ({ sms, email }: Couriers, courier: CourierName): boolean => [sms, email].includes(courier);

/** A text that must not be empty while the courier is in use. */
function needed<Name extends 'smtp' | 'webhook' | 'aliyun' | 'tencent'>(
  courier: Name,
  setting: keyof Couriers[Name] & string,
): Demand {
  return {
    key: `couriers.${courier}.${setting}`,
    holds: ({ couriers }) => !isUsed(couriers, courier) || couriers[courier][setting] !== '',
    text: `must be given for the courier ${courier}`,
  };
}

const SECURE = 'must be an https address; plain http is for loopback only';

/** Nobody may read on the way what is sent. */
function isSecureUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.username + url.password !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
}

const gapsIn = (words: string): readonly string[] => [...words.matchAll(/\{(\w*)\}/g)].map(([, gap]) => gap ?? '');

function hasKnownGaps({ message, subject = '', email = '', sms = '' }: Couriers['texts'][number]): boolean {
  return gapsIn(`${subject}${email}${sms}`).every((gap) => gapsOf(message).includes(gap));
}

const templateDemand = (courier: 'aliyun' | 'tencent'): Demand => ({
  key: `couriers.${courier}.templates`,
  holds: ({ couriers }) =>
    couriers[courier].templates.every(({ message, parameters }) =>
      parameters.every((gap) => gapsOf(message).includes(gap)),
    ),
  text: 'must name parameters of their message: product, code and minutes of a code; product, at and source of a notice',
});

/** Demands on everything under `couriers`. */
export const COURIER_DEMANDS: readonly Demand[] = [
  needed('smtp', 'host'),
  needed('smtp', 'from'),
  needed('webhook', 'url'),
  needed('webhook', 'secret'),
  needed('aliyun', 'accessKeyId'),
  needed('aliyun', 'accessKeySecret'),
  needed('aliyun', 'signName'),
  needed('tencent', 'secretId'),
  needed('tencent', 'secretKey'),
  needed('tencent', 'appId'),
  {
    key: 'couriers.smtp.from',
    holds: ({ couriers: { smtp } }) =>
      smtp.from === '' || normaliseIdentifier({ kind: 'email', text: smtp.from }) === smtp.from.toLowerCase(),
    text: 'must be a plain e-mail address; product is shown as its name',
  },
  {
    key: 'couriers.smtp.security',
    holds: ({ couriers: { smtp } }) => smtp.security !== 'none' || smtp.host === '' || isLoopback(smtp.host),
    text: 'must not be none unless couriers.smtp.host is a loopback address',
  },
  {
    key: 'couriers.webhook.url',
    holds: ({ couriers: { webhook } }) => webhook.url === '' || isSecureUrl(webhook.url),
    text: SECURE,
  },
  ...(['aliyun', 'tencent'] as const).flatMap((courier) => [
    {
      key: `couriers.${courier}.endpoint`,
      holds: ({ couriers }: Config) => isSecureUrl(couriers[courier].endpoint),
      text: SECURE,
    },
    templateDemand(courier),
  ]),
  {
    key: 'couriers.texts',
    holds: ({ couriers }) => couriers.texts.every(hasKnownGaps),
    text: 'must have no other gaps than {product}; {code} and {minutes} in codes; {at} and {source} in notices',
  },
  {
    key: 'couriers.texts',
    holds: ({ couriers }) =>
      new Set(couriers.texts.map(({ message, language }) => `${message} ${language}`)).size === couriers.texts.length,
    text: 'must hold one row for a message and language',
  },
];
