// Showing the configuration, and telling whether its file holds a secret.
import { writeFileSync } from 'node:fs';

import { file, inFreshFolders, weidu } from '#tests/support/configuration';
import { describe, expect, it } from 'vitest';

import { fileWithSecrets } from './load-config.ts';
import { showConfig } from './show-config.ts';

inFreshFolders();

describe('showing the configuration', () => {
  it('tells every value and where it comes from', () => {
    writeFileSync(file, 'drainSeconds = 3');

    const shown = showConfig({ flags: { port: '1' }, env: { UNDERSTUDY_HOST: 'localhost' }, file, dialects: [weidu] });

    const told = (key: string) => shown.find((setting) => setting.key === key);
    expect(told('port')).toEqual({ key: 'port', value: 1, source: '--port' });
    expect(told('host')).toEqual({ key: 'host', value: 'localhost', source: 'UNDERSTUDY_HOST' });
    expect(told('drainSeconds')).toEqual({ key: 'drainSeconds', value: 3, source: file });
    expect(told('publicUrl')).toEqual({ key: 'publicUrl', value: 'http://localhost:1', source: 'default' });
    expect(told('dialects.weidu.cookie.prefix')).toEqual({
      key: 'dialects.weidu.cookie.prefix',
      value: '',
      source: 'default',
    });
  });

  it('R-89 redacts secrets, the password inside a database address among them', () => {
    const env = {
      UNDERSTUDY_METRICS_TOKEN: 'canary-of-a-token',
      UNDERSTUDY_DIALECTS_WEIDU_API_SECRET: 'canary-of-a-dialect',
      UNDERSTUDY_DATABASE_URL: 'postgres://owner:canary@db.example/understudy',
    };

    const shown = JSON.stringify(showConfig({ env, dialects: [weidu] }));

    expect(shown).not.toContain('canary');
    expect(shown).toContain('postgres://owner:[redacted]@db.example/understudy');
  });
});

describe('a configuration file others may read', () => {
  it.each([
    { toml: 'port = 1', hasSecrets: false },
    { toml: '[metrics]\ntoken = ""', hasSecrets: false },
    { toml: '[metrics]\ntoken = "a secret"', hasSecrets: true },
    { toml: '[dialects.weidu]\napiSecret = "a secret"', hasSecrets: true },
    { toml: 'databaseUrl = "postgres://owner@db.example/understudy"', hasSecrets: false },
    { toml: 'databaseUrl = "postgres://owner:secret@db.example/understudy"', hasSecrets: true },
  ])('matters only when it sets a secret: $hasSecrets', ({ toml, hasSecrets }) => {
    writeFileSync(file, toml);

    const found = fileWithSecrets({ env: {}, file, dialects: [weidu] });

    expect(found).toBe(hasSecrets ? file : undefined);
  });
});
