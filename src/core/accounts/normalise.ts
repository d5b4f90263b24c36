// One spelling per identifier: full-width digits, case, spaces and country prefixes all lead to the same value.

const FULL_WIDTH_OR_ASCII = /^[\u0020-\u007e]*$/;

/** NFKC, trimmed; undefined when it holds something no identifier may hold. */
function fold(text: string, maxLength: number): string | undefined {
  if (text.length > maxLength * 4 || !text.isWellFormed()) return undefined;
  const folded = text.normalize('NFKC').trim();
  // Controls, bidi overrides, zero-width and other invisible characters would make two names look alike.
  if (folded === '' || folded.length > maxLength || /[\p{C}\p{Zl}\p{Zp}]/u.test(folded)) return undefined;
  return folded;
}

/** Case-folded, inner white space collapsed; at most 60 characters. */
export function normaliseUsername(text: string): string | undefined {
  return fold(text, 60)?.replaceAll(/\s+/gu, ' ').toLowerCase().normalize('NFKC');
}

/** E.164. A number without country is one of mainland China. */
export function normaliseMobile(text: string): string | undefined {
  const digits = fold(text, 32)?.replaceAll(/[\s().-]/gu, '');
  if (digits === undefined || !/^(?:\+|00)?[0-9]{5,15}$/.test(digits)) return undefined;
  const international = /^(?:\+|00)([1-9][0-9]{6,14})$/.exec(digits)?.[1];
  if (international !== undefined) return isPlausible(international) ? `+${international}` : undefined;
  const national = /^(?:86)?(1[3-9][0-9]{9})$/.exec(digits)?.[1];
  return national === undefined ? undefined : `+86${national}`;
}

/** Numbers of mainland China have a known form; for the others the length has to do. */
function isPlausible(international: string): boolean {
  return international.startsWith('86') ? /^861[3-9][0-9]{9}$/.test(international) : true;
}

/** Lower-cased; one @, a dotted domain; at most 254 characters (RFC 5321). */
export function normaliseEmail(text: string): string | undefined {
  const folded = fold(text, 254)?.toLowerCase();
  if (folded === undefined || !FULL_WIDTH_OR_ASCII.test(folded)) return undefined;
  return /^[^\s@"(),:;<>[\\\]]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/.test(
    folded,
  )
    ? folded
    : undefined;
}

/** Eighteen characters, check letter in upper case. The check digit is not demanded here: signing in with a wrong one simply finds nobody. */
export function normaliseIdNumber(text: string): string | undefined {
  const folded = fold(text, 18)?.toUpperCase();
  return folded !== undefined && /^[0-9]{17}[0-9X]$/.test(folded) ? folded : undefined;
}
