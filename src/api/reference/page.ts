// The description of our own API for people: one page without a script, a font or anything from elsewhere.
import { createHash } from 'node:crypto';
import type { JsonObject, JsonValue } from '#core';

const STYLE = `
:root { color-scheme: light dark; --ink: #1d2430; --paper: #fff; --faint: #f3f5f8; --line: #d8dee7; --mark: #0b5cad; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e8ee; --paper: #14181e; --faint: #1d232c; --line: #333c48; --mark: #7db7f5; } }
body { margin: 0 auto; padding: 2rem 1.25rem 6rem; max-width: 60rem; font: 1rem/1.55 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
nav ul { columns: 2; padding: 0; list-style: none; } a { color: var(--mark); }
article { margin: 1rem 0; padding: 0 1rem; border: 1px solid var(--line); border-radius: .5rem; }
code, pre { font: .9em/1.5 ui-monospace, monospace; } pre { overflow-x: auto; padding: .75rem; border-radius: .375rem; background: var(--faint); }
h2 { margin-top: 3rem; } h3 { margin: .9rem 0 .3rem; } h3 code { font-size: 1rem; }
table { width: 100%; border-collapse: collapse; } th, td { padding: .35rem .5rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
summary { cursor: pointer; padding: .4rem 0; }
`;

/** Nothing but this style: no script, no picture, no frame, no form. */
export const PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "object-src 'none'",
  "frame-ancestors 'none'",
].join('; ');

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? '');

/** Texts mark code with backticks. */
const prose = (text: JsonValue | undefined): string =>
  escaped(textIn(text)).replaceAll(/`([^`]+)`/g, '<code>$1</code>');

const textIn = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');
const objectIn = (value: JsonValue | undefined): JsonObject => (value ?? {}) as JsonObject;
const listIn = (value: JsonValue | undefined): readonly JsonObject[] => (value ?? []) as readonly JsonObject[];

interface Operation {
  readonly id: string;
  readonly call: string;
  readonly is: JsonObject;
}

function operationsIn(document: JsonObject): readonly Operation[] {
  return Object.entries(objectIn(document['paths'])).flatMap(([path, methods]) =>
    Object.entries(objectIn(methods)).map(([method, is]) => ({
      id: textIn(objectIn(is)['operationId']),
      call: `${method.toUpperCase()} ${path}`,
      is: objectIn(is),
    })),
  );
}

/** The whole page. */
export function pageOf(document: JsonObject): string {
  const { title, description } = objectIn(document['info']);
  const operations = operationsIn(document);
  const groups = listIn(document['tags']).map(({ name, description: about }) => {
    const calls = operations.filter(({ is }) => (is['tags'] as readonly string[])[0] === name);
    return { name: textIn(name), about, calls };
  });
  const shown = groups.filter(({ calls }) => calls.length > 0);
  return [
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${prose(title)}</title>`,
    `<meta name="viewport" content="width=device-width"><style>${STYLE}</style></head><body><main>`,
    `<h1>${prose(title)}</h1><p>${prose(description)} <a href="openapi.json">The same for machines</a>.</p>`,
    `<nav><ul>${operations.map(({ id, call }) => `<li><a href="#${escaped(id)}"><code>${escaped(call)}</code></a></li>`).join('')}</ul></nav>`,
    ...shown.map(
      ({ name, about, calls }) => `<h2>${escaped(name)}</h2><p>${prose(about)}</p>${calls.map(sectionOf).join('')}`,
    ),
    schemasIn(document),
    '</main></body></html>',
  ].join('\n');
}

function sectionOf({ id, call, is }: Operation): string {
  return [
    `<article id="${escaped(id)}"><h3><code>${escaped(call)}</code></h3>`,
    `<p><strong>${prose(is['summary'])}.</strong> ${prose(is['description'])} ${whoMay(is)}</p>`,
    parametersOf(listIn(is['parameters'])),
    bodyOf(objectIn(is['requestBody'])),
    answersOf(objectIn(is['responses'])),
    '</article>',
  ].join('');
}

function whoMay({ security }: JsonObject): string {
  const [scheme] = listIn(security).flatMap((each) => Object.keys(each));
  if (scheme === undefined) return 'Anybody may call it.';
  return scheme === 'app' ? 'Called by an application, with HTTP Basic.' : 'Called with the token of a session.';
}

function parametersOf(parameters: readonly JsonObject[]): string {
  if (parameters.length === 0) return '';
  const rows = parameters.map(
    ({ name, in: place, required, description }) =>
      `<tr><td><code>${escaped(textIn(name))}</code></td><td>${escaped(textIn(place))}${required === true ? ', required' : ''}</td><td>${prose(description)}</td></tr>`,
  );
  return `<table><tbody>${rows.join('')}</tbody></table>`;
}

function bodyOf({ content }: JsonObject): string {
  const [media] = Object.values(objectIn(content));
  return media === undefined ? '' : folded('Body', objectIn(media)['schema']);
}

function answersOf(responses: JsonObject): string {
  const rows = Object.entries(responses).map(([status, response]) => {
    const { description, content } = objectIn(response);
    const [media] = status.startsWith('2') ? Object.values(objectIn(content)) : [];
    const body = media === undefined ? '' : folded('Answer', objectIn(media)['schema']);
    return `<tr><td>${escaped(status)}</td><td>${prose(description)}${body}</td></tr>`;
  });
  return `<table><tbody>${rows.join('')}</tbody></table>`;
}

function folded(name: string, schema: JsonValue | undefined): string {
  return `<details><summary>${name}</summary><pre>${escaped(JSON.stringify(schema, null, 2))}</pre></details>`;
}

function schemasIn(document: JsonObject): string {
  const schemas = Object.entries(objectIn(objectIn(document['components'])['schemas']));
  return `<h2>Schemas</h2>${schemas.map(([name, schema]) => folded(escaped(name), schema)).join('')}`;
}
