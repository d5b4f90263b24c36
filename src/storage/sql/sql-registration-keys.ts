// Which registrations came under a key, in SQL.
import type { KeptRegistration, RegistrationKeys } from '#core';
import type { Act } from './act.ts';
import { Statement } from './statement.ts';

const byKey = new Statement((db, p: { realm: string; key: string; now: number }) =>
  db
    .selectFrom('registration_keys')
    .select(['request', 'account_id'])
    .where('realm', '=', p.realm)
    .where('key', '=', p.key)
    .where('ends_at', '>', p.now),
);

const dropEnded = new Statement((db, p: { before: number; limit: number }) =>
  db
    .deleteFrom('registration_keys')
    .where((by) =>
      by(
        by.refTuple('realm', 'key'),
        'in',
        by
          .selectFrom('registration_keys')
          .select(['realm', 'key'])
          .where('ends_at', '<', p.before)
          .orderBy('ends_at')
          .limit(p.limit)
          .$asTuple('realm', 'key'),
      ),
    ),
);

/** Remembers registrations, within one act. */
export class SqlRegistrationKeys implements RegistrationKeys {
  readonly #act: Act;

  constructor(act: Act) {
    this.#act = act;
  }

  async find(realm: string, key: string, now: number): Promise<KeptRegistration | undefined> {
    const row = await byKey.first(this.#act, { realm, key, now });
    return row && { request: row.request, accountId: row.account_id };
  }

  async sweep(endedBefore: number, limit: number): Promise<number> {
    return dropEnded.affected(this.#act, { before: endedBefore, limit });
  }
}
