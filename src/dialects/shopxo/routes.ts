// The documented calls of ShopXO, one row each; their URLs have many spellings, told in url-forms.ts.
import type { AnyRow } from '#wire';
import { isCodeLogin, readBaseCommon, readCodeLogin, readPasswordLogin } from './reads.ts';
import type { ShopxoSettings } from './settings.ts';
import { writeBaseCommon, writeLogin } from './writes.ts';

const LOGIN = ['GET /user/login', 'POST /user/login'] as const;
const BASE_COMMON = ['GET /base/common', 'POST /base/common'] as const;

// oxfmt-ignore
export const rows: readonly AnyRow<ShopxoSettings>[] = [
  { endpoint: 'login',       on: LOGIN,       does: 'signInWithCode',     reads: readCodeLogin,     writes: writeLogin, when: isCodeLogin },
  { endpoint: 'login',       on: LOGIN,       does: 'signInWithPassword', reads: readPasswordLogin, writes: writeLogin },
  { endpoint: 'base-common', on: BASE_COMMON, does: 'describeSignIn',     reads: readBaseCommon,    writes: writeBaseCommon },
];
