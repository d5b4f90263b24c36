// Apps and their signatures, as the operator handles them.
import { describe, expect, it } from 'vitest';

import { Secret, SIGNATURE_PURPOSE } from '#core';

import { anOperator, type Operator } from '../../../tests/support/operator.ts';
import { createApp, removeApp, rotateSignature, setAppStopped, setTokenDemanded } from './change-app.ts';

const SHOP = {
  id: 'shop',
  name: 'The shop',
  realm: 'main',
  origins: ['https://shop.example.com'],
  allowsGet: true,
  sessionLifeSeconds: null,
} as const;

async function appOf({ deps }: Operator, id = 'shop') {
  return deps.apps.find(id);
}

describe('creating an app', () => {
  it('draws a signature of 32 hex characters and keeps only its digest', async () => {
    const operator = await anOperator();

    const { signature } = await createApp(operator.deps)(SHOP);

    const app = await appOf(operator);
    expect(signature.reveal()).toMatch(/^[0-9a-f]{32}$/);
    expect(app?.signatureDigest).toBe(operator.deps.digests.keyed(SIGNATURE_PURPOSE, signature.reveal()));
    expect(JSON.stringify(app)).not.toContain(signature.reveal());
  });

  it('takes a signature the clients know already', async () => {
    const { deps } = await anOperator();

    const { signature } = await createApp(deps)({ ...SHOP, signature: new Secret('from-the-old-backend') });

    expect(signature.reveal()).toBe('from-the-old-backend');
  });

  it.each([
    ['signature', { signature: new Secret('seven77') }],
    ['signature', { signature: new Secret('with a blank') }],
    ['appid', { id: 'two words' }],
    ['name', { name: 'a\u0000b' }],
    ['origin', { origins: ['shop.example.com'] }],
    ['origin', { origins: ['https://shop.example.com/'] }],
    ['origin', { origins: ['*'] }],
    ['sessionLifeSeconds', { sessionLifeSeconds: 1 }],
  ])('refuses a bad %s', async (field, wrong) => {
    const { deps } = await anOperator();

    await expect(createApp(deps)({ ...SHOP, ...wrong })).rejects.toMatchObject({
      code: 'input.malformed',
      detail: { field },
    });
  });

  it('refuses an id that is in use', async () => {
    const { deps } = await anOperator();
    await createApp(deps)(SHOP);

    await expect(createApp(deps)(SHOP)).rejects.toMatchObject({ code: 'app.exists' });
  });
});

describe('rotating a signature', () => {
  it('keeps the one before good for 24 hours', async () => {
    const operator = await anOperator();
    const before = await createApp(operator.deps)(SHOP);

    const after = await rotateSignature(operator.deps)({ id: 'shop', endsPreviousAtOnce: false });

    expect(after.signature.reveal()).not.toBe(before.signature.reveal());
    expect(await appOf(operator)).toMatchObject({
      previousDigest: before.app.signatureDigest,
      previousUntil: operator.clock.now() + 24 * 60 * 60 * 1000,
    });
  });

  it('ends the one before at once when told to', async () => {
    const operator = await anOperator();
    await createApp(operator.deps)(SHOP);

    await rotateSignature(operator.deps)({ id: 'shop', endsPreviousAtOnce: true });

    expect(await appOf(operator)).toMatchObject({ previousDigest: null, previousUntil: null });
  });
});

describe('the token check of an app', () => {
  it('is on unless the operator says otherwise, and can be switched', async () => {
    const operator = await anOperator();
    const { app } = await createApp(operator.deps)(SHOP);

    const lax = await setTokenDemanded(operator.deps)({ id: 'shop', demandsToken: false });

    expect([app.demandsToken, lax]).toEqual([true, { ...app, demandsToken: false }]);
    expect(await appOf(operator)).toEqual(lax);
  });

  it('is nothing an unknown app has', async () => {
    const { deps } = await anOperator();

    await expect(setTokenDemanded(deps)({ id: 'shop', demandsToken: false })).rejects.toMatchObject({
      code: 'app.unknown',
    });
  });
});

describe('stopping, starting and removing an app', () => {
  it('changes nothing but that', async () => {
    const operator = await anOperator();
    const { app } = await createApp(operator.deps)(SHOP);

    await setAppStopped(operator.deps)({ id: 'shop', isStopped: true });
    const stopped = await appOf(operator);
    await setAppStopped(operator.deps)({ id: 'shop', isStopped: false });
    const started = await appOf(operator);

    expect(stopped).toEqual({ ...app, isStopped: true });
    expect(started).toEqual(app);
  });

  it('removes it', async () => {
    const operator = await anOperator();
    await createApp(operator.deps)(SHOP);

    await removeApp(operator.deps)({ id: 'shop' });

    expect(await appOf(operator)).toBeUndefined();
  });

  it('refuses an app nobody has created', async () => {
    const { deps } = await anOperator();

    await expect(setAppStopped(deps)({ id: 'shop', isStopped: true })).rejects.toMatchObject({ code: 'app.unknown' });
    await expect(rotateSignature(deps)({ id: 'shop', endsPreviousAtOnce: false })).rejects.toMatchObject({
      code: 'app.unknown',
    });
    await expect(removeApp(deps)({ id: 'shop' })).rejects.toMatchObject({ code: 'app.unknown' });
  });
});
