// Paths with named segments: `/sessions/{id}` stands for every path of that form.

/** The text of each named segment, percent-encoding untouched. */
export type PathSegments = Readonly<Record<string, string>>;

const NAMED = /^\{(\w+)\}$/;

/** Whether the path stands for many. */
export const isTemplate = (path: string): boolean => path.includes('{');

/**
 * What the named segments of the template are in this path; undefined for a path of another form. No segment is empty.
 *
 * @example
 * segmentsIn('/sessions/{id}', '/sessions/7'); // { id: '7' }
 */
export function segmentsIn(template: string, path: string): PathSegments | undefined {
  const wanted = template.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const found: [string, string][] = [];
  for (const [index, segment] of wanted.entries()) {
    const text = given[index] ?? '';
    const name = NAMED.exec(segment)?.[1];
    if (name === undefined ? segment !== text : text === '') return undefined;
    if (name !== undefined) found.push([name, text]);
  }
  return Object.fromEntries(found);
}
