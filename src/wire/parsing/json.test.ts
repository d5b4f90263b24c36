// What strict JSON lets in, and the reason it gives for everything else.
import { describe, expect, it } from 'vitest';
import { parseJson } from './json.ts';
import { MalformedInput } from './malformed.ts';

const bytes = (text: string) => Buffer.from(text, 'utf8');
const parse = (text: string) => parseJson(bytes(text));

describe('reading an ordinary document', () => {
  it.each([
    '{}',
    '[]',
    '"alone"',
    '0',
    '-0',
    '-12.5e+3',
    '1E2',
    '0.1',
    '9007199254740993',
    'true',
    'false',
    'null',
    ' \t\r\n{ "a" : [ 1 , { } , [ ] , "x" ] } \n',
    '{"login_id":"13800138000","password":"pass word","captcha_token":null,"timestamp":1795225485}',
    '{"accounts":"张三丰","pwd":"a\\"b\\\\c\\/d\\u00e9\\t\\r\\n"}',
    '{"emoji":"😀","escaped":"\\ud83d\\ude00"}',
    '{"":"a name may be empty"}',
    '{"10":"x","2":"y","a.b":"z","k[]":"just a name here"}',
  ])('reads %s as the platform does', (text) => {
    const value = parse(text);

    expect(value).toEqual(JSON.parse(text));
  });

  it('gives objects no prototype, at any depth', () => {
    const outer = parse('{"inner":{"deep":{}}}') as { inner: { deep: object } };

    expect([outer, outer.inner, outer.inner.deep].map((object): unknown => Object.getPrototypeOf(object))).toEqual([
      null,
      null,
      null,
    ]);
  });

  it('reads a view into a larger buffer by its own bounds', () => {
    const whole = bytes('xx{"a":1}yy');

    const value = parseJson(new Uint8Array(whole.buffer, whole.byteOffset + 2, 7));

    expect(value).toEqual({ a: 1 });
  });

  it('reads a long document whole, escapes and all', () => {
    const text = JSON.stringify({ plain: 'x'.repeat(5000), escaped: '"'.repeat(5000), 汉字: '字'.repeat(5000) });

    const value = parse(text);

    expect(value).toEqual(JSON.parse(text));
  });
});

describe('reading what is not JSON', () => {
  it.each([
    '',
    ' ',
    '{',
    '}',
    '{"a"',
    '{"a":',
    '{"a":1',
    '{"a":1,',
    '{"a":1,}',
    '{,}',
    '{a:1}',
    "{'a':'b'}",
    '{"a":1}{"a":1}',
    '{"a":1} x',
    '{"a" 1}',
    '[1,]',
    '[,1]',
    '[1 2]',
    '[1}',
    '{"a":1]',
    '01',
    '1.',
    '.5',
    '+1',
    '-',
    '1e',
    '0x10',
    '1_000',
    'NaN',
    'Infinity',
    'undefined',
    'True',
    'tru',
    'nulll',
    '"open',
    '"open\\"',
    '"\\x41"',
    '"\\u12"',
    '"\\u 123"',
    '"a\nb"',
    '"a\tb"',
    '/* c */{}',
    '{"a":1}\0',
    '\u00a0{}',
    'user=alice&pass=secret',
  ])('refuses %j', (text) => {
    const reading = () => parse(text);

    expect(reading).toThrow(new MalformedInput('json.syntax'));
  });

  it.each(['1e999', '-1e999', '{"n":[1e400]}'])('refuses %s, which no double holds', (text) => {
    const reading = () => parse(text);

    expect(reading).toThrow(new MalformedInput('json.number-range'));
  });
});

describe('reading a member that stands twice', () => {
  it.each([
    '{"user":"a","user":"b"}',
    '{"user":"a","user":"a"}',
    '{"user":"a","\\u0075ser":"b"}',
    '{"\\u0075\\u0073er":"a","user":"b"}',
    '{"user":"a","x":1,"user":null}',
    '{"user":null,"user":"b"}',
    '{"user":["a"],"user":"b"}',
    '{"":1,"":2}',
    '{"1":1,"1":2}',
    '{"a":{"user":1,"user":2}}',
    '[{"user":1,"user":2}]',
    '{"用户":1,"\\u7528户":2}',
    '{"a\\/b":1,"a/b":2}',
    '{"\\ud83d\\ude00":1,"😀":2}',
  ])('R-78 refuses %s', (text) => {
    const reading = () => parse(text);

    expect(reading).toThrow(new MalformedInput('json.duplicate-key'));
  });

  it('R-78 takes the same name in different objects, and names that differ in letter case', () => {
    const value = parse('{"user":{"user":1},"User":[{"user":2},{"user":3}]}');

    expect(value).toEqual({ user: { user: 1 }, User: [{ user: 2 }, { user: 3 }] });
  });
});

