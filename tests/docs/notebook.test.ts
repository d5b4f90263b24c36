// The reader who follows the documents notices what is wrong in them; otherwise everything in them would seem right.
import { describe, expect, it, onTestFinished } from 'vitest';

import { matching } from '../support/matchers.ts';
import { blocksOf } from './blocks.ts';
import { isJson, isText } from './matching.ts';
import { Notebook } from './notebook.ts';

const ROOT = process.cwd();

async function complaintsAbout(markdown: string): Promise<readonly string[]> {
  const notebook = await Notebook.open(ROOT);
  onTestFinished(async () => void (await notebook.close()));
  return notebook.followAll(blocksOf(markdown));
}

const complaint = (pattern: RegExp): readonly unknown[] => [matching(pattern)];

const fenced = (info: string, ...lines: string[]): string => ['```' + info, ...lines, '```', ''].join('\n');

describe('following a document', () => {
  it('notices a command that fails, and where it stands', async () => {
    const document = `# Title\n\n${fenced('sh', 'true', 'ls /nowhere', 'true')}`;

    expect(await complaintsAbout(document)).toEqual(complaint(/^line 3: ended with 2: .*\/nowhere/));
  });

  it('notices a chain of commands that broke', async () => {
    expect(await complaintsAbout(fenced('sh', 'false && true'))).toEqual(complaint(/^line 1: ended with 1/));
  });

  it('notices a command that does not exist in the program', async () => {
    expect(await complaintsAbout(fenced('sh', 'bin/understudy dance'))).toEqual(complaint(/line 1: ended with 2/));
  });

  it('notices an answer that is another one', async () => {
    const document =
      fenced('sh', `echo '{"code":200,"data":{"token":"abc"}}'`) +
      fenced('json output', '{ "code": 400, "data": { "token": "…" } }');

    expect(await complaintsAbout(document)).toEqual(complaint(/line 4: printed was/));
  });

  it('notices a command that nobody runs', async () => {
    expect(await complaintsAbout(fenced('sh by package.json', 'npm run nothing-of-the-kind'))).toEqual(
      complaint(/line 1: not run by package.json/),
    );
  });

  it('notices a server that does not start', async () => {
    expect(await complaintsAbout(fenced('sh start', 'bin/understudy serve --port many'))).toEqual(
      complaint(/line 1: the server ended with 1/),
    );
  });

  it('refuses a shell block with a label nobody knows', () => {
    expect(() => blocksOf(fenced('sh later', 'true'))).toThrow(/line 1: 'sh later'/);
    expect(() => blocksOf(fenced('bash', 'true'))).toThrow(/line 1: 'bash'/);
  });

  it('refuses a block that is never closed', () => {
    expect(() => blocksOf('text\n```sh\ntrue\n')).toThrow(/line 2: the block is never closed/);
  });

  it('keeps what one block assigned for the next', async () => {
    const document =
      fenced('sh', `greeting="it's \\"fine\\""`) +
      fenced('sh', 'echo "$greeting"') +
      fenced('text output', `it's "f…"`);

    expect(await complaintsAbout(document)).toEqual([]);
  });

  it('starts a server, talks to it, and stops it in good order', async () => {
    const notebook = await Notebook.open(ROOT);
    const document =
      fenced('sh start', 'bin/understudy serve') +
      fenced('sh', 'curl -sS http://127.0.0.1:8080/healthz') +
      fenced('json output', '{"status":"ok"}');

    const complaints = await notebook.followAll(blocksOf(document));

    expect(complaints).toEqual([]);
    expect(await notebook.close()).toEqual([0]);
  });
});

describe('comparing what is printed', () => {
  it('lets … stand for anything, and nothing else', () => {
    expect(isText('a … c', 'a b b c\n')).toBe(true);
    expect(isText('a … c', 'a b b')).toBe(false);
    expect(isText('a.c', 'abc')).toBe(false);
  });

  it('wants the same keys in the same order', () => {
    expect(isJson('{"a":1,"b":"…"}', '{"a":1,"b":{"c":2}}')).toBe(true);
    expect(isJson('{"a":1,"b":"…"}', '{"b":2,"a":1}')).toBe(false);
    expect(isJson('{"a":1}', '{"a":1,"b":2}')).toBe(false);
    expect(isJson('{"a":["x…"]}', '{"a":["xyz"]}')).toBe(true);
    expect(isJson('{"a":1}', '{"a":"1"}')).toBe(false);
    expect(isJson('{"a":1}', 'no JSON')).toBe(false);
  });

  it('looks past the head of an answer', () => {
    expect(isJson('{"a":1}', 'HTTP/1.1 200 OK\r\nToken: x\r\n\r\n{"a":1}')).toBe(true);
  });
});
