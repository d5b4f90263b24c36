// The documented calls of ShopXO, one row each; their URLs have many spellings, told in url-forms.ts.
import type { AnyRow } from '#wire';
import { readPicture } from './challenge.ts';
import { readLoginCode, readRegisterCode, readResetCode } from './code-reads.ts';
import { isCodeLogin, readBaseCommon, readCodeLogin, readPasswordLogin } from './reads.ts';
import { pictureRefusals, registerRefusals, resetRefusals, sendingRefusals } from './refusals.ts';
import type { ShopxoSettings } from './settings.ts';
import { writeBaseCommon, writeLogin, writePicture, writeSent } from './writes.ts';

const LOGIN = ['GET /user/login', 'POST /user/login'] as const;
const BASE_COMMON = ['GET /base/common', 'POST /base/common'] as const;
const PICTURE = ['GET /user/userverifyentry'] as const;
const LOGIN_CODE = ['GET /user/loginverifysend', 'POST /user/loginverifysend'] as const;
const REG_CODE = ['GET /user/regverifysend', 'POST /user/regverifysend'] as const;
const RESET_CODE = ['GET /user/forgetpwdverifysend', 'POST /user/forgetpwdverifysend'] as const;

// oxfmt-ignore
export const rows: readonly AnyRow<ShopxoSettings>[] = [
  { endpoint: 'login',                 on: LOGIN,       does: 'signInWithCode',     reads: readCodeLogin,     writes: writeLogin,   when: isCodeLogin },
  { endpoint: 'login',                 on: LOGIN,       does: 'signInWithPassword', reads: readPasswordLogin, writes: writeLogin },
  { endpoint: 'base-common',           on: BASE_COMMON, does: 'describeSignIn',     reads: readBaseCommon,    writes: writeBaseCommon },
  { endpoint: 'user-verify-entry',     on: PICTURE,     does: 'showPicture',        reads: readPicture,       writes: writePicture, refuses: pictureRefusals },
  { endpoint: 'login-verify-send',     on: LOGIN_CODE,  does: 'sendCode',           reads: readLoginCode,     writes: writeSent,    refuses: sendingRefusals },
  { endpoint: 'reg-verify-send',       on: REG_CODE,    does: 'sendCode',           reads: readRegisterCode,  writes: writeSent,    refuses: registerRefusals },
  { endpoint: 'forgetpwd-verify-send', on: RESET_CODE,  does: 'sendCode',           reads: readResetCode,     writes: writeSent,    refuses: resetRefusals },
];
