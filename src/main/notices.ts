// Lets somebody listen for what owners want to be told, if the operator wants them told.
import type { Config } from '#config';
import { calendarOf, type Courier, Notices, noticingStores, type Stores } from '#core';
import { channelsOf } from './couriers.ts';

/** The stores to work with, and how to wait for notices that are still on their way. */
export interface NoticedStores {
  readonly stores: Stores;
  idle(): Promise<void>;
}

/** The stores as they are when no notice is wanted. */
export function noticedStores(stores: Stores, config: Config, courier: Courier): NoticedStores {
  const { timeZone, notices: wanted } = config;
  if (!wanted.locked && !wanted.newSource && !wanted.passwordChanged) return { stores, idle: async () => undefined };
  const notices = new Notices({
    accounts: stores.accounts,
    audit: stores.audit,
    calendar: calendarOf(timeZone),
    channels: channelsOf(config),
    courier,
    language: wanted.language,
    notices: stores.notices,
    perDay: wanted.perDay,
    spellInstant: spellingIn(timeZone),
  });
  return { stores: noticingStores(stores, notices, wanted), idle: () => notices.idle() };
}

/** `2026-06-15 12:00 (Asia/Shanghai)` */
function spellingIn(timeZone: string): (at: number) => string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return (at) => `${format.format(at)} (${timeZone})`;
}
