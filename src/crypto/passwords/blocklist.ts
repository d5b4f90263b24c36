// Passwords nobody may choose: the list that comes with the server, read when it is first asked, and the operator's own file.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PasswordBlocklist } from '#core';
import { hasLine, looksSorted } from './sorted-file.ts';

/** The blocklist, and what stands in the way of using it. */
export interface OpenBlocklist extends PasswordBlocklist {
  /** Why the operator's own list cannot be used, in words for the operator; undefined when it can, or when there is none. */
  problem(): Promise<string | undefined>;
}

/** @param ownFile path of the operator's list, or empty for none */
export function openBlocklist(ownFile: string): OpenBlocklist {
  return new Blocklist(ownFile);
}

class Blocklist implements OpenBlocklist {
  readonly #ownFile: string;
  #common: ReadonlySet<string> | undefined;

  constructor(ownFile: string) {
    this.#ownFile = ownFile;
  }

  isCommon(word: string): boolean {
    this.#common ??= new Set(commonPasswords());
    return this.#common.has(word);
  }

  async isForbidden(spellings: readonly string[]): Promise<boolean> {
    return this.#ownFile !== '' && (await hasLine(this.#ownFile, spellings));
  }

  async problem(): Promise<string | undefined> {
    if (this.#ownFile === '') return undefined;
    try {
      return (await looksSorted(this.#ownFile)) ? undefined : `${this.#ownFile} is not sorted; run: LC_ALL=C sort -u`;
    } catch {
      return `${this.#ownFile} cannot be read`;
    }
  }
}

/** All entries of the list that comes with the server. */
export function commonPasswords(): readonly string[] {
  const text = readFileSync(join(import.meta.dirname, 'common-passwords.txt'), 'utf8');
  return text.replaceAll(/^#.*$/gm, '').split(/\s+/).filter(Boolean);
}
