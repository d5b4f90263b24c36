// Replays every transcript kept beside a dialect against a real server, over a socket: status, headers and bytes.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { dialect as harbour } from '../../examples/own-dialect/index.ts';
import { transcriptsOf } from '../support/transcripts.ts';
import { sceneryOf, Stage } from './stage.ts';

const ROOT = join(import.meta.dirname, '../..');
const OURS = join(ROOT, 'src/dialects');
const TRANSCRIPTS = [
  ...readdirSync(OURS).flatMap((name) => transcriptsOf(join(OURS, name))),
  ...transcriptsOf(join(ROOT, 'examples/own-dialect'), harbour.name),
].toSorted((left, right) => (sceneryOf(left) < sceneryOf(right) ? -1 : 1));

const stage = new Stage([harbour]);
afterAll(() => stage.close());

describe('a documented conversation', () => {
  it.each(TRANSCRIPTS)('$dialect/$file: $transcript.name', async (kept) => {
    const differences = await stage.play(kept);

    expect(differences).toEqual([]);
  });
});
