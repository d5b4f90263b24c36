// Which endpoints this server answers at, and for which pool of accounts.
import type { Config } from '#config';
import type { ServedEndpoint } from '#core';
import type { Dialect } from '#wire';

export function servedEndpoints(dialects: readonly Dialect[], config: Config): readonly ServedEndpoint[] {
  const all = dialects.flatMap(({ name: dialect, rows }) => {
    const realm = String(config.dialects[dialect]?.['realm']);
    return rows.map(({ endpoint }) => ({ name: `${dialect}.${endpoint}`, dialect, realm }));
  });
  return [...new Map(all.map((served) => [served.name, served])).values()];
}
