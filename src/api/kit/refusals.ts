// What every call of a kind may be refused with, so that no call has to say it for itself.
import type { RefusalCode } from '#core';
import type { Auth, CallDocument } from './document.ts';

const OF_ALL: readonly RefusalCode[] = ['endpoint.closed', 'input.malformed', 'transport.insecure'];

const OF_AUTH: Readonly<Record<Auth, readonly RefusalCode[]>> = {
  none: [],
  session: ['session.unknown'],
  app: ['app.signature', 'app.stopped', 'app.unknown', 'session.unknown', 'throttle.source', 'throttle.subnet'],
};

/** Everything the call may be refused with, each once. */
export function refusalsWithin({ auth, refuses }: Pick<CallDocument, 'auth' | 'refuses'>): readonly RefusalCode[] {
  return [...new Set([...OF_ALL, ...OF_AUTH[auth], ...refuses])].toSorted();
}
