// Opens the couriers the configuration asks for.
import type { Config } from '#config';
import { type Channel, CHANNELS, type Clock, type Randomness, Secret } from '#core';
import {
  AliyunCourier,
  ChannelCouriers,
  type ClosableCourier,
  LogCourier,
  SmtpCourier,
  TencentCourier,
  WebhookCourier,
  Wording,
} from '#couriers';

/** What couriers need besides their settings. */
export interface CourierSurroundings {
  readonly clock: Clock;
  readonly randomness: Randomness;
  /** Where the courier for development prints. */
  readonly print: (line: string) => void;
}

type Kind = Exclude<Config['couriers'][Channel], 'none'>;

/** Channels that have a courier. */
export function channelsOf({ couriers }: Config): readonly Channel[] {
  return CHANNELS.filter((channel) => couriers[channel] !== 'none');
}

/** Whether a channel has the courier for development. */
export function isPrintingCodes({ couriers }: Config): boolean {
  return CHANNELS.some((channel) => couriers[channel] === 'log');
}

/** Opens a courier for each channel that has one. */
export function openCouriers({ couriers }: Config, surroundings: CourierSurroundings): ChannelCouriers {
  const { product, texts, timeoutMs } = couriers;
  const common = { ...surroundings, product, timeoutMs, wording: new Wording(product, texts) };
  const opened = CHANNELS.flatMap((channel) => {
    const kind = couriers[channel];
    return kind === 'none' ? [] : [[channel, OPENERS[kind](common, couriers)] as const];
  });
  return new ChannelCouriers(Object.fromEntries(opened));
}

interface Common extends CourierSurroundings {
  readonly product: string;
  readonly timeoutMs: number;
  readonly wording: Wording;
}

const OPENERS: Readonly<Record<Kind, (common: Common, couriers: Config['couriers']) => ClosableCourier>> = {
  smtp: (common, { smtp: settings }) =>
    new SmtpCourier({ ...common, settings: { ...settings, password: new Secret(settings.password) } }),
  webhook: (common, { webhook: { url, secret } }) => new WebhookCourier({ ...common, url, secret: new Secret(secret) }),
  aliyun: (common, { aliyun: settings }) =>
    new AliyunCourier({ ...common, settings: { ...settings, accessKeySecret: new Secret(settings.accessKeySecret) } }),
  tencent: (common, { tencent: settings }) =>
    new TencentCourier({ ...common, settings: { ...settings, secretKey: new Secret(settings.secretKey) } }),
  log: ({ wording, print }) => new LogCourier(wording, print),
};
