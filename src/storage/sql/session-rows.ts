// Rows of sessions, and the sessions they stand for.
import { type ClientDescription, type Session, endOf } from '#core';
import type { Insertable, Selectable } from 'kysely';
import type { Tables } from './tables.ts';

export type SessionRow = Selectable<Tables['sessions']>;

export function toSession(row: Omit<SessionRow, 'ends_at'>): Session {
  return {
    id: row.id,
    digest: row.digest,
    csrfDigest: row.csrf_digest,
    accountId: row.account_id,
    realm: row.realm,
    dialect: row.dialect,
    appId: row.app_id,
    client: toClient(row),
    source: row.source,
    issuedAt: row.issued_at,
    expiresAt: row.expires_at,
    idleSeconds: row.idle_seconds,
    seenAt: row.seen_at,
  };
}

function toClient(
  row: Pick<SessionRow, 'client_type' | 'device_id' | 'device_name' | 'device_model'>,
): ClientDescription {
  return {
    ...(row.client_type !== null && { type: row.client_type }),
    ...(row.device_id !== null && { deviceId: row.device_id }),
    ...(row.device_name !== null && { deviceName: row.device_name }),
    ...(row.device_model !== null && { deviceModel: row.device_model }),
  };
}

export function fromSession(session: Session): Insertable<Tables['sessions']> & SessionRow {
  const { client } = session;
  return {
    digest: session.digest,
    id: session.id,
    csrf_digest: session.csrfDigest,
    account_id: session.accountId,
    realm: session.realm,
    dialect: session.dialect,
    app_id: session.appId,
    client_type: client.type ?? null,
    device_id: client.deviceId ?? null,
    device_name: client.deviceName ?? null,
    device_model: client.deviceModel ?? null,
    source: session.source,
    issued_at: session.issuedAt,
    expires_at: session.expiresAt,
    idle_seconds: session.idleSeconds,
    seen_at: session.seenAt,
    ends_at: endOf(session),
  };
}
