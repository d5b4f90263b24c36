// Made-up accounts to sign in with: as lines of an import file, which both servers read.
import { hash } from '@node-rs/argon2';

/** One made-up account. */
export interface Person {
  readonly mobile: string;
  readonly password: string;
  readonly passwordHash: string;
}

/** The cost of a new installation, which `serve` would otherwise bring every hash up to at its first sign-in. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 } as const;

/** The number of each of them. */
export const mobileOf = (index: number): string => `199${String(index).padStart(8, '0')}`;

/** The same people every time; only their hashes are salted anew. */
export async function makePeople(count: number): Promise<readonly Person[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const password = `correct horse ${index}`;
      return { mobile: mobileOf(index), password, passwordHash: await hash(password, COST) };
    }),
  );
}

/** A file for `account import`. */
export function importLines(people: readonly Person[]): string {
  return people.map(({ mobile, passwordHash }) => `${JSON.stringify({ mobile, passwordHash })}\n`).join('');
}
