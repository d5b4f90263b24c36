// Numbers issued in order within a realm, none of them twice.
import type { Act } from './act.ts';
import { Statement } from './statement.ts';

type SequenceName = 'account-number' | 'aegisspeed-id';

const next = new Statement((db, p: { realm: string; name: string }) =>
  db
    .insertInto('sequences')
    .values({ realm: p.realm, name: p.name, value: 1 })
    .onConflict((conflict) =>
      conflict.columns(['realm', 'name']).doUpdateSet((eb) => ({ value: eb('sequences.value', '+', 1) })),
    )
    .returning('value'),
);

const raise = new Statement((db, p: { realm: string; name: string; value: number }) =>
  db
    .insertInto('sequences')
    .values({ realm: p.realm, name: p.name, value: p.value })
    .onConflict((conflict) =>
      conflict
        .columns(['realm', 'name'])
        .doUpdateSet((eb) => ({ value: eb.ref('excluded.value') }))
        .where('sequences.value', '<', (eb) => eb.ref('excluded.value')),
    ),
);

export async function nextInSequence(act: Act, realm: string, name: SequenceName): Promise<number> {
  const { value } = await next.one(act, { realm, name });
  return value;
}

/** Makes sure the sequence goes on after this value. */
export async function passOver(
  act: Act,
  { realm, name, value }: { realm: string; name: SequenceName; value: number },
): Promise<void> {
  await raise.affected(act, { realm, name, value });
}
