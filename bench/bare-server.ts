// What Understudy is compared with: the same framework and the same work at its heart, and nothing else.
// Usage: bare-server.ts ACCOUNTS.jsonl
import { hash as digest } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parse as parseForm } from 'node:querystring';
import { verify } from '@node-rs/argon2';
import Fastify from 'fastify';
import { LRUCache } from 'lru-cache';

interface Login {
  readonly login_id: string;
  readonly password: string;
}

interface Check {
  readonly token: string;
}

interface Known {
  readonly tokens: readonly string[];
  readonly answer: object;
}

const hashes = new Map(readAccounts(process.argv[2] ?? ''));
const known = new LRUCache<string, object>({ max: 50_000 });
const server = Fastify();

server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
  done(null, parseForm(body as string)),
);

server.post<{ Body: Login }>('/login', async ({ body: { login_id, password } }, reply) => {
  const matches = await verify(hashes.get(login_id) ?? '', password);
  return reply.code(matches ? 200 : 401).send({ result: matches ? 'ok' : 'no' });
});

server.post<{ Body: Check }>('/check', (request, reply) => {
  const found = known.get(digest('sha256', request.body.token, 'base64url'));
  return reply.code(found ? 200 : 401).send(found ?? { active: false });
});

/** Fills the cache before anything is measured, each token with an object of its own. */
server.put<{ Body: Known }>('/known', ({ body: { tokens, answer } }, reply) => {
  for (const token of tokens) known.set(digest('sha256', token, 'base64url'), { ...answer });
  return reply.send({ known: known.size });
});

function readAccounts(file: string): [string, string][] {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  return lines.map((line) => {
    const { mobile, passwordHash } = JSON.parse(line) as { mobile: string; passwordHash: string };
    return [mobile, passwordHash];
  });
}

// Nothing is ever said on this pipe: it closes when the bench ends, however it ends.
process.stdin.resume().once('close', () => process.kill(process.pid, 'SIGTERM'));
process.once('SIGTERM', () => {
  process.stdin.destroy();
  void server.close();
});
console.log(JSON.stringify({ url: await server.listen({ host: '127.0.0.1', port: 0 }) }));
