// The gate apps pass through, on a real store in memory.
import { beforeEach, describe, expect, it } from 'vitest';

import { adminDeps, callFrom, type OpenRulebook, openTestRulebook } from '#tests/support/rulebook';

import { createApp, rotateSignature, setAppStopped } from '../admin/change-app.ts';
import { Refusal } from '../kernel/refusal.ts';
import { Secret } from '../kernel/secret.ts';

const call = callFrom(1);

let rulebook: OpenRulebook;
let signature: Secret;

beforeEach(async () => {
  rulebook = await openTestRulebook();
  const command = { id: 'shop', name: 'shop', realm: 'main', origins: [], allowsGet: true, sessionLifeSeconds: null };
  ({ signature } = await createApp(adminDeps(rulebook.house))(command));
});

async function admitted(given: Secret): Promise<string> {
  return rulebook.gate.admit({ id: 'shop', signature: given }, call).then(
    ({ id }) => id,
    (reason: unknown) => (reason instanceof Refusal ? reason.code : 'fault'),
  );
}

describe('an app that has proved itself before', () => {
  it('is admitted again by the same signature and by no other', async () => {
    await admitted(signature);

    const again = await admitted(signature);
    const other = await admitted(new Secret(`${signature.reveal()}x`));

    expect([again, other]).toEqual(['shop', 'app.signature']);
  });

  it('is not admitted by a signature that was ended', async () => {
    await admitted(signature);

    const fresh = await rotateSignature(adminDeps(rulebook.house))({ id: 'shop', endsPreviousAtOnce: true });
    const outcomes = [await admitted(signature), await admitted(fresh.signature)];

    expect(outcomes).toEqual(['app.signature', 'shop']);
  });

  it('is not admitted while it is stopped', async () => {
    await admitted(signature);

    await setAppStopped(adminDeps(rulebook.house))({ id: 'shop', isStopped: true });

    expect(await admitted(signature)).toBe('app.stopped');
  });
});
