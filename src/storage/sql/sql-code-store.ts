// One-time codes in SQL.
import type { CodePurpose, CodeStore, CodeVerdict, NewCode } from '#core';
import type { Act } from './act.ts';
import { Statement } from './statement.ts';

interface CodeValues {
  readonly realm: string;
  readonly purpose: string;
  readonly destination: string;
  readonly digest: string;
  readonly issued_at: number;
  readonly expires_at: number;
  readonly tries: number;
}

const put = new Statement((db, p: CodeValues) =>
  db
    .insertInto('codes')
    .values({
      realm: p.realm,
      purpose: p.purpose,
      destination: p.destination,
      digest: p.digest,
      issued_at: p.issued_at,
      expires_at: p.expires_at,
      tries: p.tries,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['realm', 'destination', 'purpose'])
        .doUpdateSet({ digest: p.digest, issued_at: p.issued_at, expires_at: p.expires_at, tries: p.tries }),
    ),
);

interface ClaimValues {
  readonly realm: string;
  readonly purpose: string;
  readonly destination: string;
  readonly now: number;
}

const accept = new Statement((db, p: ClaimValues & { digest: string }) =>
  db
    .deleteFrom('codes')
    .where('realm', '=', p.realm)
    .where('destination', '=', p.destination)
    .where('purpose', '=', p.purpose)
    .where('expires_at', '>', p.now)
    .where('tries', '>', 0)
    .where('digest', '=', p.digest),
);

const lookAt = new Statement((db, p: ClaimValues & { digest: string }) =>
  db
    .updateTable('codes')
    .set((eb) => ({ tries: eb('tries', '-', 1) }))
    .where('realm', '=', p.realm)
    .where('destination', '=', p.destination)
    .where('purpose', '=', p.purpose)
    .where('expires_at', '>', p.now)
    .where('tries', '>', 0)
    .where('digest', '=', p.digest),
);

const drop = new Statement((db, p: Omit<ClaimValues, 'now'> & { digest: string }) =>
  db
    .deleteFrom('codes')
    .where('realm', '=', p.realm)
    .where('destination', '=', p.destination)
    .where('purpose', '=', p.purpose)
    .where('digest', '=', p.digest),
);

const useUpTry = new Statement((db, p: ClaimValues) =>
  db
    .updateTable('codes')
    .set((eb) => ({ tries: eb('tries', '-', 1) }))
    .where('realm', '=', p.realm)
    .where('destination', '=', p.destination)
    .where('purpose', '=', p.purpose)
    .where('expires_at', '>', p.now)
    .where('tries', '>', 0),
);

const dropEnded = new Statement((db, p: { before: number; limit: number }) =>
  db
    .deleteFrom('codes')
    .where((by) =>
      by(
        by.refTuple('realm', 'destination', 'purpose'),
        'in',
        by
          .selectFrom('codes')
          .select(['realm', 'destination', 'purpose'])
          .where('expires_at', '<', p.before)
          .limit(p.limit)
          .$asTuple('realm', 'destination', 'purpose'),
      ),
    ),
);

/** Keeps codes, within one act. */
export class SqlCodeStore implements CodeStore {
  readonly #act: Act;

  constructor(act: Act) {
    this.#act = act;
  }

  async issue({ realm, purpose, destination, digest, issuedAt, expiresAt, tries }: NewCode): Promise<void> {
    await put.affected(this.#act, {
      realm,
      purpose,
      destination,
      digest,
      issued_at: issuedAt,
      expires_at: expiresAt,
      tries,
    });
  }

  async hold(code: NewCode): Promise<void> {
    await this.issue(code);
  }

  async claim({ realm, purpose, destination }: CodePurpose, digest: string, now: number): Promise<CodeVerdict> {
    const place = { realm, purpose, destination, now };
    if ((await accept.affected(this.#act, { ...place, digest })) > 0) return 'accepted';
    return this.#miss(place);
  }

  async look({ realm, purpose, destination }: CodePurpose, digest: string, now: number): Promise<CodeVerdict> {
    const place = { realm, purpose, destination, now };
    if ((await lookAt.affected(this.#act, { ...place, digest })) > 0) return 'accepted';
    return this.#miss(place);
  }

  async withdraw({ realm, purpose, destination }: CodePurpose, digest: string): Promise<boolean> {
    return (await drop.affected(this.#act, { realm, purpose, destination, digest })) > 0;
  }

  async #miss(place: ClaimValues): Promise<CodeVerdict> {
    return (await useUpTry.affected(this.#act, place)) > 0 ? 'mismatch' : 'expired';
  }

  async sweep(endedBefore: number, limit: number): Promise<number> {
    return dropEnded.affected(this.#act, { before: endedBefore, limit });
  }
}
