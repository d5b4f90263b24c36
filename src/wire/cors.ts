// Whether pages of other origins may read an answer (Fetch standard, section 3.2). Off unless a dialect's document needs it.
import type { App } from '#core';
import type { CommonSettings, Dialect } from './dialect.ts';
import type { WireRequest } from './request.ts';

/** Headers for one answer; none when the origin may not read it. */
export type CorsHeaders = Readonly<Record<string, string>>;

/** What the decision depends on. */
export interface CorsQuestion {
  readonly dialect: Dialect;
  readonly settings: CommonSettings;
  readonly request: WireRequest;
  /** The app the request names, if its dialect lets apps name their origins. */
  readonly app: App | undefined;
}

/** The headers that let the page read the answer. Credentials are never allowed. */
export function corsHeaders({ dialect, settings, request, app }: CorsQuestion): CorsHeaders {
  const origin = request.header('origin');
  if (origin === undefined) return {};
  const listed = app !== undefined && app.origins.length > 0 ? app.origins : settings.origins;
  if (listed.includes(origin)) return { 'access-control-allow-origin': origin, ...exposed(dialect), vary: 'Origin' };
  const allowsAny = listed.length === 0 && dialect.cors.allowsAnyOrigin;
  return allowsAny ? { 'access-control-allow-origin': '*', ...exposed(dialect) } : { vary: 'Origin' };
}

/** Headers a page may read beyond the few every page may. */
function exposed({ cors }: Dialect): CorsHeaders {
  return { 'access-control-expose-headers': ['retry-after', 'x-support-code', ...(cors.exposes ?? [])].join(', ') };
}

/** Whether the request asks leave for another one. */
export function isPreflight(request: WireRequest): boolean {
  return (
    request.method === 'OPTIONS' &&
    request.header('origin') !== undefined &&
    request.header('access-control-request-method') !== undefined
  );
}

/** What a preflight is told besides whether the origin may. */
export function preflightHeaders(methods: readonly string[], accepts: readonly string[] = []): CorsHeaders {
  return {
    'access-control-allow-methods': methods.join(', '),
    'access-control-allow-headers': ['content-type', 'authorization', ...accepts].join(', '),
    'access-control-max-age': '600',
  };
}
