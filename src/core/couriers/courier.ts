// The port through which messages leave for people: codes and notices, by short message or e-mail.
import type { Secret } from '../kernel/secret.ts';

/** The way a message goes. */
export type Channel = 'sms' | 'email';

/** A message by name; couriers and templates know its words. `notice.*` are about something that happened. */
export type MessageName =
  | 'code.sign-in'
  | 'code.register'
  | 'code.reset'
  | 'notice.locked'
  | 'notice.new-source'
  | 'notice.password-changed';

/** One message to one person. */
export interface Message {
  readonly channel: Channel;
  /** The one stored or proven address: a mobile in E.164 or an e-mail address, normalised. */
  readonly to: string;
  readonly name: MessageName;
  readonly language: 'zh' | 'en';
  /** What the words have gaps for: `code`, `minutes`, `at`, `source`. */
  readonly values: Readonly<Record<string, Secret | string>>;
}

/** The message was not taken: the provider is away, refuses, or nothing is configured for the channel. */
export class CourierError extends Error {
  override readonly name = 'CourierError';
}

/** Carries messages. */
export interface Courier {
  /** Resolves once the next hop has taken the message over, within the courier's own deadline. @throws CourierError */
  send(message: Message): Promise<void>;
}
