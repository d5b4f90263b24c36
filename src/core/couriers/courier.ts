// The port through which messages leave for people: codes and notices, by short message or e-mail.
import type { Secret } from '../kernel/secret.ts';

/** The ways a message can go. */
export const CHANNELS = ['sms', 'email'] as const;

export type Channel = (typeof CHANNELS)[number];

/** The languages messages are written in. */
export const LANGUAGES = ['zh', 'en'] as const;

export type Language = (typeof LANGUAGES)[number];

/** Every message there is; couriers know its words. `notice.*` are about something that happened. */
export const MESSAGE_NAMES = [
  'code.sign-in',
  'code.register',
  'code.reset',
  'notice.locked',
  'notice.new-source',
  'notice.password-changed',
] as const;

export type MessageName = (typeof MESSAGE_NAMES)[number];

const OF_CODES = ['product', 'code', 'minutes'] as const;
const OF_NOTICES = ['product', 'at', 'source'] as const;

/** What the words of a message may have gaps for. `product` is the same in all of them; the sender fills the others. */
export function gapsOf(name: MessageName): readonly string[] {
  return name.startsWith('code.') ? OF_CODES : OF_NOTICES;
}

/** One message to one person. */
export interface Message {
  readonly channel: Channel;
  /** The one stored or proven address: a mobile in E.164 or an e-mail address, normalised. */
  readonly to: string;
  readonly name: MessageName;
  readonly language: Language;
  /** What fills the gaps of the words: `code` and `minutes`, or `at` and `source`. */
  readonly values: Readonly<Record<string, Secret | string>>;
}

/**
 * The message was not taken: the provider is away, refuses, or nothing is configured for the channel. Its text is the courier's name and
 * the provider's code, `aliyun: isv.BUSINESS_LIMIT_CONTROL`, and holds neither a secret nor an address.
 */
export class CourierError extends Error {
  override readonly name = 'CourierError';
}

/** Carries messages. */
export interface Courier {
  /** Resolves once the next hop has taken the message over, within the courier's own deadline. @throws CourierError */
  send(message: Message): Promise<void>;
}
