// The many URLs under which one ShopXO call is known, and the route they all mean.
import { Refusal } from '#core';
import type { WireRequest } from '#wire';
import { isLeftOut } from './original-routes.ts';

/** What a request asks for, in the original's words; lower case. */
export interface Route {
  readonly controller: string;
  readonly action: string;
  /** Nothing is left beyond controller and action. */
  readonly isWhole: boolean;
}

const ENTRY = /^\/(?:(api|index)\.php(?:\/(.*))?)?$/;
const API_MODULE = /^\/?api\//i;
const BARE = /^\/(?:user|base)\//;
const BARE_IN_ANY_CASE = new RegExp(BARE.source, 'i');

/** Stands for all routes of the original that are not served here: one of them, for no path of a request has a query. */
export const LEFT_OUT = '/api.php?s=order/index';

/** The route a request means, as it is spelled; undefined when its query cannot be read. */
export function routeOf(request: WireRequest): Route | undefined {
  const spelling = spellingOf(request);
  return spelling && parse(spelling.text);
}

/**
 * The documented path of a call of ours, however its URL is spelled.
 *
 * | URL | path |
 * |---|---|
 * | `/user/login` | `/user/login` |
 * | `/api.php?s=user/login`, `/api.php/user/login` | `/user/login` |
 * | `/index.php?s=/api/user/login`, `/index.php/api/user/login`, `/?s=api/user/login` | `/user/login` |
 * | `/api.php?s=order/index` and whatever else the original serves | `LEFT_OUT` |
 *
 * Letter case, one leading `/` and a trailing `/` or `.html` make no difference. A route in the path wins over one in `s`.
 */
export function canonicalPath(request: WireRequest): string | undefined {
  const spelling = spellingOf(request);
  if (spelling === undefined || !spelling.isApi) return undefined;
  const route = parse(spelling.text);
  if (isLeftOut(route)) return LEFT_OUT;
  return route.isWhole && isOurs(route) ? `/${route.controller}/${route.action}` : undefined;
}

/** Whether this server itself answers for the controller. */
function isOurs({ controller }: Route): boolean {
  return controller === 'user' || controller === 'base';
}

/** Requests that are ShopXO's although no prefix says so: `/?s=…`, and bare routes in other letter cases. */
export function ownsRequest(request: WireRequest): boolean {
  if (request.path === '/') return Boolean(parameterS(request));
  return BARE_IN_ANY_CASE.test(request.path) && !BARE.test(request.path);
}

/** A route as it stands in a URL. `index.php` and `/` also serve the web pages of the original: only their module `api` is spoken here. */
interface Spelling {
  readonly text: string;
  readonly isApi: boolean;
}

function spellingOf(request: WireRequest): Spelling | undefined {
  const entry = ENTRY.exec(request.path);
  if (entry === null) return { text: request.path, isApi: BARE_IN_ANY_CASE.test(request.path) };
  const [, script, pathInfo = ''] = entry;
  const text = pathInfo || parameterS(request);
  if (text === undefined || script === 'api') return text === undefined ? undefined : { text, isApi: true };
  return { text: text.replace(API_MODULE, ''), isApi: API_MODULE.test(text) };
}

function parse(text: string): Route {
  const plain = text
    .toLowerCase()
    .replace(/^\//, '')
    .replace(/\/$/, '')
    .replace(/\.html$/, '');
  const [controller, action, ...rest] = plain.split('/');
  return { controller: controller || 'index', action: action || 'index', isWhole: rest.length === 0 };
}

/** Only the query counts: a body that names a route is no way to call another one. Undefined when the query cannot be read. */
function parameterS(request: WireRequest): string | undefined {
  try {
    const { s = '' } = request.query();
    return typeof s === 'string' ? s : '';
  } catch (reason) {
    if (reason instanceof Refusal) return undefined;
    throw reason;
  }
}
