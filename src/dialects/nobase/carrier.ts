// How a NoBase token is spelled. Clients keep it as it is and send it back as the parameter `token`.
import type { RandomSpelling } from '#core';

/** As in the document's example: 64 hexadecimal digits, 256 bits. */
export const TOKEN: RandomSpelling = { alphabet: '0123456789abcdef', length: 64 };
