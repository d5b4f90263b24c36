// Registrations under the keys their clients gave them, as rows.
import { Refusal } from '#core';
import type { Act } from './act.ts';
import { Statement } from './statement.ts';

interface KeyValues {
  readonly realm: string;
  readonly key: string;
  readonly request: string;
  readonly account_id: string;
  readonly ends_at: number;
}

/** A key that has had its time may stand for something else. */
const keep = new Statement((db, p: KeyValues & { readonly at: number }) =>
  db
    .insertInto('registration_keys')
    .values({ realm: p.realm, key: p.key, request: p.request, account_id: p.account_id, ends_at: p.ends_at })
    .onConflict((conflict) =>
      conflict
        .columns(['realm', 'key'])
        .doUpdateSet((by) => ({
          request: by.ref('excluded.request'),
          account_id: by.ref('excluded.account_id'),
          ends_at: by.ref('excluded.ends_at'),
        }))
        .where('registration_keys.ends_at', '<=', p.at),
    ),
);

/** A registration that is being made. */
export interface NewRegistration {
  readonly realm: string;
  readonly key: string;
  readonly request: string;
  readonly accountId: string;
  readonly endsAt: number;
  readonly at: number;
}

/** @throws Refusal `idempotency.mismatch` when the key stands for another one */
export async function keepRegistration(act: Act, registration: NewRegistration): Promise<void> {
  const { realm, key, request, accountId, endsAt, at } = registration;
  const kept = await keep.affected(act, { realm, key, request, account_id: accountId, ends_at: endsAt, at });
  if (kept === 0) throw new Refusal('idempotency.mismatch');
}
