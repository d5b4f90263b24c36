// Claiming identifiers: each is one account's within its realm, and a proven claim beats an unproven one.
import { type Identifier, type IdentifierKind, Refusal, aegisSpeedId, needsProof } from '#core';
import type { Act } from './act.ts';
import { forgetCodes } from './forget-codes.ts';
import { Statement } from './statement.ts';
import { nextInSequence } from './sequences.ts';

interface Claim {
  readonly accountId: string;
  readonly realm: string;
  readonly identifier: Identifier;
}

interface ClaimValues {
  readonly realm: string;
  readonly kind: string;
  readonly key: string;
  readonly account_id: string;
  readonly shown: string;
  readonly verified_at: number | null;
}

const insert = new Statement((db, p: ClaimValues) =>
  db
    .insertInto('identifiers')
    .values({
      realm: p.realm,
      kind: p.kind,
      key: p.key,
      account_id: p.account_id,
      shown: p.shown,
      verified_at: p.verified_at,
    })
    .onConflict((conflict) => conflict.doNothing()),
);

const dropUnproven = new Statement((db, p: { realm: string; kind: string; key: string }) =>
  db
    .deleteFrom('identifiers')
    .where('realm', '=', p.realm)
    .where('kind', '=', p.kind)
    .where('key', '=', p.key)
    .where('verified_at', 'is', null),
);

const drop = new Statement((db, p: { account: string; kind: string }) =>
  db
    .deleteFrom('identifiers')
    .where('account_id', '=', p.account)
    .where('kind', '=', p.kind)
    .returning(['realm', 'kind', 'key']),
);

/** @throws Refusal `identifier.taken` with the kind as field */
export async function claimIdentifier(act: Act, claim: Claim): Promise<void> {
  const { kind, key, verifiedAt } = claim.identifier;
  // Somebody who merely typed in a number must not keep it from the one who holds the phone.
  if (verifiedAt !== null && needsProof(kind)) await dropUnproven.affected(act, { realm: claim.realm, kind, key });
  if (!(await tryToClaim(act, claim))) throw new Refusal('identifier.taken', { field: kind });
}

/** The next AegisSpeed ID that nobody was given by hand. */
export async function issueAegisSpeedId(
  act: Act,
  { accountId, realm, at }: { accountId: string; realm: string; at: number },
): Promise<void> {
  for (;;) {
    const key = aegisSpeedId(await nextInSequence(act, realm, 'aegisspeed-id'));
    const identifier: Identifier = { kind: 'aegisspeed_id', key, shown: key, verifiedAt: at };
    if (await tryToClaim(act, { accountId, realm, identifier })) return;
  }
}

/** Whether there was one to give up. */
export async function giveUpIdentifier(act: Act, accountId: string, kind: IdentifierKind): Promise<boolean> {
  const held = await drop.all(act, { account: accountId, kind });
  await forgetCodes(act, held);
  return held.length > 0;
}

/** False when the conflict clause kept the row out: no engine error has to be understood. */
async function tryToClaim(act: Act, { accountId, realm, identifier }: Claim): Promise<boolean> {
  const { kind, key, shown, verifiedAt } = identifier;
  return (await insert.affected(act, { realm, kind, key, account_id: accountId, shown, verified_at: verifiedAt })) > 0;
}
