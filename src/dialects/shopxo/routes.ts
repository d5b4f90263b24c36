// The documented calls of ShopXO, one row each; their URLs have many spellings, told in url-forms.ts.
import type { AnyRow } from '#wire';
import { readHolder, readRegistration, readReset } from './account-reads.ts';
import { readPicture } from './challenge.ts';
import { readLoginCode, readRegisterCode, readResetCode } from './code-reads.ts';
import { isCodeLogin, readBaseCommon, readCodeLogin, readPasswordLogin } from './reads.ts';
import {
  pictureRefusals,
  registerCodeRefusals,
  registrationRefusals,
  resetCodeRefusals,
  resetRefusals,
  sendingRefusals,
} from './refusals.ts';
import type { ShopxoSettings } from './settings.ts';
import { writeLeftOut } from './unknown-route.ts';
import { LEFT_OUT } from './url-forms.ts';
import {
  writeAccount,
  writeBaseCommon,
  writeCenter,
  writeLogin,
  writeLogout,
  writePicture,
  writeRegistration,
  writeReset,
  writeSent,
} from './writes.ts';

type Paths = AnyRow<ShopxoSettings>['on'];
const at = (path: `/${string}`): Paths => [`GET ${path}`, `POST ${path}`];

// oxfmt-ignore
export const rows: readonly AnyRow<ShopxoSettings>[] = [
  { endpoint: 'login',                 on: at('/user/login'),               does: 'signInWithCode',     reads: readCodeLogin,     writes: writeLogin,   when: isCodeLogin },
  { endpoint: 'login',                 on: at('/user/login'),               does: 'signInWithPassword', reads: readPasswordLogin, writes: writeLogin },
  { endpoint: 'base-common',           on: at('/base/common'),              does: 'describeSignIn',     reads: readBaseCommon,    writes: writeBaseCommon },
  { endpoint: 'user-verify-entry',     on: ['GET /user/userverifyentry'],   does: 'showPicture',        reads: readPicture,       writes: writePicture,      refuses: pictureRefusals },
  { endpoint: 'login-verify-send',     on: at('/user/loginverifysend'),     does: 'sendCode',           reads: readLoginCode,     writes: writeSent,         refuses: sendingRefusals },
  { endpoint: 'reg-verify-send',       on: at('/user/regverifysend'),       does: 'sendCode',           reads: readRegisterCode,  writes: writeSent,         refuses: registerCodeRefusals },
  { endpoint: 'forgetpwd-verify-send', on: at('/user/forgetpwdverifysend'), does: 'sendCode',           reads: readResetCode,     writes: writeSent,         refuses: resetCodeRefusals },
  { endpoint: 'reg',                   on: at('/user/reg'),                 does: 'signUp',             reads: readRegistration,  writes: writeRegistration, refuses: registrationRefusals },
  { endpoint: 'forgetpwd',             on: at('/user/forgetpwd'),           does: 'resetPassword',      reads: readReset,         writes: writeReset,        refuses: resetRefusals },
  { endpoint: 'center',                on: at('/user/center'),              does: 'describeAccount',    reads: readHolder,        writes: writeCenter },
  { endpoint: 'token-userinfo',        on: at('/user/tokenuserinfo'),       does: 'describeAccount',    reads: readHolder,        writes: writeAccount },
  { endpoint: 'logout',                on: at('/user/logout'),              does: 'signOut',            reads: readHolder,        writes: writeLogout },
  { endpoint: 'left-out',              on: at(LEFT_OUT),                    does: 'describeAccount',    reads: readHolder,        writes: writeLeftOut },
];
