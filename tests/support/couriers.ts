// The couriers of a configuration, without a server around them, and messages to hand to them.
import { loadConfig } from '#config';
import { CourierError, type Message, Secret } from '#core';
import type { ChannelCouriers } from '#couriers';
import { onTestFinished } from 'vitest';

import { openCouriers } from '../../src/main/couriers.ts';
import { NotedRandomness, TestClock } from './test-machine.ts';

/** Couriers under test, and what the one for development has printed. */
export interface OpenedCouriers {
  readonly couriers: ChannelCouriers;
  readonly clock: TestClock;
  readonly printed: readonly string[];
}

/** Opens couriers with settings by dotted key; they are closed when the test is over. */
export function couriersWith(settings: Readonly<Record<string, unknown>>): OpenedCouriers {
  const clock = new TestClock();
  const printed: string[] = [];
  const config = loadConfig({ flags: settings, env: {}, dialects: [] });
  const print = (line: string): void => void printed.push(line);
  const couriers = openCouriers(config, { clock, randomness: new NotedRandomness(), print });
  onTestFinished(() => couriers.close());
  return { couriers, clock, printed };
}

/** A sign-in code by e-mail, and whatever else is wanted of it. */
export function aMessage(more: Partial<Message> = {}): Message {
  return {
    channel: 'email',
    to: 'person@example.org',
    name: 'code.sign-in',
    language: 'en',
    values: { code: new Secret('482915'), minutes: '10' },
    ...more,
  };
}

/** What a courier complained about; `sent` if it did not. */
export async function outcomeOfSending(sending: Promise<void>): Promise<string> {
  try {
    await sending;
    return 'sent';
  } catch (error) {
    if (!(error instanceof CourierError)) throw error;
    return error.message;
  }
}
