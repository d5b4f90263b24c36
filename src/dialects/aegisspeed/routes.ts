// The documented calls of AegisSpeed, one row each.
import type { AnyRow } from '#wire';
import { readAdminLogin, readInfo, readLogout, readRegistration, readUserLogin } from './reads.ts';
import {
  adminLoginRefusals,
  infoFault,
  infoRefusals,
  registrationFault,
  registrationRefusals,
  userLoginRefusals,
} from './refusals.ts';
import type { AegisSpeedSettings } from './settings.ts';
import { writeAdminLogin, writeInfo, writeLogout, writeRegistration, writeUserLogin } from './writes.ts';

const USER_LOGIN = 'POST /user/login/login_user_info';
const ADMIN_LOGIN = 'POST /user/login/login_admin_info_by_aegisspeed_id';
const REGISTRATION = 'POST /user/register/register_user_info';
const INFO = 'GET /user/info/get_user_info';
const LOGOUT = 'POST /user/login/logout';

// oxfmt-ignore
export const rows: readonly AnyRow<AegisSpeedSettings>[] = [
  { endpoint: 'login',       on: [USER_LOGIN],   does: 'signInWithPassword', reads: readUserLogin,    writes: writeUserLogin,    refuses: userLoginRefusals },
  { endpoint: 'admin-login', on: [ADMIN_LOGIN],  does: 'signInWithPassword', reads: readAdminLogin,   writes: writeAdminLogin,   refuses: adminLoginRefusals },
  { endpoint: 'register',    on: [REGISTRATION], does: 'signUp',             reads: readRegistration, writes: writeRegistration, refuses: registrationRefusals, fails: registrationFault },
  { endpoint: 'info',        on: [INFO],         does: 'describeAccount',    reads: readInfo,         writes: writeInfo,         refuses: infoRefusals,         fails: infoFault },
  { endpoint: 'logout',      on: [LOGOUT],       does: 'signOut',            reads: readLogout,       writes: writeLogout },
];
