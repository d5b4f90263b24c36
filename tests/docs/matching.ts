// Compares what a document says is printed with what is printed; `…` stands for anything.
import type { JsonValue } from '#core';

const ANYTHING = '…';

/** Whether a text is as announced; white space at its ends does not count. */
export function isText(announced: string, printed: string): boolean {
  const pattern = announced.trim().split(ANYTHING).map(escaped).join('[^]*?');
  return new RegExp(`^${pattern}$`, 'u').test(printed.trim());
}

/** Whether a JSON text is as announced: same keys in the same order. The text `…` alone stands for any value at all. */
export function isJson(announced: string, printed: string): boolean {
  return isValue(JSON.parse(announced) as JsonValue, parsed(printed));
}

/** A head of HTTP may come first: `curl -i` prints it. */
function parsed(printed: string): JsonValue | undefined {
  try {
    return JSON.parse(printed.replace(/^HTTP\/[^]*?\r?\n\r?\n/, '')) as JsonValue;
  } catch {
    return undefined;
  }
}

function isValue(announced: JsonValue, found: JsonValue | undefined): boolean {
  if (announced === ANYTHING) return found !== undefined;
  if (typeof announced === 'string') return typeof found === 'string' && isText(announced, found);
  if (typeof announced !== 'object' || announced === null) return announced === found;
  if (typeof found !== 'object' || found === null || Array.isArray(announced) !== Array.isArray(found)) return false;
  const [ours, theirs] = [Object.entries(announced), Object.entries(found)];
  return ours.length === theirs.length && ours.every(([key, value], index) => isEntry([key, value], theirs[index]));
}

function isEntry([key, value]: readonly [string, JsonValue], found: readonly [string, JsonValue] | undefined): boolean {
  return found !== undefined && key === found[0] && isValue(value, found[1]);
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}
