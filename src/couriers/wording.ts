// Puts messages into words: the operator's where there are any, ours otherwise, with every gap filled.
import { CourierError, type Language, type Message, type MessageName, Secret } from '#core';

import { type Words, WORDS } from './words.ts';

/** Words of the operator for one message in one language. */
export interface OwnWords extends Partial<Words> {
  readonly message: MessageName;
  readonly language: Language;
}

/** What a letter says. */
export interface Letter {
  /** One line. */
  readonly subject: string;
  readonly text: string;
}

const GAP = /\{(\w+)\}/g;

/** Line ends and other controls could begin a header, or a line that pretends to be ours. */
const CONTROLS = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/** Knows the words of every message. */
export class Wording {
  readonly #product: string;
  readonly #own: readonly OwnWords[];

  constructor(product: string, own: readonly OwnWords[] = []) {
    this.#product = product;
    this.#own = own;
  }

  /** @throws CourierError when the sender left a gap unfilled */
  letterOf(message: Message): Letter {
    const { subject, email } = this.#wordsOf(message);
    return { subject: oneLine(this.#filled(subject, message)), text: this.#filled(email, message) };
  }

  /** @throws CourierError when the sender left a gap unfilled */
  shortMessageOf(message: Message): string {
    return this.#filled(this.#wordsOf(message).sms, message);
  }

  /** What fills the gap of that name. @throws CourierError when the sender left it unfilled */
  valueOf(gap: string, { name, values }: Message): string {
    const value = gap === 'product' ? this.#product : values[gap];
    if (value === undefined) throw new CourierError(`words: nobody says what fills {${gap}} of ${name}`);
    return oneLine(value instanceof Secret ? value.reveal() : value);
  }

  #wordsOf({ name, language }: Message): Words {
    const own = this.#own.find((words) => words.message === name && words.language === language);
    return { ...WORDS[language][name], ...own };
  }

  #filled(words: string, message: Message): string {
    return words.replaceAll(GAP, (_, gap: string) => this.valueOf(gap, message));
  }
}

function oneLine(text: string): string {
  return text.replaceAll(CONTROLS, ' ').trim();
}
