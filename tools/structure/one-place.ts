// A number a document has fixed stands in one place, so that it can be found, explained and changed there.
import { type Source, isShipped } from './source.ts';

/** The lines of shipped code on which the literal stands, as `path:line`. Transcripts are recordings and do not count. */
export function placesOf(literal: string, sources: readonly Source[]): string[] {
  const whole = new RegExp(`(?<![\\w.])${literal}(?![\\w.])`);
  return sources
    .filter((source) => isShipped(source) && !source.path.includes('/transcripts/'))
    .flatMap((source) =>
      source.text.split('\n').flatMap((line, index) => (whole.test(line) ? [`${source.path}:${index + 1}`] : [])),
    );
}
