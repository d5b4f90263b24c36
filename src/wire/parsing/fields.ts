// What parsing yields: plain data without a prototype, so that no name a client sends can mean anything to the language.
import type { JsonObject } from '#core';
import { forbiddenCharacterIn } from './characters.ts';
import { MalformedInput } from './malformed.ts';

/** The named fields of a request: an object without a prototype. */
export type Fields = JsonObject;

/** Fields of a carrier that knows only text: forms and queries. No prototype either. */
export interface TextFields {
  readonly [name: string]: string;
}

/** How much a client may send in one carrier. */
export interface ParseLimits {
  /** Levels of nested objects and lists, the outermost counted; at most {@link DEEPEST}. */
  readonly depth: number;
  /** Members and list elements of one carrier, all levels together. */
  readonly fields: number;
}

/** The limits that hold unless an endpoint names its own. */
export const DEFAULT_LIMITS: ParseLimits = { depth: 4, fields: 64 };

/** The greatest depth that may be configured: far below what the call stack bears. */
export const DEEPEST = 32;

/** The carriers that hold a flat list of names and texts. */
export type FlatCarrier = 'form' | 'query' | 'multipart';

/** An object without a prototype. */
export function emptyRecord<Value>(): Record<string, Value> {
  return Object.create(null) as Record<string, Value>;
}

/** Tells whether a name would reach an object's prototype somewhere further on, in code that copies carelessly. */
export function isForbiddenKey(name: string): boolean {
  return name === '__proto__' || name === 'constructor' || name === 'prototype';
}

/** Collects the fields of one flat carrier and refuses what may not stand there. */
export class FlatFields {
  readonly #carrier: FlatCarrier;
  readonly #fields = emptyRecord<string>();
  #left: number;

  constructor(carrier: FlatCarrier, limits: ParseLimits) {
    this.#carrier = carrier;
    this.#left = limits.fields;
  }

  /** Takes one field. */
  add(name: string, value: string): void {
    if (this.#left-- <= 0) throw new MalformedInput(`${this.#carrier}.too-many-fields`);
    this.#checkName(name);
    this.#checkText(value, name);
    this.#fields[name] = value;
  }

  /** Everything taken so far. */
  get collected(): TextFields {
    return this.#fields;
  }

  #checkName(name: string): void {
    this.#checkText(name);
    if (isForbiddenKey(name)) throw new MalformedInput(`${this.#carrier}.forbidden-key`);
    const bracket = name.search(/[[\]]/);
    if (bracket >= 0) throw new MalformedInput(`${this.#carrier}.bracket-key`, name.slice(0, bracket));
    if (name in this.#fields) throw new MalformedInput(`${this.#carrier}.repeated-key`, name);
  }

  #checkText(text: string, field?: string): void {
    const reason = forbiddenCharacterIn(text);
    if (reason !== undefined) throw new MalformedInput(reason, field);
  }
}
