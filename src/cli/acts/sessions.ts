// Carries out the commands about sessions.
import { endOf, revokeSessions } from '#core';
import type { Act } from '../act.ts';
import { adminDeps } from '../admin-deps.ts';
import { describeSession } from '../describe.ts';
import { wholeNumber } from '../numbers.ts';
import { withHouse } from '../open.ts';
import { table } from '../report.ts';
import { theAccount } from '../the-account.ts';

interface InRealm {
  readonly realm: string;
}

const MOST = 1000;

/** `session list` */
export const listSessions: Act<InRealm & { readonly limit: string }> = async (call) => {
  const limit = wholeNumber(call.options.limit, '--limit', [1, MOST]);
  return withHouse(call, async (house) => {
    const { id } = await theAccount(house, call.options.realm, call.arguments[0] ?? '');
    const now = house.clock.now();
    const live = (await house.stores.sessions.list(id, limit)).filter((session) => endOf(session) > now);
    const rows = live.map((session) => [
      session.id,
      session.dialect,
      session.client.deviceName ?? session.client.type ?? '-',
      session.source,
      new Date(session.issuedAt).toISOString(),
      new Date(endOf(session)).toISOString(),
    ]);
    return {
      text: table(['session', 'dialect', 'client', 'source', 'issued', 'ends'], rows),
      json: { sessions: live.map(describeSession) },
    };
  });
};

/** `session revoke` */
export const endSessions: Act<InRealm & { readonly session?: string }> = async (call) =>
  withHouse(call, async (house) => {
    const { id } = await theAccount(house, call.options.realm, call.arguments[0] ?? '');
    const { session } = call.options;
    const ended = await revokeSessions(adminDeps(house))({
      accountId: id,
      ...(session === undefined ? {} : { sessionId: session }),
    });
    return { text: `ended ${ended} session${ended === 1 ? '' : 's'}`, json: { ended } };
  });
