// How many codes may leave, for whom, at what price: the operator's rules, and the allowances they come to for one message.
import type { Allowance, UseFloor } from '../allowances/allowance.ts';
import type { Source } from '../budgets/source.ts';
import type { Channel } from '../couriers/courier.ts';
import type { Digests } from '../kernel/ports.ts';

/** The operator's rules. Prices are in thousandths of a currency the operator knows. */
export interface SendingRules {
  readonly destination: { readonly resendSeconds: number; readonly perHour: number; readonly perDay: number };
  readonly source: { readonly perHour: number; readonly floor: UseFloor };
  readonly subnet: { readonly perHour: number };
  /** Numbers that begin with the same digits: a country, or an operator in it. */
  readonly prefix: { readonly digits: number; readonly perHour: number; readonly floor: UseFloor };
  readonly total: { readonly perDay: number };
  readonly spend: {
    readonly perDay: number;
    readonly prices: Readonly<Record<Channel, number>>;
    /** Of numbers that begin so; the longest that fits counts. */
    readonly byPrefix: readonly { readonly prefix: string; readonly price: number }[];
  };
  /** Wrong codes of one account that are looked at in a day, whatever they were for. */
  readonly looksPerDay: number;
}

/** One message, as far as counting goes. */
export interface Sending {
  readonly channel: Channel;
  /** A mobile in E.164, or an e-mail address. */
  readonly to: string;
  readonly source: Source;
}

const HOUR = 3600;
const DAY = 86_400;

/** The allowance that spaces messages to one destination; all others count over longer stretches. */
export const RESEND = 'resend';

/** Everything a message is charged to: first what whoever asks can wait for, then the guards. */
export function allowancesOf(rules: SendingRules, sending: Sending, digests: Digests): readonly Allowance[] {
  return [
    ...ofDestination(rules.destination, digests.keyed('destination', sending.to)),
    ...allowancesOfSource(rules, sending.source),
    ...(sending.channel === 'sms' ? [ofPrefix(rules.prefix, sending.to)] : []),
    { name: 'total', key: '', limit: { most: rules.total.perDay, windowSeconds: DAY }, cost: 1, isGuard: true },
    ...ofSpend(rules.spend, sending),
  ];
}

/** What even a request is charged to that no message comes of. */
export function allowancesOfSource({ source, subnet }: SendingRules, from: Source): readonly Allowance[] {
  const ofSource = { most: source.perHour, windowSeconds: HOUR };
  const ofSubnet = { most: subnet.perHour, windowSeconds: HOUR };
  return [
    { name: 'source', key: from.bucket, limit: ofSource, cost: 1, isGuard: false, floor: source.floor },
    { name: 'subnet', key: from.subnet, limit: ofSubnet, cost: 1, isGuard: false },
  ];
}

/** What a code that was used speaks for: where it was asked for, and where it was sent. */
export function creditedBy(rules: SendingRules, sending: Sending, digests: Digests): readonly Allowance[] {
  return allowancesOf(rules, sending, digests).filter(({ floor }) => floor !== undefined);
}

/** Wrong codes looked at on behalf of one account; a source the account knows has an allowance of its own, which no stranger uses up. */
export function allowanceOfLooks({ looksPerDay }: SendingRules, subject: string, knownSource?: Source): Allowance {
  return {
    name: 'looks',
    key: knownSource === undefined ? subject : `${subject}|${knownSource.bucket}`,
    limit: { most: looksPerDay, windowSeconds: DAY },
    cost: 1,
    isGuard: false,
  };
}

function ofDestination(rules: SendingRules['destination'], key: string): readonly Allowance[] {
  const { resendSeconds, perHour, perDay } = rules;
  const per = (name: string, most: number, windowSeconds: number): Allowance => ({
    name,
    key,
    limit: { most, windowSeconds },
    cost: 1,
    isGuard: false,
  });
  return [per('destination-day', perDay, DAY), per('destination-hour', perHour, HOUR), per(RESEND, 1, resendSeconds)];
}

function ofPrefix({ digits, perHour, floor }: SendingRules['prefix'], to: string): Allowance {
  const key = to.slice(0, 1 + digits);
  return { name: 'prefix', key, limit: { most: perHour, windowSeconds: HOUR }, cost: 1, isGuard: true, floor };
}

function ofSpend({ perDay, prices, byPrefix }: SendingRules['spend'], { channel, to }: Sending): readonly Allowance[] {
  const fitting = byPrefix.filter(({ prefix }) => channel === 'sms' && to.startsWith(prefix));
  const closest = fitting.toSorted((one, other) => other.prefix.length - one.prefix.length)[0];
  const cost = closest?.price ?? prices[channel];
  if (cost === 0) return [];
  return [{ name: 'spend', key: '', limit: { most: perDay, windowSeconds: DAY }, cost, isGuard: true }];
}
