// Files open with a sentence, and no file or folder has a name that says nothing.
import { type Rule, type Source, lineCount } from './source.ts';

const SAYS_NOTHING =
  /(^|\/)(utils?|helpers?|common|shared|lib|misc|base|managers?|services?|impl|types)(\.[a-z.]+)?(\/|$)/;
const MOST_LINES = 300;

/** A file that does not say in its first line what it is. */
export const openingSentence: Rule = ({ path, text, comments }: Source) => {
  const first = comments[0];
  const code = text.startsWith('#!') ? text.indexOf('\n') + 1 : 0;
  if (first?.start === code) return [];
  return [{ path, line: 1, says: 'opens without a sentence that says what the file is' }];
};

/** A name like utils or common, which takes in whatever comes along. */
export const tellingNames: Rule = ({ path }: Source) =>
  SAYS_NOTHING.test(path)
    ? [{ path, line: 1, says: 'has a name that says nothing; name it after what it exports' }]
    : [];

/** A file nobody reads in one go. */
export const fileLength: Rule = (source: Source) => {
  const lines = lineCount(source);
  if (lines <= MOST_LINES) return [];
  return [{ path: source.path, line: MOST_LINES, says: `has ${lines} lines; ${MOST_LINES} is the most` }];
};
