// Everything that becomes true together when a sign-in succeeds.
import type { Account, Session, SignInRecord } from '#core';
import { type AccountRow, completeAccount, readAccountRow } from './account-rows.ts';
import type { Act } from './act.ts';
import type { AttemptParties } from './attempt-rows.ts';
import { clearBudget, endRow, placeOfSubject } from './budget-rows.ts';
import { renewPassword } from './credential-rows.ts';
import { rememberSource } from './known-sources.ts';
import { openSession } from './open-session.ts';
import { recordAudit } from './record-audit.ts';
import { Statement } from './statement.ts';

type SignInHistory = Pick<AccountRow, 'last_sign_in_at' | 'last_sign_in_day' | 'sign_in_day_run'>;
type SignInHistoryAfter = { readonly [K in keyof SignInHistory]: number };

const markSignedIn = new Statement((db, p: SignInHistoryAfter & { id: string; epoch: number }) =>
  db
    .updateTable('accounts')
    .set({
      last_sign_in_at: p.last_sign_in_at,
      last_sign_in_day: p.last_sign_in_day,
      sign_in_day_run: p.sign_in_day_run,
    })
    .where('id', '=', p.id)
    .where('epoch', '=', p.epoch),
);

/** Undefined, with nothing but the reservation undone, if the account is gone, no longer may sign in, or was signed out everywhere meanwhile. */
export async function completeSignIn(
  act: Act,
  record: Omit<SignInRecord, 'reservationId'>,
  parties: Pick<AttemptParties, 'kind' | 'source'>,
): Promise<Account | undefined> {
  const { session, rehash, epoch } = record;
  const id = session.accountId;
  const before = await readAccountRow(act, id);
  if (before?.epoch !== epoch || before.status === 'disabled' || before.status === 'pending') return undefined;
  const history = { last_sign_in_at: session.issuedAt, ...runOfDays(before, record.day) };
  // Where others write at the same time the epoch may have passed by now; from here on it cannot.
  if ((await markSignedIn.affected(act, { id, epoch, ...history })) === 0) return undefined;
  await openSession(act, record);
  if (rehash !== undefined) await renewPassword(act, id, rehash);
  await trustSource(act, session, parties);
  await recordAudit(act, record.audit);
  return completeAccount(act, { ...before, ...history });
}

/**
 * The failures of a source the account knows are its owner's, and forgotten, even those of a time when it was known before.
 * A stranger's stay counted: whoever guesses from elsewhere gains nothing by the owner's signing in. Only a stranger who turns out to be the
 * owner ends the row of failures, or a person who is always somewhere new would be shut out in the end. From now on this source is known.
 */
async function trustSource(
  act: Act,
  { accountId, issuedAt }: Session,
  { kind, source }: Pick<AttemptParties, 'kind' | 'source'>,
): Promise<void> {
  await act.hold(accountId);
  await clearBudget(act, placeOfSubject(accountId, source, 'known'));
  if (kind === 'account') await endRow(act, placeOfSubject(accountId, source, kind));
  await rememberSource(act, { account: accountId, source, at: issuedAt });
}

/** The same day again changes nothing, the next day counts one more, any later day starts anew. */
function runOfDays(
  { last_sign_in_day: last, sign_in_day_run: run }: SignInHistory,
  day: number,
): { last_sign_in_day: number; sign_in_day_run: number } {
  if (last === null || day > last + 1) return { last_sign_in_day: day, sign_in_day_run: 0 };
  if (day === last + 1) return { last_sign_in_day: day, sign_in_day_run: run + 1 };
  return { last_sign_in_day: last, sign_in_day_run: run };
}
