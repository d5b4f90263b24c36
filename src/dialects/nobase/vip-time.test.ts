// How NoBase tells the end of somebody's VIP time. "Now" is 2025-06-12 17:16:31 in Shanghai.
import { replyWith } from '#tests/support/reply';
import { describe, expect, it } from 'vitest';
import { settings } from './settings.ts';
import { tellVipTime } from './vip-time.ts';

const reply = replyWith(settings);

describe('telling the end of the VIP time', () => {
  it.each([
    [0, 'Not activated'],
    ['', 'Not activated'],
    ['2025-06-12 17:16:32', '2025-06-12 17:16:32'],
    [Date.UTC(2026, 0, 1) / 1000, '2026-01-01 08:00:00'],
    ['2025-06-12 17:16:31', 'Expired (1 months)'],
    ['2025-04-12 17:16:32', 'Expired (1 months)'],
    ['2025-04-12 17:16:31', 'Expired (2 months)'],
    ['2024-06-12 00:00:00', 'Expired (12 months)'],
    [Date.UTC(2024, 11, 31) / 1000, 'Expired (5 months)'],
  ])('tells %j as %j', (viptime, told) => {
    expect(tellVipTime(viptime, reply)).toBe(told);
  });
});
