// How many rows a table holds and what they add up to: a checksum that does not depend on the order, so that single rows can come and go.
import { hash } from 'node:crypto';
import type { MovedTable, Row } from './moved-table.ts';

/** Modulo 2^64. */
const MASK = 0xffff_ffff_ffff_ffffn;

/** Rows and checksum. */
export class Tally {
  #rows: number;
  #sum: bigint;

  constructor(rows = 0, checksum = '0') {
    this.#rows = rows;
    this.#sum = BigInt(`0x${checksum}`);
  }

  get rows(): number {
    return this.#rows;
  }

  /** 16 hexadecimal digits. */
  get checksum(): string {
    return this.#sum.toString(16).padStart(16, '0');
  }

  add(table: MovedTable, rows: readonly Row[]): void {
    for (const row of rows) this.#sum = (this.#sum + digestOf(table, row)) & MASK;
    this.#rows += rows.length;
  }

  remove(table: MovedTable, rows: readonly Row[]): void {
    for (const row of rows) this.#sum = (this.#sum - digestOf(table, row)) & MASK;
    this.#rows -= rows.length;
  }

  equals(other: Tally): boolean {
    return this.#rows === other.#rows && this.#sum === other.#sum;
  }
}

/** The row as one text that is the same on every engine. */
export const textOf = ({ columns }: MovedTable, row: Row): string => JSON.stringify(columns.map((name) => row[name]));

/** The key as one text. */
export const keyTextOf = ({ key }: MovedTable, row: Row): string => JSON.stringify(key.map((name) => row[name]));

function digestOf(table: MovedTable, row: Row): bigint {
  return hash('sha256', textOf(table, row), 'buffer').readBigUInt64BE(0);
}
