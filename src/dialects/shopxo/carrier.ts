// How a ShopXO token is spelled. Clients send it back as the parameter `token`.
import type { RandomSpelling } from '#core';

/** 32 hex digits: 128 random bits, in the shape clients know from the document. */
export const TOKEN: RandomSpelling = { alphabet: '0123456789abcdef', length: 32 };
