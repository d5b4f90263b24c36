// What the hash queue does and what it could do, for monitoring: who waits, who is let in, who is turned away.
import type { OpenPasswordPool } from '#crypto';
import { Gauge, type Registry } from 'prom-client';

/** Shows the pool's figures whenever somebody asks for them. */
export function measuringPasswords(pool: OpenPasswordPool, registry: Registry): void {
  const registers = [registry];
  const totals: Gauge = new Gauge({
    name: 'understudy_passwords',
    help: 'The password pool: totals since start (hashes, verifications, decoys, refused, gone, spared) and the present (inside, waiting).',
    labelNames: ['of'],
    registers,
    // Being the first, it is asked first, and sets the others as well.
    collect(): void {
      const { hashes, verifications, decoys, refused, gone, spared, inside, waiting, ...now } = pool.stats();
      const counts = { hashes, verifications, decoys, refused, gone, spared, inside, waiting };
      for (const [of, value] of Object.entries(counts)) totals.set({ of }, value);
      const lines = { waiting: now.waitingBy, admitted: now.admittedBy, refused: now.refusedBy };
      for (const [of, by] of Object.entries(lines))
        for (const [standing, value] of Object.entries(by)) entries.set({ standing, of }, value);
      hash.set(now.hashMs / 1000);
      safe.set(now.safePerSecond);
    },
  });
  const entries = new Gauge({
    name: 'understudy_password_entries',
    help: 'The lines before the password pool: those waiting now, and those admitted and refused since start, by how they stand (operator, known, stranger).',
    labelNames: ['standing', 'of'],
    registers,
  });
  const hash = new Gauge({ name: 'understudy_hash_seconds', help: 'Usual time of one hash at present.', registers });
  const safe = new Gauge({
    name: 'understudy_safe_logins_per_second',
    help: 'Sign-ins a second that leave a fifth of the hashing to spare, at the present cost of a hash.',
    registers,
  });
}
