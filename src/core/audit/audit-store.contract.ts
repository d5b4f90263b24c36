// What every audit store promises.
import { describe, expect, it } from 'vitest';
import { type OpenEmpty, START, auditOf, fiftyAtOnce, freshStores } from '../stores.contract.ts';
import type { AuditEntry } from './audit-entry.ts';

/** Run it on every engine. */
export function describeAuditStore(open: OpenEmpty): void {
  describe('keeping the audit trail', () => {
    keeping(open);
  });
}

function keeping(open: OpenEmpty): void {
  const opened = freshStores(open);

  it('gives back every field, and none that was not there', async () => {
    const full: AuditEntry = {
      at: START,
      act: 'sign-in.password',
      outcome: 'refused',
      reason: 'credentials.mismatch',
      accountId: 'an account',
      actorId: 'an administrator',
      source: '192.0.2.1',
      dialect: 'weidu',
      endpoint: 'weidu.login',
      appId: 'shop',
      requestId: 'request',
    };

    await opened().stores.audit.append([full, auditOf('app.create')]);

    const records = await opened().stores.audit.list(0, 10);
    expect(records).toEqual([
      { id: records[0]?.id, ...full },
      { id: records[1]?.id, ...auditOf('app.create') },
    ]);
  });

  it('goes on after a record, in the order they were written', async () => {
    await opened().stores.audit.append(['a', 'b', 'c', 'd'].map((act) => auditOf(act)));

    const [first, second] = await opened().stores.audit.list(0, 2);
    const rest = await opened().stores.audit.list(second?.id ?? 0, 10);

    expect([first?.act, second?.act, ...rest.map(({ act }) => act)]).toEqual(['a', 'b', 'c', 'd']);
  });

  it('begins with the newest, and goes on before a record', async () => {
    await opened().stores.audit.append(['a', 'b', 'c', 'd'].map((act) => auditOf(act)));

    const page = await opened().stores.audit.newest(2);
    const rest = await opened().stores.audit.newest(10, page.at(-1)?.id);

    expect([page, rest].map((records) => records.map(({ act }) => act))).toEqual([
      ['d', 'c'],
      ['b', 'a'],
    ]);
  });

  it('loses none of fifty that come at once, and numbers them all', async () => {
    await fiftyAtOnce((racer) => opened().stores.audit.append([auditOf(`act ${racer}`)]));

    const records = await opened().stores.audit.list(0, 100);
    expect(new Set(records.map(({ act }) => act)).size).toBe(50);
    expect(new Set(records.map(({ id }) => id)).size).toBe(50);
  });
}
