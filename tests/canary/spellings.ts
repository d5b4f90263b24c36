// All the ways in which a secret may lie about: as it is, or as some program would have written it down.

/** How a secret is spelled, and what bytes that makes. */
export interface Spelling {
  readonly name: string;
  readonly of: (secret: string) => readonly Uint8Array[];
}

const latin = (text: string): Buffer => Buffer.from(text, 'latin1');
const utf8 = (text: string): Buffer => Buffer.from(text, 'utf8');

/** Every byte written as a mark and two hexadecimal digits, in either case. */
function perByte(mark: string, secret: string): readonly Buffer[] {
  const digits = [...utf8(secret)].map((byte) => byte.toString(16).padStart(2, '0'));
  const lower = digits.map((pair) => mark + pair).join('');
  const upper = digits.map((pair) => mark + pair.toUpperCase()).join('');
  return [latin(lower), latin(upper)];
}

/** Base64 of the secret somewhere inside longer data: the three ways it may be shifted, without the letters that its neighbours share. */
function base64(secret: string, alphabet: 'base64' | 'base64url'): readonly Buffer[] {
  const bytes = utf8(secret);
  return [0, 1, 2].map((shift) => {
    const whole = Buffer.concat([Buffer.alloc(shift), bytes]);
    const certain = Math.floor((whole.length * 8) / 6);
    return latin(whole.toString(alphabet).slice(Math.ceil((shift * 8) / 6), certain));
  });
}

function escapedUnits(secret: string): readonly Buffer[] {
  const units = Array.from({ length: secret.length }, (_, at) => secret.charCodeAt(at).toString(16).padStart(4, '0'));
  return [
    latin(units.map((unit) => `\\u${unit}`).join('')),
    latin(units.map((unit) => `\\u${unit.toUpperCase()}`).join('')),
  ];
}

/** Percent-encoding of what must be encoded. */
const percent = (secret: string): string => encodeURIComponent(secret);

/** Passwords that were made up for tests begin like this: even a part of one is found nowhere by chance. */
export const PASSWORD_MARK = 'Cnry-';
const PART = 8;

function ends(secret: string): readonly Buffer[] {
  return secret.startsWith(PASSWORD_MARK) ? [utf8(secret.slice(0, PART)), utf8(secret.slice(-PART))] : [];
}

/** The spellings that are looked for. */
export const SPELLINGS: readonly Spelling[] = [
  { name: 'as it is', of: (secret) => [utf8(secret)] },
  { name: 'percent-encoded', of: (secret) => [utf8(percent(secret)), utf8(percent(secret).toLowerCase())] },
  { name: 'percent-encoded throughout', of: (secret) => perByte('%', secret) },
  { name: 'as a form', of: (secret) => [utf8(percent(secret).replaceAll('%20', '+'))] },
  { name: 'base64', of: (secret) => base64(secret, 'base64') },
  { name: 'base64url', of: (secret) => base64(secret, 'base64url') },
  { name: 'hexadecimal', of: (secret) => perByte('', secret) },
  { name: 'JSON', of: (secret) => [utf8(JSON.stringify(secret).slice(1, -1))] },
  { name: 'JSON escaped throughout', of: escapedUnits },
  { name: 'UTF-16, little end first', of: (secret) => [Buffer.from(secret, 'utf16le')] },
  { name: 'UTF-16, big end first', of: (secret) => [Buffer.from(secret, 'utf16le').swap16()] },
  { name: 'backwards', of: (secret) => [utf8(Array.from(secret).toReversed().join(''))] },
  { name: 'in part', of: ends },
];
