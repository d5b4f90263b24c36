// How accounts, apps and sessions are shown to an operator: never a secret, and id numbers masked.
import {
  type Account,
  type App,
  type Identifier,
  type IdentifierVault,
  type JsonObject,
  type JsonValue,
  type Session,
  endOf,
  isSensitive,
  maskIdNumber,
} from '#core';

const instant = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** The text of an identifier that may be shown. */
function shownText({ kind, shown }: Identifier, vault: IdentifierVault): string {
  return isSensitive(kind) ? maskIdNumber(vault.open(kind, shown)) : shown;
}

/** Identifiers by kind. */
function identifiersOf(account: Account, vault: IdentifierVault): JsonObject {
  return Object.fromEntries<JsonValue>(
    account.identifiers.map((each) => [
      each.kind,
      { text: shownText(each, vault), verifiedAt: instant(each.verifiedAt) },
    ]),
  );
}

/** An account as `--json` prints it. */
export function describeAccount(account: Account, vault: IdentifierVault): JsonObject {
  const {
    id,
    realm,
    number,
    publicId,
    status,
    roles,
    organisation,
    profile,
    attributes,
    isPasswordChangeDue,
    signInDayRun,
  } = account;
  return {
    id,
    realm,
    number,
    publicId,
    status,
    identifiers: identifiersOf(account, vault),
    roles,
    organisation,
    profile: { ...profile },
    attributes,
    isPasswordChangeDue,
    signInDayRun,
    createdAt: instant(account.createdAt),
    updatedAt: instant(account.updatedAt),
    lastSignInAt: instant(account.lastSignInAt),
    passwordChangedAt: instant(account.passwordChangedAt),
  };
}

/** An account as lines of names and values. */
export function accountLines(account: Account, vault: IdentifierVault): readonly (readonly [string, string])[] {
  const identifiers = account.identifiers.map(
    (each) => [each.kind, `${shownText(each, vault)}${each.verifiedAt === null ? '  (not verified)' : ''}`] as const,
  );
  const profile = Object.entries(account.profile).map(([name, value]) => [`profile.${name}`, String(value)] as const);
  const attributes = Object.entries(account.attributes).flatMap(([dialect, fields]) =>
    Object.entries(fields).map(([name, value]) => [`attributes.${dialect}.${name}`, plain(value)] as const),
  );
  return [
    ['id', account.id],
    ['realm', account.realm],
    ['number', String(account.number)],
    ['public id', account.publicId],
    ['status', account.status],
    ...identifiers,
    ['roles', account.roles.join(', ') || '-'],
    ['organisation', account.organisation ?? '-'],
    ...profile,
    ...attributes,
    ['created', instant(account.createdAt) ?? '-'],
    ['last sign-in', instant(account.lastSignInAt) ?? '-'],
  ];
}

const plain = (value: JsonValue): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** An account in one row of a table. */
export function accountRow(account: Account, vault: IdentifierVault): readonly string[] {
  const identifiers = account.identifiers.map((each) => shownText(each, vault)).join(' ');
  return [account.id, account.status, identifiers, account.roles.join(' '), account.profile.nickname ?? ''];
}

/** An app as `--json` prints it. */
export function describeApp(app: App): JsonObject {
  const { id, name, realm, origins, allowsGet, demandsToken, sessionLifeSeconds, isStopped } = app;
  return {
    id,
    name,
    realm,
    origins,
    allowsGet,
    demandsToken,
    sessionLifeSeconds,
    isStopped,
    previousSignatureUntil: instant(app.previousUntil),
    createdAt: instant(app.createdAt),
  };
}

/** A session as `--json` prints it. */
export function describeSession(session: Session): JsonObject {
  const { id, dialect, appId, client, source } = session;
  return {
    id,
    dialect,
    appId,
    client: { ...client },
    source,
    issuedAt: instant(session.issuedAt),
    seenAt: instant(session.seenAt),
    endsAt: instant(endOf(session)),
  };
}
