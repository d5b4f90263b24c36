// What `doctor` can tell about the couriers: which channel has one, and which messages it has no approved template for.
import type { Config } from '#config';
import { type Channel, CHANNELS, MESSAGE_NAMES, type MessageName } from '#core';
import type { Finding } from './circumstances.ts';

/** A finding for each channel, and one for notices that nothing could carry. */
export function examineCouriers(config: Config): readonly Finding[] {
  return [...CHANNELS.map((channel) => examineChannel(channel, config)), ...examineNotices(config)];
}

function examineChannel(channel: Channel, { couriers }: Config): Finding {
  const about = `courier ${channel}`;
  const kind = couriers[channel];
  if (kind === 'none') return { about, verdict: 'note', text: 'there is none; codes by this way are refused' };
  if (kind === 'log')
    return {
      about,
      verdict: 'note',
      text: 'DEVELOPMENT ONLY: prints codes on standard output instead of sending them',
    };
  const missing = kind === 'aliyun' || kind === 'tencent' ? messagesWithout(couriers[kind].templates) : [];
  if (missing.length === 0) return { about, verdict: 'fine', text: kind };
  return { about, verdict: 'note', text: `${kind}; there is no template for ${missing.join(', ')}` };
}

function messagesWithout(templates: readonly { readonly message: MessageName }[]): readonly MessageName[] {
  return MESSAGE_NAMES.filter((name) => templates.every(({ message }) => message !== name));
}

function examineNotices({ couriers, notices }: Config): readonly Finding[] {
  const isWanted = notices.locked || notices.newSource || notices.passwordChanged;
  const isCarried = CHANNELS.some((channel) => couriers[channel] !== 'none');
  if (!isWanted || isCarried) return [];
  return [{ about: 'notices', verdict: 'wrong', text: 'some are wanted, but no channel has a courier' }];
}
