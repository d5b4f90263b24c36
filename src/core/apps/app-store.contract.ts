// What every app store promises.
import { describe, expect, it } from 'vitest';
import {
  HOSTILE_TEXTS,
  type OpenEmpty,
  START,
  auditOf,
  fiftyAtOnce,
  freshStores,
  given,
  sessionOf,
  signInOf,
  signedIn,
  tally,
} from '../stores.contract.ts';
import type { App } from './app.ts';

const APP: App = {
  id: 'shop',
  name: 'The shop',
  realm: 'main',
  signatureDigest: 'digest',
  previousDigest: null,
  previousUntil: null,
  origins: ['https://shop.example'],
  allowsGet: true,
  demandsToken: true,
  sessionLifeSeconds: null,
  isStopped: false,
  createdAt: START,
};

/** Run it on every engine. */
export function describeAppStore(open: OpenEmpty): void {
  describe('keeping apps', () => {
    keeping(open);
  });
}

function keeping(open: OpenEmpty): void {
  const opened = freshStores(open);
  const apps = () => opened().stores.apps;
  const create = (more: Partial<App> = {}) => apps().create({ ...APP, ...more }, auditOf('app.create'));

  it('gives back what was kept', async () => {
    await create();
    await create({ id: 'cart', sessionLifeSeconds: 60, isStopped: true, allowsGet: false, demandsToken: false });

    expect(await apps().find('shop')).toEqual(APP);
    expect((await apps().list()).map(({ id }) => id)).toEqual(['cart', 'shop']);
    expect(await apps().find('SHOP')).toBeUndefined();
  });

  it('lets one of fifty have an id', async () => {
    const outcomes = await fiftyAtOnce((racer) => create({ name: `${racer}` }));

    expect(tally(outcomes)).toEqual({ undefined: 1, 'app.exists': 49 });
    expect(await opened().stores.audit.list(0, 100)).toHaveLength(1);
  });

  it('replaces everything but id and creation', async () => {
    await create();
    const next = {
      ...APP,
      name: 'renamed',
      signatureDigest: 'next',
      previousDigest: 'digest',
      previousUntil: START + 1,
      origins: [],
      isStopped: true,
    };

    const replaced = await apps().replace({ ...next, createdAt: 0 }, auditOf('app.replace'));

    expect(replaced).toBe(true);
    expect(await apps().find('shop')).toEqual(next);
    expect(await apps().replace({ ...APP, id: 'nobody' }, auditOf('app.replace'))).toBe(false);
  });

  it('R-57 ends the sessions of an app that is removed, and no others', async () => {
    await create();
    const account = await given(opened(), 1);
    await signedIn(opened(), signInOf(account, 'shop', { session: sessionOf(account, 'shop', { appId: 'shop' }) }));
    await signedIn(opened(), signInOf(account, 'other', { session: sessionOf(account, 'other', { appId: 'other' }) }));

    const removed = [
      await apps().remove('shop', auditOf('app.remove')),
      await apps().remove('shop', auditOf('app.remove')),
    ];

    expect(removed).toEqual([true, false]);
    expect((await opened().stores.sessions.list(account.id, 10)).map(({ appId }) => appId)).toEqual(['other']);
  });

  it('R-81 takes hostile ids for what they are', async () => {
    await create();

    const found = await Promise.all(HOSTILE_TEXTS.map((id) => apps().find(id)));
    const removed = await Promise.all(HOSTILE_TEXTS.map((id) => apps().remove(id, auditOf('app.remove'))));

    expect(new Set([...found, ...removed])).toEqual(new Set([undefined, false]));
    expect(await apps().list()).toEqual([APP]);
  });
}
