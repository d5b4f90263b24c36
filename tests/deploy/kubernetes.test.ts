// The Kubernetes manifests: of the right form down to the last key, safe by the standard of restricted pods, and with settings a server accepts.
import { execFileSync } from 'node:child_process';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { Deployment } from 'kubernetes-models/apps/v1';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { ConfigMap, Service } from 'kubernetes-models/v1';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

import { newFolder } from '../support/run-folder.ts';
import { configOf, reasonsAgainst, secondsToStop } from './settings.ts';

const manifestOf = (file: string): unknown => parse(readFileSync(file, 'utf8'));
const read = (name: string): unknown => manifestOf(`deploy/kubernetes/${name}.yaml`);

const models = {
  'network-policy': new NetworkPolicy(read('network-policy') as never),
  'disruption-budget': new PodDisruptionBudget(read('disruption-budget') as never),
  configuration: new ConfigMap(read('configuration') as never),
  deployment: new Deployment(read('deployment') as never),
  service: new Service(read('service') as never),
};
const { deployment, configuration } = models;
const pod = deployment.spec?.template.spec;
const [container] = pod?.containers ?? [];

/** A program in which each manifest is a value of its type: the compiler knows every key there is. */
function asTyped(): string {
  const imports = [
    "import type { IDeployment } from 'kubernetes-models/apps/v1';",
    "import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';",
    "import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1';",
    "import type { IConfigMap, IService } from 'kubernetes-models/v1';",
  ];
  const values = Object.entries(models).map(
    ([name, { kind }]) => `export const ${kind}: I${kind} = ${JSON.stringify(read(name))};`,
  );
  return [...imports, ...values].join('\n');
}

describe('the Kubernetes manifests', () => {
  it('are all looked at here', () => {
    const files = globSync('deploy/kubernetes/*').map((file) => basename(file, '.yaml'));

    expect(files.toSorted()).toEqual(Object.keys(models).toSorted());
  });

  it.each(Object.entries(models))('are of the form Kubernetes asks for: %s', (_, model) => {
    expect(() => model.validate()).not.toThrow();
  });

  it('have no key that Kubernetes does not know', () => {
    const file = join(newFolder('data'), 'manifests.ts');
    writeFileSync(file, asTyped());
    const options = ['--noEmit', '--ignoreConfig', '--strict', '--skipLibCheck', '--module', 'nodenext'];

    const said = execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', ...options, file], {
      encoding: 'utf8',
    });

    expect(said).toBe('');
  });

  it('belong together by one label', () => {
    const label = { 'app.kubernetes.io/name': 'understudy' };

    expect(deployment.spec?.selector.matchLabels).toEqual(label);
    expect(deployment.spec?.template.metadata?.labels).toEqual(label);
    expect(models.service.spec?.selector).toEqual(label);
    expect(models['disruption-budget'].spec?.selector?.matchLabels).toEqual(label);
    expect(models['network-policy'].spec?.podSelector?.matchLabels).toEqual(label);
  });

  it('start servers with settings they accept, and give them time to stop', () => {
    const config = configOf(configuration.data ?? {});

    expect(reasonsAgainst(config)).toEqual([]);
    expect(pod?.terminationGracePeriodSeconds).toBeGreaterThan(secondsToStop(config));
    // A leaving server must be known to leave before it stops listening.
    expect(config.shutdownDelaySeconds).toBeGreaterThan(2 * (container?.readinessProbe?.periodSeconds ?? 10));
  });

  it('take secrets from a Secret alone', () => {
    const sources = container?.env?.map(({ name, value, valueFrom }) => [name, value, valueFrom?.secretKeyRef?.name]);

    expect(sources).toEqual([
      ['PGPASSWORD', undefined, 'understudy'],
      ['UNDERSTUDY_KEYS', undefined, 'understudy'],
    ]);
    expect(pod?.enableServiceLinks).toBe(false);
  });

  it('ask for no right a restricted pod may not have', () => {
    expect(pod?.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    expect(pod?.automountServiceAccountToken).toBe(false);
    expect(container?.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
  });

  it('ask whether a server is alive, which it is without its database, before they replace it', () => {
    const paths = [container?.livenessProbe, container?.readinessProbe].map((probe) => probe?.httpGet?.path);

    expect(paths).toEqual(['/healthz', '/readyz']);
  });
});
