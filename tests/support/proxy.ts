// The proxies whose samples we ship, run from those very samples: only addresses, certificate and places of logs are a test's own.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { freePort } from './free-port.ts';
import { findProgram } from './requirements.ts';
import { newFolder } from './run-folder.ts';

const ROOT = join(import.meta.dirname, '../..');
const PATIENCE_MS = 15_000;
const LOOK_EVERY_MS = 20;

/** What stands behind the proxy, and how it speaks to the outside. */
export interface ProxyOptions {
  /** Two ports of the loopback address. */
  readonly servers: readonly [number, number];
  /** Without one it speaks plain HTTP. */
  readonly tls?: { readonly cert: string; readonly key: string };
}

/** A running proxy. */
export class Proxy {
  readonly port: number;
  readonly #folder: string;
  readonly #child: ChildProcess;

  private constructor(port: number, folder: string, child: ChildProcess) {
    this.port = port;
    this.#folder = folder;
    this.#child = child;
  }

  /** Starts a program that stays in the foreground and keeps its logs in the folder. Whoever starts it stops it. */
  static async start(port: number, folder: string, [program = '', ...words]: readonly string[]): Promise<Proxy> {
    const output = openSync(join(folder, 'output.log'), 'a');
    const env = { PATH: '/usr/sbin:/usr/bin:/bin', HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
    const child = spawn(program, words, { cwd: folder, env, stdio: ['ignore', output, output] });
    closeSync(output);
    const proxy = new Proxy(port, folder, child);
    await proxy.#isListening();
    return proxy;
  }

  /** Everything it has written so far, whatever the file. */
  get written(): string {
    const files = readdirSync(this.#folder).filter((name) => name.endsWith('.log'));
    return files.map((name) => readFileSync(join(this.#folder, name), 'utf8')).join('\n');
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const closed = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await closed;
  }

  async #isListening(): Promise<void> {
    const startedAt = performance.now();
    while (!(await isTaken(this.port))) {
      const isOver = this.#child.exitCode !== null || performance.now() - startedAt > PATIENCE_MS;
      if (isOver) throw new Error(`the proxy does not listen: ${this.written}`);
      await pause(LOOK_EVERY_MS);
    }
  }
}

/** nginx with `deploy/nginx/understudy.conf`. */
export async function startNginx({ servers: [one, other], tls }: ProxyOptions): Promise<Proxy> {
  const [folder, port] = [newFolder('log'), await freePort()];
  const sample = exchanged('deploy/nginx/understudy.conf', [
    ['understudy-1:8080', `127.0.0.1:${one}`],
    ['understudy-2:8080', `127.0.0.1:${other}`],
    ['listen 443 ssl;', `listen 127.0.0.1:${port}${tls === undefined ? '' : ' ssl'};`],
    ['ssl_certificate /run/secrets/tls-certificate;', tls === undefined ? '' : `ssl_certificate ${tls.cert};`],
    ['ssl_certificate_key /run/secrets/tls-key;', tls === undefined ? '' : `ssl_certificate_key ${tls.key};`],
    ['access_log /dev/stdout', `access_log ${folder}/access.log`],
    ['error_log /dev/stderr', `error_log ${folder}/error.log`],
  ]);
  writeFileSync(join(folder, 'nginx.conf'), nginxAround(sample));
  const command = ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', join(folder, 'start.log')];
  return Proxy.start(port, folder, [findProgram('nginx') ?? '', ...command]);
}

/** What a distribution's own nginx.conf has around the sample. */
function nginxAround(sample: string): string {
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path temp-${name};`);
  // Its workers are ours: they may read what we may.
  const user = process.getuid?.() === 0 ? 'user root;' : '';
  const http = ['access_log off;', ...paths, sample].join('\n');
  return `${user} daemon off; pid nginx.pid; worker_processes 1;\nevents { worker_connections 1024; }\nhttp {\n${http}\n}\n`;
}

/** Caddy with `deploy/caddy/Caddyfile`. */
export async function startCaddy({ servers: [one, other], tls }: Required<ProxyOptions>): Promise<Proxy> {
  const [folder, port] = [newFolder('log'), await freePort()];
  const sample = exchanged('deploy/caddy/Caddyfile', [
    ['understudy-1:8080 understudy-2:8080', `127.0.0.1:${one} 127.0.0.1:${other}`],
    ['login.example.org {', `https://127.0.0.1:${port} {\n\ttls ${tls.cert} ${tls.key}`],
    ['auto_https disable_redirects', 'auto_https disable_redirects\n\tadmin off\n\tskip_install_trust'],
  ]);
  writeFileSync(join(folder, 'Caddyfile'), sample);
  mkdirSync(join(folder, 'caddy'), { recursive: true });
  return Proxy.start(port, folder, [findProgram('caddy') ?? '', 'run', '--config', join(folder, 'Caddyfile')]);
}

/** The sample with what is different in a test. @throws Error when it does not have what is to be exchanged exactly once */
function exchanged(path: string, changes: readonly (readonly [from: string, to: string])[]): string {
  return changes.reduce(
    (text, [from, to]) => {
      if (text.split(from).length !== 2) throw new Error(`${path} does not have "${from}" exactly once`);
      return text.replace(from, to);
    },
    readFileSync(join(ROOT, path), 'utf8'),
  );
}

async function isTaken(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const isThere = once(socket, 'connect').then(
    () => true,
    () => false,
  );
  return isThere.finally(() => socket.destroy());
}
