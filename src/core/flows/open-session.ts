// The end of a successful sign-in: a fresh token, and one transaction that makes it count.
import { type Account, identifierOf } from '../accounts/account.ts';
import { type IdentifierKind, isSensitive } from '../accounts/identifier.ts';
import type { AuditEntry } from '../audit/audit-entry.ts';
import type { Rehash } from '../budgets/attempt-store.ts';
import { Refusal } from '../kernel/refusal.ts';
import { Secret } from '../kernel/secret.ts';
import type { IssuedSession, Session } from '../sessions/session.ts';
import { type Attempt, type SignInDeps, whoAndWhence } from './attempt.ts';
import type { SignedIn } from './signed-in.ts';

interface Proven {
  readonly reservationId: string;
  readonly act: string;
  readonly drawn: Drawn;
  readonly rehash?: Rehash;
}

/** What chance has to say about a session. */
interface Drawn {
  readonly issued: Pick<IssuedSession, 'id' | 'token' | 'csrf'>;
  readonly kept: Pick<Session, 'id' | 'digest' | 'csrfDigest'>;
}

/** Opens the session. @throws Refusal `account.unknown` if the account vanished meanwhile */
export async function openSession(deps: SignInDeps, attempt: Attempt, proven: Proven): Promise<SignedIn> {
  const at = deps.clock.now();
  const session: Session = { ...ownerOf(attempt), ...termsOf(attempt, at), ...proven.drawn.kept };
  const { replaces } = attempt.ask.session;
  const audit: AuditEntry = {
    at,
    act: proven.act,
    outcome: 'success',
    ...shownUnmasked(attempt),
    ...whoAndWhence(attempt),
  };
  const account = await deps.attempts.succeed({
    reservationId: proven.reservationId,
    session,
    epoch: attempt.found?.epoch ?? 0,
    maxSessions: deps.maxSessions,
    day: deps.calendar.dayOf(at),
    audit,
    ...(replaces && { replaces }),
    ...(proven.rehash && { rehash: proven.rehash }),
  });
  if (account === undefined) throw new Refusal('account.unknown', { remark: 'removed or disabled while signing in' });
  return {
    account,
    session: { ...proven.drawn.issued, issuedAt: at, expiresAt: session.expiresAt },
    app: attempt.app,
    disclosed: disclose(deps, account, attempt.ask.discloses ?? []),
    at,
  };
}

/** Draws the secrets, what the client gets and what rests in the store: good for nothing until the session is opened. */
export function drawSession({ clock, digests, randomness }: SignInDeps, { ask }: Attempt): Drawn {
  const id = randomness.uuid(clock.now());
  const token = randomness.text(ask.session.token);
  const csrf = ask.session.csrf && randomness.text(ask.session.csrf);
  return {
    issued: { id, token: new Secret(token), ...(csrf !== undefined && { csrf: new Secret(csrf) }) },
    kept: { id, digest: digests.ofToken(token), csrfDigest: csrf === undefined ? null : digests.ofToken(csrf) },
  };
}

function ownerOf({
  ask,
  call,
  app,
  found,
  realm,
}: Attempt): Pick<Session, 'accountId' | 'appId' | 'client' | 'dialect' | 'realm' | 'source'> {
  return {
    accountId: found?.account.id ?? '',
    appId: app?.id ?? null,
    client: ask.client,
    dialect: call.dialect,
    realm,
    source: call.source.address,
  };
}

function termsOf(
  { ask, app }: Attempt,
  at: number,
): Pick<Session, 'expiresAt' | 'idleSeconds' | 'issuedAt' | 'seenAt'> {
  const lifeSeconds = app?.sessionLifeSeconds ?? ask.session.lifeSeconds;
  return { issuedAt: at, expiresAt: at + lifeSeconds * 1000, idleSeconds: ask.session.idleSeconds ?? null, seenAt: at };
}

function shownUnmasked({ ask }: Attempt): Pick<AuditEntry, 'reason'> {
  const kinds = ask.showsUnmasked ?? [];
  return kinds.length === 0 ? {} : { reason: `shown ${kinds.join(' ')}` };
}

function disclose({ vault }: SignInDeps, account: Account, kinds: readonly IdentifierKind[]): SignedIn['disclosed'] {
  const held = kinds.flatMap((kind) => identifierOf(account, kind) ?? []);
  return Object.fromEntries(
    held.map(({ kind, shown }) => [kind, new Secret(isSensitive(kind) ? vault.open(kind, shown) : shown)]),
  );
}
