// The account fields that only Harbour knows: they rest with the account, under `attributes.harbour`.
import { Type } from '#wire';

/** Each field needs a default: most accounts were made before anybody spoke Harbour. */
export const attributes = Type.Object(
  { rank: Type.String({ default: 'deckhand', description: 'Rank on board.' }) },
  { additionalProperties: false },
);
