// Reads PHC strings (`$scheme$v=19$m=…,t=…$salt$hash`) strictly: what is not exactly one is no password hash at all.

/** A password hash taken apart. */
export interface PhcHash {
  /** `argon2id`, `scrypt`, `pbkdf2-sha256` … */
  readonly scheme: string;
  readonly version: number | undefined;
  readonly parameters: ReadonlyMap<string, number>;
  readonly salt: Buffer;
  readonly tag: Buffer;
  /** The string itself. */
  readonly text: string;
}

const LONGEST = 512;
const SHAPE =
  /^\$(?<scheme>[a-z0-9][a-z0-9-]{0,31})(?:\$v=(?<version>\d{1,3}))?\$(?<parameters>[a-z0-9=,]{1,96})\$(?<salt>[A-Za-z0-9+/.]{1,128})\$(?<tag>[A-Za-z0-9+/.]{1,256})$/;
const PARAMETER = /^(?<name>[a-z]{1,16})=(?<value>0|[1-9]\d{0,9})$/;
const SHORTEST_SALT = 8;
const SHORTEST_TAG = 16;
const LONGEST_PART = 64;

/** Takes a PHC string apart; undefined for anything else, and for a salt or tag too short to protect anything. */
export function parsePhc(text: string): PhcHash | undefined {
  if (text.length > LONGEST) return undefined;
  const groups = SHAPE.exec(text)?.groups;
  if (!groups) return undefined;
  const { scheme = '', version } = groups;
  const parameters = parseParameters(groups['parameters'] ?? '');
  const salt = decode(groups['salt'], SHORTEST_SALT);
  const tag = decode(groups['tag'], SHORTEST_TAG);
  if (!parameters || !salt || !tag) return undefined;
  return { scheme, version: version === undefined ? undefined : Number(version), parameters, salt, tag, text };
}

/** Whether the hash has exactly these parameters, each within its bounds, both ends included. */
export function hasParameters(
  hash: PhcHash,
  bounds: Readonly<Record<string, readonly [least: number, most: number]>>,
): boolean {
  if (hash.parameters.size !== Object.keys(bounds).length) return false;
  return Object.entries(bounds).every(([name, [least, most]]) => {
    const value = hash.parameters.get(name);
    return value !== undefined && value >= least && value <= most;
  });
}

function parseParameters(text: string): ReadonlyMap<string, number> | undefined {
  const parameters = new Map<string, number>();
  for (const part of text.split(',')) {
    const groups = PARAMETER.exec(part)?.groups;
    const name = groups?.['name'];
    if (name === undefined || parameters.has(name)) return undefined;
    parameters.set(name, Number(groups?.['value']));
  }
  return parameters;
}

/** Base64 without padding; some write `.` where base64 has `+`. A spelling with bits left over is refused. */
function decode(text: string | undefined, shortest: number): Buffer | undefined {
  const standard = (text ?? '').replaceAll('.', '+');
  const bytes = Buffer.from(standard, 'base64');
  if (bytes.length < shortest || bytes.length > LONGEST_PART) return undefined;
  return bytes.toString('base64').replace(/=+$/, '') === standard ? bytes : undefined;
}
