// Transcripts: documented conversations kept beside each dialect as data, and what it takes to hold a real server to them.
import { readdirSync, readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { basename, join } from 'node:path';

import type { JsonObject } from '#core';

/** One conversation. `{{name}}` in an answer stands for a generated value; the same name means the same value throughout. */
export interface Transcript {
  /** What happens, in the present tense. */
  readonly name: string;
  readonly given?: Given;
  readonly request: SpokenRequest;
  readonly answer: ExpectedAnswer;
  /** What generated values look like: a regular expression by name. */
  readonly where?: Readonly<Record<string, string>>;
}

/** How the world is before the request. */
export interface Given {
  /** The instant, where it shows in the answer: `2025-06-12T09:16:31Z`. */
  readonly now?: string;
  /** Settings of the dialect that differ from their defaults. */
  readonly settings?: JsonObject;
  /** An account, as a line of an import file says it. */
  readonly account?: JsonObject;
  readonly app?: GivenApp;
  /** Endpoints that are closed: `aegisspeed.login`. */
  readonly closed?: readonly string[];
  /** What was said earlier. */
  readonly before?: readonly Step[];
}

/** A registered application. */
export interface GivenApp {
  readonly id: string;
  readonly signature: string;
  readonly allowsGet?: boolean;
  readonly demandsToken?: boolean;
  readonly isStopped?: boolean;
  readonly origins?: readonly string[];
}

/** An earlier request; its answer, where given, is held to as well. */
export interface Step {
  readonly request: SpokenRequest;
  readonly times?: number;
  readonly answer?: ExpectedAnswer;
}

/** A request, byte by byte. `{{name}}` stands for a value of an earlier answer, `{{code}}` for the code that was sent last. */
export interface SpokenRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** An answer: its body whole, of its headers those that matter; `null` for one that must not be there. */
export interface ExpectedAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly body: string;
}

/** A transcript and where it is kept. */
export interface KeptTranscript {
  readonly dialect: string;
  readonly file: string;
  readonly transcript: Transcript;
}

/** The transcripts in the folder `transcripts` of a dialect's folder, in order of their files. */
export function transcriptsOf(dialectFolder: string, dialect = basename(dialectFolder)): readonly KeptTranscript[] {
  const folder = join(dialectFolder, 'transcripts');
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return files.toSorted().map((file) => ({
    dialect,
    file,
    transcript: JSON.parse(readFileSync(join(folder, file), 'utf8')) as Transcript,
  }));
}

/** An answer as it came over the socket. */
export interface HeardAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

/** One conversation with a server: remembers the generated values it has met. */
export class Conversation {
  readonly #url: string;
  readonly #where: Readonly<Record<string, string>>;
  readonly #known: Map<string, string>;
  readonly #source: string;

  /** @param source the address the server's proxy says this comes from */
  constructor(url: string, where: Readonly<Record<string, string>> = {}, source = '10.0.0.1') {
    this.#url = url;
    this.#where = where;
    this.#source = source;
    this.#known = new Map([['publicUrl', url]]);
  }

  /** A value that came by another way than an answer. */
  know(name: string, value: string): void {
    this.#known.set(name, value);
  }

  /** Says a request and hears the answer. */
  async say({ method, path, headers = {}, body = '' }: SpokenRequest): Promise<HeardAnswer> {
    const filled = Object.entries(headers).map(([name, value]) => [name, this.#fill(value)] as const);
    const forwarded = { 'x-forwarded-for': this.#source, ...Object.fromEntries(filled) };
    return speak(this.#url, { method, path: this.#fill(path), headers: forwarded, body: this.#fill(body) });
  }

  /** What differs between the answer that is due and the one that came; empty when nothing does. */
  differences(expected: ExpectedAnswer, heard: HeardAnswer): readonly string[] {
    const { headers = {} } = expected;
    return [
      ...(heard.status === expected.status ? [] : [`status ${heard.status} instead of ${expected.status}`]),
      ...Object.entries(headers).flatMap(([name, due]) => this.#compare(name, due, heard.headers[name])),
      ...this.#compare('body', expected.body, heard.body),
    ];
  }

  #compare(
    what: string,
    due: string | readonly string[] | null,
    got: string | readonly string[] | undefined,
  ): string[] {
    if (due === null) return got === undefined ? [] : [`${what} is there: ${String(got)}`];
    const wanted = [due].flat();
    const found = [got ?? []].flat();
    const isSame =
      wanted.length === found.length && wanted.every((text, index) => this.#matches(text, found[index] ?? ''));
    return isSame ? [] : [`${what}: ${JSON.stringify(got)} instead of ${JSON.stringify(due)}`];
  }

  #matches(due: string, got: string): boolean {
    const match = new RegExp(`^${this.#pattern(due)}$`, 'su').exec(got);
    for (const [name, value] of Object.entries(match?.groups ?? {})) this.#known.set(name, value);
    return match !== null;
  }

  #pattern(text: string): string {
    const met = new Set<string>();
    const parts = text.split(PLACEHOLDER);
    return parts.map((part, index) => (index % 2 === 0 ? escaped(part) : this.#group(part, met))).join('');
  }

  #group(name: string, met: Set<string>): string {
    const known = this.#known.get(name);
    if (known !== undefined) return escaped(known);
    if (met.has(name)) return String.raw`\k<${name}>`;
    const look = this.#where[name];
    if (look === undefined) throw new TypeError(`the transcript does not say what {{${name}}} looks like`);
    met.add(name);
    return `(?<${name}>${look})`;
  }

  #fill(text: string): string {
    return text.replaceAll(PLACEHOLDER, (_, name: string) => {
      const known = this.#known.get(name);
      if (known === undefined) throw new TypeError(`no earlier answer held {{${name}}}`);
      return known;
    });
  }
}

const PLACEHOLDER = /\{\{(\w+)\}\}/g;

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}

function speak(url: string, { method, path, headers = {}, body = '' }: SpokenRequest): Promise<HeardAnswer> {
  const bytes = Buffer.from(body);
  const length = bytes.length > 0 ? { 'content-length': String(bytes.length) } : {};
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const sent = httpRequest({
      hostname,
      port,
      method,
      path,
      headers: { ...headers, ...length },
      agent: false,
      timeout: 20_000,
    });
    sent.on('error', reject).on('timeout', () => sent.destroy(new Error('no answer in time')));
    sent.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject);
      response.on('end', () => {
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        });
      });
    });
    sent.end(bytes);
  });
}
