// Opening and closing endpoints.
import { describe, expect, it } from 'vitest';

import { anOperator } from '../../../tests/support/operator.ts';
import { setEndpoint } from './set-endpoint.ts';

const KNOWN = ['nobase.login', 'weidu.login'];

describe('switching an endpoint', () => {
  it('closes and opens it', async () => {
    const { deps } = await anOperator();
    const turn = setEndpoint({ ...deps, known: KNOWN });

    await turn({ endpoint: 'nobase.login', isOpen: false });
    const closed = await deps.endpoints.closed();
    await turn({ endpoint: 'nobase.login', isOpen: true });

    expect(closed).toEqual(['nobase.login']);
    expect(await deps.endpoints.closed()).toEqual([]);
  });

  it('refuses one that does not exist', async () => {
    const { deps } = await anOperator();

    await expect(
      setEndpoint({ ...deps, known: KNOWN })({ endpoint: 'nobase.logon', isOpen: false }),
    ).rejects.toMatchObject({ code: 'endpoint.unknown' });
  });
});
