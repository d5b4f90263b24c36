// Lets a program read the pictures people are asked to read: `sh bin/node24 tools/read-pictures.ts [how many]`. Needs tesseract-ocr.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PngPainter } from '#challenges';
import { SystemRandomness } from '#crypto';
import { pictureLetters } from '../src/core/challenges/picture-text.ts';

/** A stock program may read one in twenty. */
const MOST = 0.05;

/** Reading a line, reading a word: what fits best. */
const MODES = ['7', '8'];

const run = promisify(execFile);

/** Draws so many; what each says. The folder then holds them, and a list of them. */
async function draw(folder: string, count: number): Promise<readonly string[]> {
  const [painter, randomness] = [new PngPainter(), new SystemRandomness()];
  const letters = Array.from({ length: count }, () => randomness.text(pictureLetters(4)));
  const files = letters.map((_, index) => join(folder, `${index}.png`));
  for (const [index, file] of files.entries()) writeFileSync(file, await painter.paint(letters[index] ?? ''));
  writeFileSync(join(folder, 'list.txt'), files.join('\n'));
  return letters;
}

/** What the program makes of each; only letters that can stand on a picture, in capitals. */
async function read(folder: string, mode: string): Promise<readonly string[]> {
  const { alphabet } = pictureLetters(4);
  const options = ['--psm', mode, '--dpi', '150', '-c', `tessedit_char_whitelist=${alphabet}${alphabet.toLowerCase()}`];
  const { stdout } = await run('tesseract', [join(folder, 'list.txt'), '-', ...options], { maxBuffer: 2 ** 26 });
  return stdout.split('\f').map((page) => page.toUpperCase().replaceAll(/[^A-Z0-9]/g, ''));
}

const count = Number(process.argv[2] ?? 500);
const folder = mkdtempSync(join(tmpdir(), 'pictures-'));
try {
  const letters = await draw(folder, count);
  for (const mode of MODES) {
    const made = await read(folder, mode);
    const right = letters.filter((text, index) => made[index] === text).length;
    console.log(`tesseract --psm ${mode} reads ${right} of ${count}`);
    if (right > count * MOST) process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true });
}
