// One setting: its key, its environment variable and its schema, found by walking the table of settings.
import { type TObject, Type } from 'typebox';

import { SETTINGS } from './schema.ts';

/** What can be set, under a dotted key such as `kdf.memoryKiB`. */
export interface Setting {
  readonly key: string;
  /** `UNDERSTUDY_KDF_MEMORY_KIB` */
  readonly variable: string;
  readonly schema: SettingSchema;
}

/** The part of a schema that says how a value is read, checked and explained. */
export interface SettingSchema {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly SettingSchema[];
  readonly items?: SettingSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, SettingSchema>>;
  readonly patternProperties?: Readonly<Record<string, SettingSchema>>;
  readonly additionalProperties?: boolean | SettingSchema;
  readonly required?: readonly string[];
  /** The value is shown to nobody. */
  readonly secret?: boolean;
}

/** A dialect, as far as the configuration is concerned. */
export interface ConfigurableDialect {
  readonly name: string;
  /** Schema of its settings, each with a default. */
  readonly settings: TObject;
}

/** The schema of everything: the server's settings and, under `dialects.<name>`, those of each dialect. */
export function wholeSchema(dialects: readonly ConfigurableDialect[]): TObject {
  const sections = Object.fromEntries(dialects.map(({ name, settings }) => [name, settings]));
  return Type.Object({ ...SETTINGS.properties, dialects: Type.Object(sections) });
}

/** The settings of a schema, sections opened up. */
export function settingsOf(schema: SettingSchema, prefix = ''): readonly Setting[] {
  return Object.entries(propertiesOf(schema) ?? {}).flatMap(([name, member]) => {
    const key = prefix + name;
    return propertiesOf(member) ? settingsOf(member, `${key}.`) : [{ key, variable: variableOf(key), schema: member }];
  });
}

/** The members of a section; undefined for a single setting. */
export function propertiesOf(schema: SettingSchema): Readonly<Record<string, SettingSchema>> | undefined {
  const { type, properties } = schema;
  return type === 'object' ? properties : undefined;
}

/** `kdf.memoryKiB` → `UNDERSTUDY_KDF_MEMORY_KIB` */
export function variableOf(key: string): string {
  const words = key.replaceAll('KiB', 'Kib').replaceAll(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '_');
  return `UNDERSTUDY_${words.replaceAll(/[.-]/g, '_').toUpperCase()}`;
}
