// The code blocks of a Markdown file, and what their info strings ask for.
//
// | info string         | meaning                                                                                                  |
// |---------------------|----------------------------------------------------------------------------------------------------------|
// | `sh`                | is run as it stands and must succeed                                                                     |
// | `sh start`          | starts a server, which stays until the end of the file                                                   |
// | `json output`       | what the block before printed: same keys in the same order; `…` in a text stands for anything            |
// | `text output`       | what the block before printed; `…` stands for anything                                                   |
// | `sh by <file> …`    | is run by those files instead: each of its commands stands there word for word                           |
//
// Blocks in other languages are not looked at. Exported and assigned variables live on from block to block.

/** What is to be done with a block. */
export type Role = 'run' | 'start' | 'json' | 'text' | 'elsewhere';

/** A block that takes part. */
export interface Block {
  readonly role: Role;
  readonly text: string;
  /** The line it begins on, counted from one. */
  readonly line: number;
  /** The files that run it instead. */
  readonly files: readonly string[];
}

const FENCE = /^(\s*)(`{3,}|~{3,})\s*(.*?)\s*$/;
const SHELLS = new Set(['sh', 'bash', 'shell', 'console', 'zsh']);

interface OpenBlock {
  readonly info: string;
  readonly fence: string;
  readonly line: number;
  readonly lines: string[];
}

/** Blocks that take part, in order. @throws Error for an info string that asks for nothing known, and for a block that is never closed */
export function blocksOf(markdown: string): readonly Block[] {
  const blocks: Block[] = [];
  let open: OpenBlock | undefined;
  for (const [index, text] of markdown.split('\n').entries()) {
    const [, , fence = '', info = ''] = FENCE.exec(text) ?? [];
    if (open === undefined) {
      if (fence !== '') open = { info, fence, line: index + 1, lines: [] };
    } else if (fence.startsWith(open.fence) && info === '') {
      blocks.push(...taking(open));
      open = undefined;
    } else open.lines.push(text);
  }
  if (open !== undefined) throw new Error(`line ${open.line}: the block is never closed`);
  return blocks;
}

function taking({ info, line, lines }: OpenBlock): readonly Block[] {
  const [language = '', label = '', ...files] = info.split(/\s+/);
  const role = roleOf(language, label);
  if (role === undefined && (SHELLS.has(language) || label === 'output'))
    throw new Error(`line ${line}: '${info}' is no way to label a block that is tested`);
  return role === undefined ? [] : [{ role, line, files, text: lines.join('\n') }];
}

function roleOf(language: string, label: string): Role | undefined {
  return ROLES.get(`${language} ${label}`.trim());
}

const ROLES: ReadonlyMap<string, Role> = new Map([
  ['sh', 'run'],
  ['sh start', 'start'],
  ['sh by', 'elsewhere'],
  ['json output', 'json'],
  ['text output', 'text'],
]);

/** The commands of a block, without what is said about them. */
export function commandsOf({ text }: Block): readonly string[] {
  const lines = text.split('\n').map((line) => line.replace(/(^|\s)#.*$/, '').trim());
  return lines.filter((line) => line !== '');
}
