// The queue for hashing: who comes first, who is turned away, and when.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { Refusal } from '#core';

import type { Standing } from './waiting-lines.ts';
import { type Guest, WaitingRoom } from './waiting-room.ts';

const BOUNDS = { places: 2, concurrency: 1, queue: 3, waitMs: 1000 };

/** Notes who came in, in the order in which they did. */
class Guests {
  readonly admitted: string[] = [];
  readonly turnedAway: string[] = [];

  async come(room: WaitingRoom, name: string, guest?: Guest): Promise<void> {
    try {
      await room.enter(guest);
      this.admitted.push(name);
    } catch {
      this.turnedAway.push(name);
    }
  }
}

/** Somebody who stays until they are served. */
const guest = (standing: Standing, source: string = standing): Guest => ({ standing, source, isGone: () => false });

/** Lets everybody in, one after the other; the room had one place, which is taken. */
async function serveAll(room: WaitingRoom): Promise<void> {
  while (room.census.inside > 0) {
    room.leave();
    await vi.advanceTimersByTimeAsync(0);
  }
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('a room with free places', () => {
  it('admits at once', async () => {
    const room = new WaitingRoom(BOUNDS);

    await room.enter();
    await room.enter();

    expect(room.census).toMatchObject({ inside: 2, waiting: 0, refused: 0, gone: 0, hashMs: 0 });
  });
});

describe('a full room', () => {
  it('admits those who wait in the order in which they came, one for each that leaves', async () => {
    const room = new WaitingRoom({ ...BOUNDS, places: 1 });
    const guests = new Guests();
    const visits = ['a', 'b', 'c', 'd'].map((name) => guests.come(room, name));

    room.leave();
    room.leave();
    await Promise.all(visits.slice(0, 3));

    expect(guests.admitted).toEqual(['a', 'b', 'c']);
    expect(room.census).toMatchObject({ inside: 1, waiting: 1 });
  });

  it('lets nobody who comes later past those who wait', async () => {
    const room = new WaitingRoom({ ...BOUNDS, places: 1 });
    const guests = new Guests();
    const visits = [guests.come(room, 'a'), guests.come(room, 'b')];

    room.leave();
    visits.push(guests.come(room, 'late'));
    await Promise.all(visits.slice(0, 2));

    expect(guests.admitted).toEqual(['a', 'b']);
  });

  it('R-102 turns away at once who would be one too many, and says when to come back', async () => {
    const room = new WaitingRoom({ ...BOUNDS, places: 1 });
    room.observe(200);
    const guests = new Guests();
    void ['a', 'b', 'c', 'd'].map((name) => guests.come(room, name));

    const refusal: unknown = await room.enter().catch((error: unknown) => error);

    expect(refusal).toBeInstanceOf(Refusal);
    expect(refusal).toMatchObject({ code: 'server.busy', detail: { retryAfterSeconds: 1 } });
    expect(room.census.refused).toBe(1);
  });

  it('R-102 turns away at once who would wait too long', async () => {
    const room = new WaitingRoom({ ...BOUNDS, places: 1 });
    const guests = new Guests();
    room.observe(400);

    void ['inside', 'for 400 ms', 'for 800 ms', 'for 1200 ms'].map((name) => guests.come(room, name));
    await vi.advanceTimersByTimeAsync(0);

    expect(guests.turnedAway).toEqual(['for 1200 ms']);
    expect(room.census.waiting).toBe(2);
  });

  it('predicts less where more hashes run at once', async () => {
    const room = new WaitingRoom({ ...BOUNDS, concurrency: 4, places: 1 });
    const guests = new Guests();
    room.observe(400);

    void ['inside', 'for 100 ms', 'for 200 ms', 'for 300 ms'].map((name) => guests.come(room, name));
    await vi.advanceTimersByTimeAsync(0);

    expect(guests.turnedAway).toEqual([]);
  });

  it('R-102 turns away in the end who waits longer than was predicted', async () => {
    const room = new WaitingRoom({ ...BOUNDS, places: 1 });
    const guests = new Guests();
    void ['inside', 'patient'].map((name) => guests.come(room, name));

    await vi.advanceTimersByTimeAsync(1999);
    const before = [...guests.turnedAway];
    await vi.advanceTimersByTimeAsync(1);

    expect(before).toEqual([]);
    expect(guests.turnedAway).toEqual(['patient']);
    expect(room.census).toMatchObject({ inside: 1, waiting: 0, refused: 1 });
  });

  it('leaves no timer behind when somebody is admitted', async () => {
    const room = new WaitingRoom({ ...BOUNDS, places: 1 });
    const guests = new Guests();
    const visits = ['a', 'b'].map((name) => guests.come(room, name));

    room.leave();
    await Promise.all(visits);

    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('three lines', () => {
  const ROOMY = { places: 1, concurrency: 1, queue: 64, waitMs: 60_000 };

  it('R-102 take turns by weight, and each in the order in which people came', async () => {
    const room = new WaitingRoom(ROOMY);
    const guests = new Guests();
    void guests.come(room, 'inside');
    for (let turn = 1; turn <= 6; turn += 1) void guests.come(room, `s${turn}`, guest('stranger'));
    for (let turn = 1; turn <= 4; turn += 1) void guests.come(room, `k${turn}`, guest('known', `192.0.2.${turn}`));
    void guests.come(room, 'o1', guest('operator'));

    await serveAll(room);

    expect(guests.admitted).toEqual(['inside', 'o1', 'k1', 's1', 'k2', 's2', 'k3', 's3', 'k4', 's4', 's5', 's6']);
  });

  it('R-102 keep room for those who are known and for operators, however many strangers come', async () => {
    const room = new WaitingRoom(ROOMY);
    const guests = new Guests();
    void guests.come(room, 'inside');
    for (let turn = 0; turn < 100; turn += 1) void guests.come(room, 'stranger', guest('stranger'));
    for (let turn = 0; turn < 100; turn += 1) void guests.come(room, 'known', guest('known', `192.0.2.${turn}`));
    for (let turn = 0; turn < 100; turn += 1) void guests.come(room, 'operator', guest('operator'));
    await vi.advanceTimersByTimeAsync(0);

    expect(room.census.waitingBy).toEqual({ stranger: 54, known: 8, operator: 2 });
    expect(room.census.refusedBy).toEqual({ stranger: 46, known: 92, operator: 98 });
  });

  it('R-102 let no single known source take what is kept for all of them', async () => {
    const room = new WaitingRoom(ROOMY);
    const guests = new Guests();
    void guests.come(room, 'inside');
    for (let turn = 0; turn < 100; turn += 1) void guests.come(room, 'one', guest('known', '192.0.2.1'));
    void guests.come(room, 'other', guest('known', '192.0.2.2'));
    await vi.advanceTimersByTimeAsync(0);

    expect(room.census.waitingBy).toEqual({ stranger: 54, known: 3, operator: 0 });
    await serveAll(room);
    expect(guests.admitted.indexOf('other')).toBeLessThan(8);
  });

  it('forget how many of a source waited, once they were served', async () => {
    const room = new WaitingRoom(ROOMY);
    const guests = new Guests();
    void guests.come(room, 'inside');
    for (let turn = 0; turn < 3; turn += 1) void guests.come(room, 'early', guest('known', '192.0.2.1'));
    await serveAll(room);

    void guests.come(room, 'inside');
    for (let turn = 0; turn < 2; turn += 1) void guests.come(room, 'late', guest('known', '192.0.2.1'));

    expect(room.census.waitingBy).toEqual({ stranger: 0, known: 2, operator: 0 });
  });

  it('leave the whole room to whoever comes, while nobody else does', async () => {
    const room = new WaitingRoom({ ...ROOMY, queue: 7 });
    const guests = new Guests();
    void guests.come(room, 'inside');

    for (let turn = 0; turn < 8; turn += 1) void guests.come(room, 'stranger', guest('stranger'));
    await vi.advanceTimersByTimeAsync(0);

    expect(room.census.waiting).toBe(7);
  });
});

describe('those who went away', () => {
  it('are passed over, and nobody is told to come back for them', async () => {
    const room = new WaitingRoom({ ...BOUNDS, places: 1 });
    const guests = new Guests();
    void guests.come(room, 'inside');
    void guests.come(room, 'gone', { ...guest('stranger'), isGone: () => true });
    void guests.come(room, 'patient', guest('stranger'));

    room.leave();
    await vi.advanceTimersByTimeAsync(0);

    expect(guests).toMatchObject({ admitted: ['inside', 'patient'], turnedAway: ['gone'] });
    expect(room.census).toMatchObject({ inside: 1, waiting: 0, refused: 0, gone: 1 });
  });

  it('R-102 make room for the next who comes', async () => {
    const room = new WaitingRoom({ ...BOUNDS, places: 1 });
    const guests = new Guests();
    let isGone = false;
    void guests.come(room, 'inside');
    for (let turn = 0; turn < 3; turn += 1)
      void guests.come(room, 'gone', { ...guest('stranger'), isGone: () => isGone });
    isGone = true;

    void guests.come(room, 'patient', guest('stranger'));
    await vi.advanceTimersByTimeAsync(0);

    expect(room.census).toMatchObject({ inside: 1, waiting: 1, refused: 0, gone: 3 });
  });
});

describe('a crowd', () => {
  it('is told to come back at different times', async () => {
    const room = new WaitingRoom({ ...BOUNDS, places: 1, queue: 1 });
    room.observe(800);
    const guests = new Guests();
    void ['inside', 'waiting'].map((name) => guests.come(room, name));

    const refusals = await Promise.allSettled(Array.from({ length: 6 }, () => room.enter()));

    const waits = refusals.map((told) => (told.status === 'rejected' ? (told.reason as Refusal).detail : undefined));
    expect(waits.map((detail) => detail?.retryAfterSeconds)).toEqual([2, 3, 4, 2, 3, 4]);
  });
});

describe('predicting the wait', () => {
  it('goes by how quickly the line moves, once it has shown that', async () => {
    const room = new WaitingRoom({ ...BOUNDS, places: 1, queue: 100 });
    const guests = new Guests();
    room.observe(10);
    for (let turn = 0; turn <= 20; turn += 1) void guests.come(room, 'somebody', guest('stranger'));
    for (let turn = 0; turn < 12; turn += 1) {
      await vi.advanceTimersByTimeAsync(50);
      room.leave();
    }

    for (let turn = 0; turn < 60; turn += 1) void guests.come(room, 'later', guest('stranger'));
    await vi.advanceTimersByTimeAsync(0);

    // By the hash alone they would be 80.
    expect(room.census.waiting).toBe(20);
  });
});

describe('learning how long a hash takes', () => {
  it('takes the first measurement as it is and follows the others slowly', () => {
    const room = new WaitingRoom(BOUNDS);

    const estimates = [10, 20, 20].map((milliseconds) => {
      room.observe(milliseconds);
      return Number(room.census.hashMs.toFixed(2));
    });

    expect(estimates).toEqual([10, 11, 11.9]);
  });
});

describe('a room that is closed', () => {
  it('turns away those who wait and those who come', async () => {
    const room = new WaitingRoom({ ...BOUNDS, places: 1 });
    const guests = new Guests();
    const visits = ['inside', 'waiting'].map((name) => guests.come(room, name));

    room.close();
    room.leave();
    await Promise.all([...visits, guests.come(room, 'late')]);

    expect(guests.admitted).toEqual(['inside']);
    expect(guests.turnedAway.toSorted()).toEqual(['late', 'waiting']);
  });
});
