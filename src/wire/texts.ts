// Sentences meant for people, in the languages a dialect speaks.

/** One sentence in both languages; `{name}` stands for a value that is filled in. */
export type Text = Readonly<Record<'zh' | 'en', string>>;

/**
 * Says a sentence in the language asked for.
 *
 * @example
 * say({ en: 'Try again in {seconds} seconds', zh: '请{seconds}秒后再试' }, 'en', { seconds: 60 });
 */
export function say(text: Text, locale: 'zh' | 'en', values: Readonly<Record<string, string | number>> = {}): string {
  return text[locale].replaceAll(/\{(\w+)\}/g, (gap, name: string) => String(values[name] ?? gap));
}
