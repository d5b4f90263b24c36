// Resident identity numbers (GB 11643-1999): check character by ISO 7064 MOD 11-2, and the masked form.

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECK_CHARACTERS = '10X98765432';

/** The check character for the first 17 digits. */
export function checkCharacter(first17: string): string {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(first17[index]), 0);
  return CHECK_CHARACTERS[sum % 11] ?? '';
}

/** Whether the number could have been issued by `today`: a real birth date not in the future, and the right check character. */
export function isIdNumber(text: string, today: Date): boolean {
  const parts = /^\d{6}(\d{4})(\d{2})(\d{2})\d{3}[\dX]$/.exec(text);
  if (parts === null) return false;
  const born = new Date(Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3])));
  const isRealDate = born.getUTCMonth() === Number(parts[2]) - 1 && born.getUTCDate() === Number(parts[3]);
  return isRealDate && Number(parts[1]) >= 1800 && born <= today && checkCharacter(text) === text[17];
}

/** First 3, eleven stars, last 4. */
export function maskIdNumber(text: string): string {
  return `${text.slice(0, 3)}${'*'.repeat(11)}${text.slice(-4)}`;
}
