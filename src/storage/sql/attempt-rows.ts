// Attempts in flight: rows that stand between the reservation and its settlement.
import type { BudgetKind, Reservation } from '#core';
import type { Selectable } from 'kysely';
import type { Act } from './act.ts';
import { type BudgetPlace, placeOfNames, placeOfSubject, placesOfSource } from './budget-rows.ts';
import { Statement } from './statement.ts';
import type { Tables } from './tables.ts';

type AttemptRow = Selectable<Tables['attempts']>;

/** Who tries, as far as budgets care. */
export interface AttemptParties {
  readonly kind: 'account' | 'known';
  readonly subject: string;
  readonly source: string;
  readonly subnet: string;
}

/** How many undecided attempts each kind of budget stands for. */
export type InFlight = Readonly<Record<BudgetKind, number>>;

interface AttemptValues extends AttemptParties {
  readonly id: string;
  readonly expires_at: number;
}

const insert = new Statement((db, p: AttemptValues) =>
  db.insertInto('attempts').values({
    id: p.id,
    kind: p.kind,
    subject: p.subject,
    source: p.source,
    subnet: p.subnet,
    expires_at: p.expires_at,
  }),
);

const take = new Statement((db, p: { id: string }) => db.deleteFrom('attempts').where('id', '=', p.id).returningAll());

/** A source lies in its subnet, so whoever shares the source is among those who share the subnet. */
const inFlight = new Statement((db, p: Omit<AttemptParties, 'kind'> & { now: number }) =>
  db
    .selectFrom('attempts')
    .select(({ fn }) => {
      const all = fn.countAll<number>();
      return [
        all.filterWhere('subject', '=', p.subject).filterWhere('kind', '=', 'account').as('account'),
        all
          .filterWhere('subject', '=', p.subject)
          .filterWhere('kind', '=', 'known')
          .filterWhere('source', '=', p.source)
          .as('known'),
        all.filterWhere('source', '=', p.source).as('source'),
        fn
          .count<number>('subject')
          .distinct()
          .filterWhere((by) => by.and([by('source', '=', p.source), by('subject', '!=', p.subject)]))
          .as('names'),
        all.filterWhere('subnet', '=', p.subnet).as('subnet'),
      ];
    })
    .where((by) => by.or([by('subject', '=', p.subject), by('subnet', '=', p.subnet)]))
    .where('expires_at', '>', p.now),
);

/** How many undecided attempts each of the parties' budgets stands for. */
export function countInFlight(act: Act, { subject, source, subnet }: AttemptParties, now: number): Promise<InFlight> {
  return inFlight.one(act, { subject, source, subnet, now });
}

export async function keepAttempt(act: Act, { id, expiresAt }: Reservation, parties: AttemptParties): Promise<void> {
  await insert.affected(act, { id, ...parties, expires_at: expiresAt });
}

/** Takes the attempt out of flight; undefined if it is gone already. */
export async function takeAttempt(act: Act, id: string): Promise<AttemptParties | undefined> {
  const row: AttemptRow | undefined = await take.first(act, { id });
  return (
    row && {
      kind: row.kind === 'known' ? 'known' : 'account',
      subject: row.subject,
      source: row.source,
      subnet: row.subnet,
    }
  );
}

/** The budgets an attempt is charged to, the account's last. */
export function placesOfAttempt({ kind, subject, source, subnet }: AttemptParties): readonly BudgetPlace[] {
  return [...placesOfSource(source, subnet), placeOfNames(source), placeOfSubject(subject, source, kind)];
}
