// Saying a sentence.
import { describe, expect, it } from 'vitest';
import { say } from './texts.ts';

const LOCKED = { en: 'Try again in {seconds} seconds, {seconds}!', zh: '请{seconds}秒后再试' };

describe('saying a sentence', () => {
  it('fills every gap, in either language', () => {
    expect(say(LOCKED, 'en', { seconds: 60 })).toBe('Try again in 60 seconds, 60!');
    expect(say(LOCKED, 'zh', { seconds: 60 })).toBe('请60秒后再试');
  });

  it('leaves a gap that has no value', () => {
    expect(say(LOCKED, 'zh')).toBe('请{seconds}秒后再试');
  });

  it('never reads a value as a gap or as a pattern', () => {
    expect(say({ en: '{name}', zh: '' }, 'en', { name: '$& {name} $1' })).toBe('$& {name} $1');
  });
});
