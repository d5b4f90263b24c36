// The pictures we serve ourselves: the one for people who have none.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_AVATAR_PATH } from '#wire';
import type { FastifyInstance } from 'fastify';

/** Adds the default avatar; browsers may keep it for a day. */
export function addAssets(host: FastifyInstance): void {
  const picture = readFileSync(join(import.meta.dirname, 'default-avatar.png'));
  host.get(DEFAULT_AVATAR_PATH, (_request, reply) =>
    reply.type('image/png').header('cache-control', 'public, max-age=86400').send(picture),
  );
}
