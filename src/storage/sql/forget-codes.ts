// Codes on their way to a destination that changes hands: whoever holds it next must not inherit them.
import type { Act } from './act.ts';
import { Statement } from './statement.ts';

/** An identifier as it was held. */
export interface Held {
  readonly realm: string;
  readonly kind: string;
  readonly key: string;
}

const drop = new Statement((db, p: { realm: string; destination: string }) =>
  db.deleteFrom('codes').where('realm', '=', p.realm).where('destination', '=', p.destination),
);

export async function forgetCodes(act: Act, given: readonly Held[]): Promise<void> {
  for (const { realm, kind, key } of given) await drop.affected(act, { realm, destination: `${kind}:${key}` });
}
