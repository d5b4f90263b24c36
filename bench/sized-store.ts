// Stores of a size: filled once, kept outside of the repository, and copied or reused by every later run.
import { hash as digest } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { findPostgres } from '#tests/support/postgres';
import { Client } from 'pg';
import { multiplyAccounts } from './multiply-accounts.ts';
import { importLines, makePeople, mobileOf, type Person } from './people.ts';
import type { AppKey, Rig } from './rig.ts';

export const ENGINES = ['sqlite', 'postgres'] as const;
export type Engine = (typeof ENGINES)[number];

/** How many accounts, and what keeps them. */
export interface Size {
  readonly accounts: number;
  readonly engine: Engine;
}

/** A store with so many accounts, all of one password, and a live session for each. */
export interface SizedStore {
  readonly dataDir: string;
  /** Where it is, for the program. */
  readonly environment: Readonly<Record<string, string>>;
  readonly databaseUrl: string;
  readonly app: AppKey;
  /** A few of them from all over. */
  readonly people: readonly Person[];
  /** Tokens are not known of those who never signed in: whoever wants some signs in. */
  readonly accounts: number;
}

const STORES = join(tmpdir(), 'understudy-bench-stores');
const SCHEMA = join(import.meta.dirname, '..', 'src', 'storage', 'sql', 'migrations', '0001-first.ts');
const SAMPLE = 2000;
const HOUR_MS = 3_600_000;

const SESSIONS = `
  insert into sessions (digest, id, account_id, realm, dialect, source, issued_at, expires_at, seen_at, ends_at)
  select ? || lower(hex(randomblob(16))), lower(hex(randomblob(16))), accounts.id, 'main', 'weidu', '127.0.0.1', ?, ?, ?, ?
  from accounts cross join json_each(?) where accounts.number > ?`;

/** The same store as in every run before, fresh for this one where that costs nothing but a copy. */
export async function sizedStore(rig: Rig, size: Size): Promise<SizedStore> {
  const kept = await keptStore(rig, size.accounts);
  const dataDir = rig.newFolder();
  cpSync(kept, dataDir, { recursive: true });
  const app = JSON.parse(readFileSync(join(kept, 'app.json'), 'utf8')) as AppKey;
  const store = { dataDir, app, accounts: size.accounts, people: await peopleOf(size.accounts) };
  const file = `sqlite:${join(dataDir, 'understudy.db')}`;
  const databaseUrl = size.engine === 'sqlite' ? file : await inPostgres(rig, dataDir, kept);
  return { ...store, databaseUrl, environment: { UNDERSTUDY_DATABASE_URL: databaseUrl } };
}

/** Adds sessions that ended long ago, so many for each account but the first ones: at a sign-in the eldest of too many would go. */
export function addEndedSessions(
  { dataDir }: Pick<SizedStore, 'dataDir'>,
  { each, except }: Pick<Sessions, 'each' | 'except'>,
): void {
  addSessions(join(dataDir, 'understudy.db'), { name: 'ended', each, except, endsAt: Date.now() - 48 * HOUR_MS });
}

/** An empty database on the PostgreSQL at hand. */
export async function freshDatabase(name: string): Promise<string> {
  const server = await findPostgres();
  if (server === undefined) throw new Error('there is no PostgreSQL that lets us make databases');
  const client = new Client({ connectionString: server });
  await client.connect();
  await client.query(['drop database if exists', name, 'with (force)'].join(' '));
  await client.query(['create database', name, "template template0 encoding 'UTF8'"].join(' '));
  await client.end();
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

async function keptStore(rig: Rig, accounts: number): Promise<string> {
  const version = digest('sha256', readFileSync(SCHEMA), 'hex').slice(0, 8);
  const folder = join(STORES, `${version}-${accounts}`);
  const isReady = join(folder, 'app.json');
  if (existsSync(isReady)) return folder;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(rig.newFolder(), 'people.jsonl');
  writeFileSync(file, importLines(await makePeople(1)));
  await rig.run(['account', 'import', file, '--data', folder]);
  multiplyAccounts(join(folder, 'understudy.db'), accounts);
  const app = await rig.run(['app', 'add', 'bench', '--json', '--data', folder]);
  addSessions(join(folder, 'understudy.db'), {
    name: 'live',
    each: 1,
    except: 0,
    endsAt: Date.now() + 24 * 365 * HOUR_MS,
  });
  writeFileSync(isReady, app, { mode: 0o600 });
  return folder;
}

interface Sessions {
  readonly name: string;
  readonly each: number;
  /** So many of the first accounts have none. */
  readonly except: number;
  readonly endsAt: number;
}

function addSessions(path: string, { name, each, except, endsAt }: Sessions): void {
  const database = new DatabaseSync(path);
  const times = JSON.stringify(Array.from({ length: each }, (_, time) => time));
  const issuedAt = Math.min(Date.now(), endsAt) - HOUR_MS;
  database.prepare(SESSIONS).run(name, issuedAt, endsAt, issuedAt, endsAt, times, except);
  database.close();
}

/** Moved there by the program itself, once. */
async function inPostgres(rig: Rig, dataDir: string, kept: string): Promise<string> {
  const noted = join(kept, 'postgres.url');
  if (existsSync(noted)) return readFileSync(noted, 'utf8');
  const url = await freshDatabase(
    `understudy_bench_${kept
      .split(/[/\\-]/)
      .slice(-2)
      .join('_')}`,
  );
  await rig.run(['move', '--to', url, '--data', dataDir]);
  writeFileSync(noted, url);
  return url;
}

/** All have the password of the first. */
async function peopleOf(accounts: number): Promise<readonly Person[]> {
  const [first] = await makePeople(1);
  if (first === undefined) throw new RangeError('there is nobody');
  const step = Math.max(1, Math.floor(accounts / SAMPLE));
  const places = Array.from({ length: Math.min(SAMPLE, accounts) }, (_, place) => place * step);
  return places.map((index) => ({ ...first, mobile: mobileOf(index) }));
}
