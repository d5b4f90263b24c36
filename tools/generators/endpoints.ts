// Writes the reference of endpoints: every documented call, and the name the operator switches it by.
import { DIALECTS } from '#main';
import type { Dialect } from '#wire';

const INTRODUCTION = `# Endpoints

\`understudy endpoint close <endpoint>\` shuts one while the server runs, \`understudy endpoint open <endpoint>\` opens it again.
`;

export function endpointReference(): string {
  return [INTRODUCTION, '| endpoint | call | flow |', '|---|---|---|', ...DIALECTS.flatMap(rowsOf), ''].join('\n');
}

function rowsOf({ name, rows }: Dialect): readonly string[] {
  return rows.map(
    ({ endpoint, on, does }) => `| \`${name}.${endpoint}\` | ${on.map((call) => `\`${call}\``).join(', ')} | ${does} |`,
  );
}
