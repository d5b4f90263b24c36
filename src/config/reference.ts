// Writes the reference of the configuration from the table of settings, so that it cannot tell anything else.
import { OTHER_VARIABLES } from './given-values.ts';
import { type ConfigurableDialect, propertiesOf, type SettingSchema, variableOf, wholeSchema } from './setting.ts';
import { demandOf } from './setting-text.ts';

const INTRODUCTION = `# Configuration

A value is looked for in this order, and the first one found counts: flags of the command, environment variables, the configuration file, the default.

The file is the one \`--config\` or \`UNDERSTUDY_CONFIG\` names, otherwise \`understudy.toml\` in the working directory, if there is one. It is TOML; the part of a key before the dot is its table. In a variable, the parts of a list stand between commas. Unknown keys and unknown variables that begin with \`UNDERSTUDY_\` are errors. Relative paths start at the working directory.

\`understudy config show\` prints every value in force and where it comes from; \`understudy config check\` only says what is wrong.
`;

/** Markdown with one table a section; the dialects come last. */
export function configurationReference(dialects: readonly ConfigurableDialect[]): string {
  const sections = sectionsOf(wholeSchema(dialects), '');
  return [INTRODUCTION, ...sections, otherVariables()].join('\n');
}

/** The settings of a section, then the sections inside it. */
function sectionsOf(schema: SettingSchema, prefix: string): readonly string[] {
  const members = Object.entries(schema.properties ?? {});
  const rows = members
    .filter(([, member]) => !propertiesOf(member))
    .map(([name, member]) => rowOf(prefix + name, member));
  const inner = members.flatMap(([name, member]) =>
    propertiesOf(member) ? sectionsOf(member, `${prefix}${name}.`) : [],
  );
  if (rows.length === 0) return inner;
  const title = prefix === '' ? 'The server' : `\`[${prefix.slice(0, -1)}]\``;
  const opening = schema.description === undefined ? '' : `${schema.description}\n\n`;
  const head = '| key | variable | what it has to be | default | |\n|---|---|---|---|---|';
  return [`## ${title}\n\n${opening}${head}\n${rows.join('\n')}\n`, ...inner];
}

function rowOf(key: string, schema: SettingSchema): string {
  const standard = schema.default === undefined || schema.default === '' ? '' : `\`${JSON.stringify(schema.default)}\``;
  const cells = [`\`${key}\``, `\`${variableOf(key)}\``, demandOf(schema), standard, schema.description ?? ''];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function otherVariables(): string {
  const rows = Object.entries(OTHER_VARIABLES).map(([name, meaning]) => `| \`${name}\` | ${meaning} |`);
  return `## Variables that are no settings\n\n| variable | meaning |\n|---|---|\n${rows.join('\n')}\n`;
}
