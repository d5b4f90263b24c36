// What writers are handed besides the outcome, in the shape a server hands it to them.
import type { CommonSettings, Reply, Static } from '#wire';
import type { TObject } from 'typebox';
import { Default } from 'typebox/value';

import { SIGNED_IN_AT } from './signed-in.ts';
import { PUBLIC_URL, wireRequest, type Spelling } from './wire-request.ts';

/** Settings as a server has them: the defaults, and what differs from them. */
export function settingsOf<Schema extends TObject>(
  schema: Schema,
  given: object = {},
): Static<Schema> & CommonSettings {
  return Default(schema, structuredClone(given)) as Static<Schema> & CommonSettings;
}

/** A reply under these settings, to this request. */
export function replyWith<Schema extends TObject>(
  schema: Schema,
  given: object = {},
  request: Spelling = { on: 'GET /' },
): Reply<Static<Schema> & CommonSettings> {
  const settings = settingsOf(schema, given);
  const locale = settings.locale;
  return {
    request: wireRequest(request),
    settings,
    publicUrl: PUBLIC_URL,
    timeZone: 'Asia/Shanghai',
    locale,
    now: SIGNED_IN_AT,
  };
}
