// What forms and queries let in, and the reason they give for everything else.
import { describe, expect, it } from 'vitest';
import { parseForm, parseQuery } from './form.ts';
import { MalformedInput } from './malformed.ts';

const form = (text: string) => parseForm(Buffer.from(text));

describe('reading pairs', () => {
  it.each([
    ['', {}],
    ['user=alice&pass=secret', { user: 'alice', pass: 'secret' }],
    ['user=alice%40example.com&pass=a+b%2Bc', { user: 'alice@example.com', pass: 'a b+c' }],
    ['pass=a=b==', { pass: 'a=b==' }],
    ['user', { user: '' }],
    ['user=', { user: '' }],
    ['=x', { '': 'x' }],
    ['&&user=alice&&', { user: 'alice' }],
    ['s=user/login&application=app&ajax=ajax', { s: 'user/login', application: 'app', ajax: 'ajax' }],
    ['user=a&user.name=b&User=c', { user: 'a', 'user.name': 'b', User: 'c' }],
    ['user=%E5%BC%A0%e4%b8%89', { user: '张三' }],
    ['us%65r=alice', { user: 'alice' }],
    ['a;b=c', { 'a;b': 'c' }],
    ['toString=x&valueOf=y', { toString: 'x', valueOf: 'y' }],
  ])('reads %j in a body and in a query alike', (text, fields) => {
    const read = [form(text), parseQuery(text)];

    expect(read).toEqual([fields, fields]);
  });

  it('reads a body that was not escaped as UTF-8', () => {
    const fields = form('user=张三&pass=é');

    expect(fields).toEqual({ user: '张三', pass: 'é' });
  });

  it('reads a query that was not escaped as the UTF-8 bytes it came in', () => {
    const asNodeHandsItOver = Buffer.from('user=张三&pass=a%20b').toString('latin1');

    const fields = parseQuery(asNodeHandsItOver);

    expect(fields).toEqual({ user: '张三', pass: 'a b' });
  });

  it('refuses a query with characters no request line can hold', () => {
    const reading = () => parseQuery('user=张三');

    expect(reading).toThrow(new MalformedInput('query.encoding'));
  });

  it('reads a long body whole', () => {
    const long = 'x%20+'.repeat(3000);

    const fields = form(`a=${long}&b=${'y'.repeat(5000)}`);

    expect(fields).toEqual({ a: 'x  '.repeat(3000), b: 'y'.repeat(5000) });
  });

  it('gives the fields no prototype', () => {
    const read = [form('a=1'), parseQuery('a=1'), form('')];

    expect(read.map((fields): unknown => Object.getPrototypeOf(fields))).toEqual([null, null, null]);
  });
});

describe('reading a field that stands twice', () => {
  it.each([
    'user=a&user=b',
    'user=a&user=a',
    'user=a&user',
    'user&user',
    'user=&user=b',
    'user=a&x=1&user=b',
    'user=a&%75ser=b',
    'us%65r=a&user=b',
    'a+b=1&a%20b=2',
    '=1&=2',
  ])('R-78 refuses %s', (text) => {
    const reasons = [() => form(text), () => parseQuery(text)];

    expect(reasons[0]).toThrow(new MalformedInput('form.repeated-key'));
    expect(reasons[1]).toThrow(new MalformedInput('query.repeated-key'));
  });

  it.each(['user[]=a', 'user[0]=a', 'user=a&user[]=b', 'user[name]=a', 'user%5B%5D=a', 'user[=a', 'user]=a', '[]=a'])(
    'R-78 refuses %s, which is a list to other servers',
    (text) => {
      const reasons = [() => form(text), () => parseQuery(text)];

      expect(reasons[0]).toThrow(new MalformedInput('form.bracket-key'));
      expect(reasons[1]).toThrow(new MalformedInput('query.bracket-key'));
    },
  );

  it('R-78 lets no dotted name stand for a field', () => {
    const fields = form('user.0=a&user.name=b&.user=c');

    expect(fields['user']).toBeUndefined();
  });
});

describe('reading names that reach a prototype', () => {
  it.each(['__proto__=x', 'constructor=x', 'prototype=x', '%5f_proto__=x', 'a=1&__proto__', '__proto__=1&__proto__=2'])(
    'R-79 refuses %s',
    (text) => {
      const reasons = [() => form(text), () => parseQuery(text)];

      expect(reasons[0]).toThrow(new MalformedInput('form.forbidden-key'));
      expect(reasons[1]).toThrow(new MalformedInput('query.forbidden-key'));
    },
  );

  it.each(['__proto__[polluted]=1', 'constructor[prototype][polluted]=1', '__proto__.polluted=1', 'a.__proto__=1'])(
    'R-79 leaves every other object alone: %s',
    (text) => {
      const read = [() => form(text), () => parseQuery(text)].map(outcome);

      expect(read).toHaveLength(2);
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
      expect(Object.keys(Object.prototype)).toEqual([]);
    },
  );
});

const outcome = (reading: () => unknown): unknown => {
  try {
    return reading();
  } catch (error) {
    return error;
  }
};

describe('reading broken escapes', () => {
  it.each(['a=%', 'a=%4', 'a=%zz', 'a=100%&b=1', 'a=%u0041', '%=a', 'a=%%41', 'a=%e5%bc', 'a=%c0%af', 'a=%ed%a0%80'])(
    'refuses %s',
    (text) => {
      const reasons = [() => form(text), () => parseQuery(text)];

      expect(reasons[0]).toThrow(new MalformedInput('form.encoding'));
      expect(reasons[1]).toThrow(new MalformedInput('query.encoding'));
    },
  );

  it('tells which documented field it is', () => {
    const fault = outcome(() => form('user=alice&pass=100%')) as MalformedInput;

    expect(fault.fieldAmong(new Set(['user', 'pass']))).toBe('pass');
    expect(fault.fieldAmong(new Set(['user']))).toBeUndefined();
  });
});

describe('reading more than the limits allow', () => {
  const pairs = (count: number) => Array.from({ length: count }, (_, index) => `k${String(index)}=1`).join('&');

  it('R-80 reads 64 fields and refuses the 65th', () => {
    const reasons = [() => form(pairs(65)), () => parseQuery(pairs(65))];

    expect(Object.keys(form(pairs(64)))).toHaveLength(64);
    expect(reasons[0]).toThrow(new MalformedInput('form.too-many-fields'));
    expect(reasons[1]).toThrow(new MalformedInput('query.too-many-fields'));
  });

  it.each([
    ['form.too-many-fields', pairs(1_000_000)],
    ['form.encoding', `a=${'%'.repeat(1_000_000)}`],
    ['form.bracket-key', `${'['.repeat(1_000_000)}=1`],
    ['form.repeated-key', 'a&'.repeat(1_000_000)],
  ] as const)('R-80 ends with %s on a body made to exhaust it', (reason, text) => {
    const reading = () => form(text);

    expect(reading).toThrow(new MalformedInput(reason));
  });

  it('R-80 finds nothing in a million separators', () => {
    const fields = form('&'.repeat(1_000_000));

    expect(fields).toEqual({});
  });
});