describe('reading names that reach a prototype', () => {
  it.each([
    '{"__proto__":{"polluted":true}}',
    '{"constructor":{"prototype":{"polluted":true}}}',
    '{"prototype":{"polluted":true}}',
    '{"a":{"__proto__":{"polluted":true}}}',
    '[{"__proto__":[]}]',
    '{"\\u005f_proto__":{"polluted":true}}',
    '{"\\u005f\\u005fproto\\u005f\\u005f":null}',
    '{"con\\u0073tructor":1}',
    '{"__proto__":1,"__proto__":2}',
  ])('R-79 refuses %s and leaves every other object alone', (text) => {
    const reading = () => parse(text);

    expect(reading).toThrow(new MalformedInput('json.forbidden-key'));
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it('R-79 takes the other names of an object’s own methods as plain data', () => {
    const value = parse('{"toString":"x","hasOwnProperty":1,"valueOf":null,"__defineGetter__":2}') as object;

    expect(Object.entries(value)).toEqual([
      ['toString', 'x'],
      ['hasOwnProperty', 1],
      ['valueOf', null],
      ['__defineGetter__', 2],
    ]);
  });

  it('R-79 finds nothing in an empty document that nobody sent', () => {
    const value = parse('{}') as object;

    expect(['toString', 'constructor', '__proto__', 'hasOwnProperty'].filter((name) => name in value)).toEqual([]);
  });
});

describe('reading more than the limits allow', () => {
  const members = (count: number) =>
    `{${Array.from({ length: count }, (_, index) => `"k${String(index)}":1`).join(',')}}`;

  it('R-80 reads four levels and refuses the fifth', () => {
    const fifth = () => parse('{"a":[{"b":[[]]}]}');

    expect(parse('{"a":[{"b":[]}]}')).toEqual({ a: [{ b: [] }] });
    expect(fifth).toThrow(new MalformedInput('json.depth'));
  });

  it('R-80 counts levels, not brackets: siblings may be many', () => {
    const value = parse('[[[[]],[[]]],[[[]],{"a":{}}],[]]');

    expect(value).toEqual([[[[]], [[]]], [[[]], { a: {} }], []]);
  });

  it('R-80 reads 64 members and refuses the 65th', () => {
    const over = () => parse(members(65));

    expect(Object.keys(parse(members(64)) as object)).toHaveLength(64);
    expect(over).toThrow(new MalformedInput('json.too-many-fields'));
  });

  it('R-80 counts members and elements of all levels together', () => {
    const over = () => parse(`{"a":[${'1,'.repeat(61)}1],"b":{"c":1}}`);

    expect(parse(`{"a":[${'1,'.repeat(60)}1],"b":{}}`)).toHaveProperty('b');
    expect(over).toThrow(new MalformedInput('json.too-many-fields'));
  });

  it.each([
    ['json.depth', '['.repeat(200_000)],
    ['json.depth', '{"a":'.repeat(200_000)],
    ['json.depth', `${'['.repeat(200_000)}${']'.repeat(200_000)}`],
    ['json.too-many-fields', members(1_000_000)],
    ['json.too-many-fields', `[${'0,'.repeat(1_000_000)}0]`],
    ['json.syntax', ' '.repeat(1_000_000)],
    ['json.syntax', `"${'\\"'.repeat(500_000)}`],
    ['json.syntax', '1-'.repeat(500_000)],
    ['json.number-range', '1'.repeat(1_000_000)],
  ] as const)('R-80 ends with %s on a document made to exhaust it', (reason, text) => {
    const reading = () => parse(text);

    expect(reading).toThrow(new MalformedInput(reason));
  });

  it('R-80 follows the limits an endpoint names', () => {
    const limits = { depth: 1, fields: 1 };

    expect(parseJson(bytes('{"a":1}'), limits)).toEqual({ a: 1 });
    expect(() => parseJson(bytes('{"a":{}}'), limits)).toThrow(new MalformedInput('json.depth'));
    expect(() => parseJson(bytes('{"a":1,"b":1}'), limits)).toThrow(new MalformedInput('json.too-many-fields'));
  });

  it('calls a depth the stack might not bear a mistake of the program', () => {
    const reading = () => parseJson(bytes('{}'), { depth: 33, fields: 1 });

    expect(reading).toThrow(TypeError);
  });
});

describe('naming the field at fault', () => {
  const documented = new Set(['user', 'pass']);
  const faultIn = (text: string) => {
    try {
      parse(text);
    } catch (error) {
      return error as MalformedInput;
    }
    throw new Error('nothing was refused');
  };

  it.each([
    ['user', '{"user":"a","user":"b"}'],
    ['pass', '{"user":"a","pass":"\\u0000"}'],
    ['pass', '{"pass":"\\u202e"}'],
    ['pass', '{"pass":[[[[]]]]}'],
    ['pass', '{"pass":1e999}'],
  ])('tells that %s is meant', (field, text) => {
    const fault = faultIn(text);

    expect(fault.fieldAmong(documented)).toBe(field);
  });

  it('keeps a name nobody documented to itself, for it may be a piece of a secret', () => {
    const fault = faultIn('{"hunter2":1,"hunter2":2}');

    expect(fault.fieldAmong(documented)).toBeUndefined();
    expect(`${JSON.stringify(fault)}${String(fault)}${Object.values(fault).join('')}`).not.toContain('hunter2');
  });
});
