// Writes the reference of refusals: every code there is, and what each dialect makes of it.
import { REFUSALS } from '#core';

const INTRODUCTION = `# Refusals

Whenever the server says no it has one of these reasons. Log, metrics and audit trail name the code; what the client reads is its dialect's own wording
(\`src/dialects/*/refusals.ts\`). The kind decides where a dialect has no words of its own for the code. Every refused answer carries
\`X-Support-Code\`, and the log line of that answer has it as \`id\`.

Anything that is not in this list is a fault: it is answered in the dialect's one fixed way and logged with its cause.
`;

export function refusalReference(): string {
  const rows = Object.entries(REFUSALS).map(([code, { kind, text }]) => `| \`${code}\` | ${kind} | ${text} |`);
  return [INTRODUCTION, '| code | kind | meaning |', '|---|---|---|', ...rows, ''].join('\n');
}
