// What every endpoint store promises.
import { describe, expect, it } from 'vitest';
import { type OpenEmpty, auditOf, freshStores } from '../stores.contract.ts';

/** Run it on every engine. */
export function describeEndpointStore(open: OpenEmpty): void {
  describe('switching endpoints', () => {
    switching(open);
  });
}

function switching(open: OpenEmpty): void {
  const opened = freshStores(open);
  const set = (endpoint: string, isOpen: boolean) =>
    opened().stores.endpoints.set(endpoint, isOpen, auditOf('endpoint.set'));

  it('finds every endpoint open until it is closed', async () => {
    const before = await opened().stores.endpoints.closed();

    await set('weidu.login', false);
    await set('shopxo.login', false);
    await set('weidu.login', false);

    expect([before, await opened().stores.endpoints.closed()]).toEqual([[], ['shopxo.login', 'weidu.login']]);
  });

  it('opens it again', async () => {
    await set('weidu.login', false);

    await set('weidu.login', true);
    await set('never.closed', true);

    expect(await opened().stores.endpoints.closed()).toEqual([]);
  });
}
