// A PostgreSQL of a test's own, as it comes from Debian's packages and with nothing switched off, which the test may stop and start.
import { execFile, execFileSync } from 'node:child_process';
import { chownSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A server that listens on a socket in a folder of its own. */
export class OwnPostgres {
  /** The database it comes with. */
  readonly url: string;
  readonly #folder: string;
  readonly #programs: string;

  private constructor(folder: string, programs: string) {
    this.#folder = folder;
    this.#programs = programs;
    this.url = `postgres://postgres@localhost/postgres?host=${folder}`;
  }

  /** @throws Error where PostgreSQL is not installed */
  static async start(): Promise<OwnPostgres> {
    const [programs] = globSync('/usr/lib/postgresql/*/bin').toSorted().toReversed();
    if (programs === undefined) throw new Error('PostgreSQL is not installed (Debian: apt-get install postgresql)');
    const folder = mkdtempSync(join(tmpdir(), 'understudy-postgres-'));
    const { uid, gid } = owner();
    if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
    const server = new OwnPostgres(folder, programs);
    await server.#run('initdb', '--username=postgres', '--auth=trust', '--encoding=UTF8');
    await server.start();
    return server;
  }

  async start(): Promise<void> {
    const options = `-c listen_addresses= -c unix_socket_directories=${this.#folder} -c max_connections=100`;
    await this.#run('pg_ctl', '--wait', `--log=${join(this.#folder, 'log')}`, `--options=${options}`, 'start');
  }

  /** Stops as if the plug were pulled: it finds out at the next start what it had promised. */
  async stop(): Promise<void> {
    await this.#run('pg_ctl', '--mode=immediate', 'stop');
  }

  async remove(): Promise<void> {
    await this.stop().catch(() => undefined);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #run(program: string, ...words: readonly string[]): Promise<void> {
    const data = `--pgdata=${join(this.#folder, 'data')}`;
    await run(join(this.#programs, program), [data, ...words], { cwd: this.#folder, ...owner() });
  }
}

/** PostgreSQL does not run as root: there the user its package has made takes over. */
function owner(): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const idOf = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}
