// The queue for hashing: who comes first, who is turned away, and when.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { Refusal } from '#core';

import { WaitingRoom } from './waiting-room.ts';

const BOUNDS = { places: 2, concurrency: 1, queue: 3, waitMs: 1000 };

/** Notes who came in, in the order in which they did. */
class Guests {
  readonly admitted: string[] = [];
  readonly turnedAway: string[] = [];

  async come(room: WaitingRoom, name: string): Promise<void> {
    try {
      await room.enter();
      this.admitted.push(name);
    } catch {
      this.turnedAway.push(name);
    }
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

    expect(room.census).toEqual({ inside: 2, waiting: 0, refused: 0, hashMs: 0 });
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

    await vi.advanceTimersByTimeAsync(1249);
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
