// A dialect's own account fields, read so that what was stored carelessly never reaches a client.
import type { Account } from '#core';
import type { Static, TObject } from 'typebox';
import { Check } from 'typebox/value';

/**
 * The fields a dialect keeps with an account: each as it was stored, or its default where nothing of its type is stored.
 * An account that was written by hand, or by an older version, therefore never keeps its owner from signing in.
 */
export function attributesOf<Schema extends TObject>(
  schema: Schema,
  account: Account,
  dialect: string,
): Static<Schema> {
  const stored = account.attributes[dialect] ?? {};
  const fields = Object.entries(schema.properties).map(([name, field]) => {
    const value = Object.hasOwn(stored, name) ? stored[name] : undefined;
    return [name, Check(field, value) ? value : defaultOf(field)];
  });
  return Object.fromEntries(fields) as Static<Schema>;
}

function defaultOf(field: object): unknown {
  return 'default' in field ? field.default : undefined;
}
