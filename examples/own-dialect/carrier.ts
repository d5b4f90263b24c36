// How a Harbour token is spelled: no letter in it can be mistaken for a digit.
import type { RandomSpelling } from '#core';

/** 32 symbols hold 5 bits each: 28 of them make 140 bits. A token needs at least 128. */
export const TOKEN: RandomSpelling = { alphabet: '0123456789abcdefghjkmnpqrstvwxyz', length: 28 };
