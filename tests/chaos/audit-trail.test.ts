// SIGKILL amid thousands of operations: the audit trail holds each one that was acknowledged, once, and is still a chain.
import { expect, it, describe } from 'vitest';

import { CommandLine } from '../support/command-line.ts';
import { StoreFile } from '../support/store-file.ts';
import { AGREEMENT, AuditLedger } from './audited.ts';
import { Land } from './world.ts';

const OPERATIONS = 2000;
const BETWEEN_KILLS = 680;

describe('killing the server and its operator amid everything that is audited', () => {
  it('R-91 leaves as many audit events as operations were acknowledged', { timeout: 240_000 }, async () => {
    const land = await Land.discover();
    const before = new StoreFile(land).count('audit_events');
    const ledger = new AuditLedger();
    let world = await land.raise();
    await ledger.begin(world);

    let kills = 0;
    for (; ledger.count < OPERATIONS; kills += 1) {
      await ledger.storm(world, BETWEEN_KILLS);
      world = await land.raise();
    }
    await world.server.stop();

    expect(await ledger.compare(land.dataDir, before)).toEqual(AGREEMENT);
    expect(kills).toBeGreaterThanOrEqual(2);
    expect((await new CommandLine({}, land.dataDir).run(['audit', 'verify'])).code).toBe(0);
  });
});
