// Carries out `config show` and `config check`.
import { ConfigError, showConfig as settingsInForce } from '#config';
import type { JsonValue } from '#core';
import type { Act } from '../act.ts';
import { arrangementOf } from '../open.ts';
import { table } from '../report.ts';

/** `config show` */
export const showConfig: Act = async (call) => {
  const { dialects } = await arrangementOf(call);
  const { config: file, data: dataDir, databaseUrl } = call.options;
  const settings = settingsInForce({ flags: { dataDir, databaseUrl }, env: call.terminal.environment, file, dialects });
  const rows = settings.map(({ key, value, source }) => [
    key,
    value === undefined ? '' : JSON.stringify(value),
    source,
  ]);
  return {
    text: table(['key', 'value', 'from'], rows),
    json: {
      settings: settings.map(({ key, value, source }) => ({ key, value: (value ?? null) as JsonValue, source })),
    },
  };
};

/** `config check` */
export const checkConfig: Act = async (call) => {
  try {
    await arrangementOf(call);
    return { text: 'the configuration is valid', json: { isValid: true, problems: [] } };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const problems = error.problems.map(({ key, source, text }) => ({ key, source, text }));
    return {
      text: problems.map(({ key, source, text }) => `${key} (${source}): ${text}`).join('\n'),
      json: { isValid: false, problems },
      exitCode: 1,
    };
  }
};
