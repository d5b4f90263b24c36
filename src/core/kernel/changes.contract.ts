// What every change feed promises.
import { describe, expect, it } from 'vitest';
import {
  type OpenEmpty,
  START,
  accountOf,
  auditOf,
  freshStores,
  given,
  identifierOf,
  sessionOf,
  signInOf,
  signedIn,
} from '../stores.contract.ts';
import type { Change } from './changes.ts';

/** Run it on every engine. */
export function describeChangeFeed(open: OpenEmpty): void {
  describe('telling of changes', () => {
    telling(open);
  });
}

function telling(open: OpenEmpty): void {
  const opened = freshStores(open);
  /** What is told while the act is on its way; all of it before the act is acknowledged. */
  const toldBy = async (act: () => Promise<unknown>): Promise<Change[]> => {
    const told: Change[] = [];
    const unsubscribe = opened().changes.subscribe((change) => told.push(change));
    await act();
    unsubscribe();
    return told;
  };

  it('R-57 tells of a session that was revoked, by its digest', async () => {
    const account = await given(opened(), 1);
    await signedIn(opened(), signInOf(account, 'one'));

    const told = await toldBy(() => opened().stores.sessions.revoke('digest-one', auditOf('session.revoke')));

    expect(told).toEqual([{ topic: 'session', key: 'digest-one' }]);
  });

  it('R-57 tells of the account whenever its sessions end or its name changes', async () => {
    const { id } = await given(opened(), 1);
    const account = { topic: 'account', key: id };
    const { accounts, sessions } = opened().stores;

    expect(await toldBy(() => accounts.change(id, { status: 'disabled' }, auditOf('account.change')))).toEqual([
      account,
    ]);
    expect(await toldBy(() => accounts.change(id, { roles: ['admin'] }, auditOf('account.change')))).toEqual([account]);
    expect(await toldBy(() => accounts.setPassword(id, null, auditOf('account.set-password')))).toEqual([account]);
    expect(
      await toldBy(() => accounts.putIdentifier(id, identifierOf('username', 'new'), auditOf('identifier.put'))),
    ).toEqual([account]);
    expect(await toldBy(() => sessions.revokeAll(id, null, auditOf('session.revoke')))).toEqual([account]);
    expect(await toldBy(() => accounts.remove(id, auditOf('account.remove')))).toEqual([account]);
  });

  it('R-57 tells of sessions that a sign-in replaced or that were too many', async () => {
    const account = await given(opened(), 1);
    const opening = (name: string, more: object) => signedIn(opened(), signInOf(account, name, more));
    const session = (name: string) => sessionOf(account, name, { issuedAt: START + 1 });
    await opening('old', {});

    const evicted = await toldBy(() => opening('new', { maxSessions: 1, session: session('new') }));
    const replaced = await toldBy(() => opening('newest', { replaces: 'account' }));

    expect(evicted).toEqual([{ topic: 'session', key: 'digest-old' }]);
    expect(replaced).toEqual([{ topic: 'session', key: 'digest-new' }]);
  });

  it('tells of apps and endpoints, and of the sessions of an app that is gone', async () => {
    const account = await given(opened(), 1);
    const app = {
      id: 'shop',
      name: '',
      realm: 'main',
      signatureDigest: '',
      previousDigest: null,
      previousUntil: null,
      origins: [],
      allowsGet: false,
      demandsToken: true,
      sessionLifeSeconds: null,
      isStopped: false,
      createdAt: START,
    };
    const { apps, endpoints } = opened().stores;
    await apps.create(app, auditOf('app.create'));
    await signedIn(opened(), signInOf(account, 'one', { session: sessionOf(account, 'one', { appId: 'shop' }) }));

    expect(await toldBy(() => apps.replace(app, auditOf('app.replace')))).toEqual([{ topic: 'app', key: 'shop' }]);
    expect(await toldBy(() => apps.remove('shop', auditOf('app.remove')))).toEqual([
      { topic: 'session', key: 'digest-one' },
      { topic: 'app', key: 'shop' },
    ]);
    expect(await toldBy(() => endpoints.set('weidu.login', false, auditOf('endpoint.set')))).toEqual([
      { topic: 'endpoint', key: 'weidu.login' },
    ]);
  });

  it('tells nothing of what did not happen', async () => {
    await given(opened(), 1);
    const { accounts, sessions } = opened().stores;

    const told = await toldBy(async () => {
      await sessions.revoke('nobody', auditOf('session.revoke'));
      await accounts.create(accountOf(1), auditOf('account.create')).catch(() => undefined);
      await accounts.remove('nobody', auditOf('account.remove'));
    });

    expect(told).toEqual([]);
  });
}
