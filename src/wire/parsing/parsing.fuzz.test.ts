// Properties of the parsers over hundreds of thousands of random inputs, with the platform's own parsers as witnesses.
import { Busboy } from '@fastify/busboy';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BodyForm, parseBody } from './body.ts';
import type { ParseLimits } from './fields.ts';
import { parseForm, parseQuery } from './form.ts';
import { parseJson } from './json.ts';
import { MALFORMED_REASONS, MalformedInput } from './malformed.ts';
import { parseMultipart } from './multipart.ts';

type Outcome = { readonly value: unknown } | { readonly reason: string };

/** What a reading yields; only a refusal counts as one, every other error is a crash and passes through. */
function outcomeOf(reading: () => unknown): Outcome {
  try {
    return { value: reading() };
  } catch (error) {
    if (error instanceof MalformedInput && MALFORMED_REASONS.includes(error.reason)) return { reason: error.reason };
    throw error;
  }
}

const bytes = (text: string) => Buffer.from(text, 'utf8');
const roomy: ParseLimits = { depth: 32, fields: 1_000_000 };

/** Text from a few pieces: what a grammar is made of meets far more often than among random characters. */
const soupOf = (...pieces: readonly (readonly string[])[]) =>
  fc.array(fc.constantFrom(...pieces.flat()), { maxLength: 14 }).map((chosen) => chosen.join(''));

const WORDS = ['a', 'b', 'user', 'pass', '张三', '__proto__', 'constructor', 'toString', '0', 'x y'];
const HOSTILE = ['\0', '\u001b', '\u007f', '\u0085', '\u202e', '\u2066', '\ufeff', '\ud800', '\udc00', '\n', '\t'];

const jsonSoup = soupOf(
  ['{', '}', '[', ']', ',', ':', '{"a":', '"b":', '"a"', '"b"', '"\\u0061"', '"__proto__"', '""'],
  ['0', '-', '-0', '1.5', '1e5', '1e999', '01', '.', 'e', 'true', 'false', 'null', 'nul', ' ', '\n', '\t'],
  ['"', '\\', '\\n', '\\u', 'd800', '/', '张', '\u0000', '\u202e'],
);
const formSoup = soupOf(
  ['&', '&', '=', '=', '+', '[', ']', '.'],
  ['%', '%4', '%41', '%E5%BC%A0', '%C0%AF', '%00'],
  WORDS,
);
const multipartSoup = soupOf(
  ['--b', '--b', '--b--', '\r\n', '\r\n', '\r\n\r\n', '--', '\n', ' ', ';', '"', ':'],
  ['Content-Disposition: form-data; name="a"', 'Content-Disposition: form-data; name="b"', 'content-disposition:'],
  ['form-data', 'name=', 'filename="x"', 'Content-Type: text/plain', ...WORDS],
);

const texts = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  soupOf(WORDS, HOSTILE),
);

const FORBIDDEN_NAMES = new Set(['__proto__', 'constructor', 'prototype']);
const FORBIDDEN_TEXT =
  // oxlint-disable-next-line no-control-regex -- they are what must not come out
  /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/;

/** Whether a value may come out of a parser: clean names and texts, no prototypes, finite numbers. */
function isClean(value: unknown): boolean {
  if (typeof value === 'string') return !FORBIDDEN_TEXT.test(value) && value.isWellFormed();
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isClean);
  if (value === null || typeof value !== 'object') return value !== undefined;
  return (
    Object.getPrototypeOf(value) === null &&
    Object.entries(value).every(([name, member]) => !FORBIDDEN_NAMES.has(name) && isClean(name) && isClean(member))
  );
}

/** Whether JSON reads as the platform reads it, where nothing beyond the grammar stands against it. */
function agreesOnJson(text: string): boolean {
  const ours = outcomeOf(() => parseJson(bytes(text), roomy));
  const platform = outcomeOf(() => platformJson(text));
  if ('value' in ours) return isClean(ours.value) && JSON.stringify(ours) === JSON.stringify(platform);
  return ours.reason !== 'json.syntax' || 'reason' in platform;
}

function platformJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new MalformedInput('json.syntax');
  }
}

/** Whether a form reads as the platform reads it, and is refused only for what the platform can see as well. */
function agreesOnForm(text: string): boolean {
  const ours = outcomeOf(() => parseForm(bytes(text), roomy));
  const pairs = [...new URLSearchParams(text)];
  const fields = Object.fromEntries(pairs);
  if ('value' in ours) return isClean(ours.value) && JSON.stringify(ours.value) === JSON.stringify(fields);

  const isJustified: Readonly<Record<string, boolean>> = {
    'form.encoding': text.includes('%'),
    'form.repeated-key': Object.keys(fields).length < pairs.length,
    'form.bracket-key': pairs.some(([name]) => /[[\]]/.test(name)),
    'form.forbidden-key': pairs.some(([name]) => FORBIDDEN_NAMES.has(name)),
  };
  return isJustified[ours.reason] ?? pairs.flat().some((part) => FORBIDDEN_TEXT.test(part));
}

/** The same value with every prototype taken away. */
function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (value === null || typeof value !== 'object') return value;
  const members = Object.entries(value).map(([name, member]) => [name, bare(member)]);
  return Object.setPrototypeOf(Object.fromEntries(members), null);
}

const holds = (arbitrary: fc.Arbitrary<string>, law: (text: string) => boolean, numRuns: number) => {
  fc.assert(fc.property(arbitrary, law), { numRuns });
};

