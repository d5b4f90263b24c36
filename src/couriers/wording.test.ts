// Messages in words: complete in both languages, the operator's where there are any, and never more than one line of subject.
import { CourierError, gapsOf, LANGUAGES, type Message, MESSAGE_NAMES, Secret } from '#core';
import { describe, expect, it } from 'vitest';

import { Wording } from './wording.ts';
import { WORDS } from './words.ts';

const VALUES = { code: new Secret('482915'), minutes: '10', at: '2026-06-15 12:00', source: '192.0.2.1' };
const EVERY = LANGUAGES.flatMap((language) => MESSAGE_NAMES.map((name) => [language, name] as const));

const message = (more: Partial<Message> = {}): Message => ({
  channel: 'email',
  to: 'person@example.org',
  name: 'code.sign-in',
  language: 'en',
  values: VALUES,
  ...more,
});

describe('the words that come with the server', () => {
  it.each(EVERY)('have no gap that nobody fills: %s %s', (language, name) => {
    const { subject, email, sms } = WORDS[language][name];

    const gaps = [...`${subject}${email}${sms}`.matchAll(/\{(\w+)\}/g)].map(([, gap]) => gap);

    expect(gaps.filter((gap) => !gapsOf(name).includes(gap ?? ''))).toEqual([]);
  });

  it.each(EVERY)('R-72 hold no link: %s %s', (language, name) => {
    expect(Object.values(WORDS[language][name]).join(' ')).not.toMatch(/:\/\/|www\.|\.(?:com|cn|org)/);
  });

  it.each(EVERY.filter(([, name]) => name.startsWith('code.')))('tell code and minutes: %s %s', (language, name) => {
    const wording = new Wording('演员');
    const { text } = wording.letterOf(message({ language, name }));

    expect(text).toMatch(/482915\D+10 /);
    expect(wording.shortMessageOf(message({ language, name }))).toMatch(/演员.*482915\D+10 /);
  });
});

describe('the words of the operator', () => {
  const own = { message: 'code.sign-in', language: 'en', sms: '{code} {code} ({product})', subject: 'Hi' } as const;

  it('stand in for those they replace, and only for those', () => {
    const wording = new Wording('演员', [own]);

    expect(wording.shortMessageOf(message())).toBe('482915 482915 (演员)');
    expect(wording.letterOf(message())).toEqual({ subject: 'Hi', text: new Wording('演员').letterOf(message()).text });
    expect(wording.shortMessageOf(message({ language: 'zh' }))).toContain('登录验证码 482915');
  });
});

describe('filling gaps', () => {
  it('puts a value in as it is, whatever it looks like', () => {
    const values = { ...VALUES, source: '$& {at} $1' };

    const { text } = new Wording('P').letterOf(message({ name: 'notice.new-source', values }));

    expect(text).toContain('from $& {at} $1, which is new');
  });

  it('leaves no control in a value', () => {
    const values = { ...VALUES, source: 'a\r\nb\u0000c\u202ed\u2028e' };

    const { text } = new Wording('P').letterOf(message({ name: 'notice.new-source', values }));

    expect(text).toContain('from a b c d e,');
  });

  it('refuses to send a message with a gap in it', () => {
    expect(() => new Wording('P').letterOf(message({ values: { code: VALUES.code } }))).toThrow(
      new CourierError('words: nobody says what fills {minutes} of code.sign-in'),
    );
  });
});
