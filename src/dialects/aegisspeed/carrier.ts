// How an AegisSpeed token is spelled. Clients keep it as it is and send it back as `Authorization: Bearer <token>`.
import type { RandomSpelling } from '#core';

/** The document leaves the spelling open: 43 characters of base64url hold 258 bits, and every client can put them in a header. */
export const TOKEN: RandomSpelling = {
  alphabet: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_',
  length: 43,
};