describe('reading random JSON', () => {
  it('R-88 reads every acceptable value back from its own writing', () => {
    const values = fc.jsonValue({ maxDepth: 3, stringUnit: 'grapheme' }).filter((value) => isClean(bare(value)));
    const written = values.map((value) => JSON.stringify(value));

    const law = (text: string) => JSON.stringify(parseJson(bytes(text), roomy)) === text;

    holds(written, law, 20_000);
  });

  it('R-82 reads a text alike, escaped and as it is, or refuses both', () => {
    const escaped = (text: string) =>
      Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join(
        '',
      );

    const law = (text: string) => {
      const [plain, spelled] = [JSON.stringify(text), `"${escaped(text)}"`].map((literal) =>
        JSON.stringify(outcomeOf(() => parseJson(bytes(literal)))),
      );
      return plain === spelled;
    };

    holds(texts, law, 100_000);
  });

  it('R-78 agrees with the platform but for what it refuses on purpose', () => {
    holds(jsonSoup, agreesOnJson, 250_000);
  });

  it('R-88 agrees with the platform on documents broken in one place', () => {
    const broken = fc
      .tuple(fc.json({ maxDepth: 2 }), fc.nat(), fc.nat({ max: 2 }), jsonSoup)
      .map(([text, at, cut, put]) => {
        const place = at % (text.length + 1);
        return text.slice(0, place) + put + text.slice(place + cut);
      });

    holds(broken, agreesOnJson, 30_000);
  });
});

describe('reading random forms and queries', () => {
  it('R-88 reads every acceptable list of pairs back from the writing of the platform', () => {
    const name = fc.string({ unit: 'grapheme', maxLength: 6 });
    const records = fc.dictionary(name, texts, { maxKeys: 5 }).filter((record) => isClean(bare(record)));
    const fields = records.filter((record) => !Object.keys(record).some((key) => /[[\]]/.test(key)));
    const written = fields.map((record) => JSON.stringify(record));

    const law = (json: string) => {
      const record = JSON.parse(json) as Record<string, string>;
      const text = new URLSearchParams(record).toString();
      return [parseForm(bytes(text)), parseQuery(text)].every((read) => JSON.stringify(read) === json);
    };

    holds(written, law, 20_000);
  });

  it('R-78 agrees with the platform but for what it refuses on purpose', () => {
    holds(formSoup, agreesOnForm, 250_000);
  });

  it('R-82 reads a query as it reads the same bytes in a body', () => {
    const law = (text: string) => {
      const body = JSON.stringify(outcomeOf(() => parseForm(bytes(text))));
      const query = JSON.stringify(outcomeOf(() => parseQuery(bytes(text).toString('latin1'))));
      return body === query.replace('"query.', '"form.');
    };

    holds(fc.oneof(formSoup, texts), law, 80_000);
  });
});

describe('reading random multipart forms', () => {
  const multipart = (text: string) => outcomeOf(() => parseMultipart(bytes(text), 'b'));

  it('R-88 yields clean fields or a reason, whatever comes', () => {
    holds(multipartSoup, (text) => isCleanOutcome(multipart(text)), 200_000);
  });

  it('R-88 reads every acceptable list of fields back', () => {
    const value = fc.oneof(texts, multipartSoup).filter((text) => isClean(text) && !`\r\n${text}`.includes('\r\n--b'));
    const records = fc.dictionary(fc.stringMatching(/^[a-z_]{1,6}$/), value, { maxKeys: 4, minKeys: 1 });
    const written = records.filter((record) => !Object.keys(record).some((key) => FORBIDDEN_NAMES.has(key)));

    const law = (json: string) => {
      const record = JSON.parse(json) as Record<string, string>;
      const parts = Object.entries(record).map(
        ([name, text]) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`,
      );
      return JSON.stringify(multipart(`${parts.join('')}--b--`)) === `{"value":${json}}`;
    };

    holds(
      written.map((record) => JSON.stringify(record)),
      law,
      15_000,
    );
  });

  it('R-78 reads what it accepts as a reader for every form does', async () => {
    const wellFormed = multipartSoup.map(
      (text) => `--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n${text}\r\n--b--\r\n`,
    );

    const law = fc.asyncProperty(wellFormed, async (text) => {
      const ours = multipart(text);
      return 'reason' in ours || JSON.stringify(ours.value) === JSON.stringify(await readByBusboy(text));
    });

    await fc.assert(law, { numRuns: 5000 });
  });
});

async function readByBusboy(text: string): Promise<Readonly<Record<string, string>>> {
  const fields: Record<string, string> = {};
  const reader = new Busboy({ headers: { 'content-type': 'multipart/form-data; boundary=b' } });
  reader.on('field', (name, value) => {
    fields[name] = value;
  });
  return new Promise((resolve, reject) => {
    reader.on('finish', () => {
      resolve(fields);
    });
    reader.on('error', reject);
    reader.end(bytes(text));
  });
}

function isCleanOutcome(outcome: Outcome): boolean {
  return 'reason' in outcome || isClean(outcome.value);
}

describe('reading anything as anything', () => {
  const forms: readonly BodyForm[] = ['json', 'form', 'multipart'];
  const contentTypes = fc.oneof(
    fc.constantFrom('application/json', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=b'),
    fc.constantFrom('text/plain', 'multipart/form-data', 'multipart/form-data; boundary="b"; boundary=c'),
    fc.string({ maxLength: 12 }),
  );
  const bodies = fc.oneof(
    fc.uint8Array({ maxLength: 24 }),
    fc.oneof(jsonSoup, formSoup, multipartSoup).map((text) => new Uint8Array(bytes(text))),
  );

  it('R-79 yields clean fields or a reason, and never touches another object', () => {
    const law = fc.property(contentTypes, bodies, fc.subarray([...forms]), (contentType, body, accepts) =>
      isCleanOutcome(outcomeOf(() => parseBody({ contentType, bytes: body, accepts }))),
    );

    fc.assert(law, { numRuns: 150_000 });

    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(Reflect.ownKeys({})).toEqual([]);
  });
});
