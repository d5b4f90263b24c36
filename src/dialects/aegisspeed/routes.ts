// The documented calls of AegisSpeed, one row each.
import type { AnyRow } from '#wire';
import { readAdminLogin, readUserLogin } from './reads.ts';
import { adminLoginRefusals, userLoginRefusals } from './refusals.ts';
import type { AegisSpeedSettings } from './settings.ts';
import { writeAdminLogin, writeUserLogin } from './writes.ts';

const USER_LOGIN = 'POST /user/login/login_user_info';
const ADMIN_LOGIN = 'POST /user/login/login_admin_info_by_aegisspeed_id';

// oxfmt-ignore
export const rows: readonly AnyRow<AegisSpeedSettings>[] = [
  { endpoint: 'login',       on: [USER_LOGIN],  does: 'signInWithPassword', reads: readUserLogin,  writes: writeUserLogin,  refuses: userLoginRefusals },
  { endpoint: 'admin-login', on: [ADMIN_LOGIN], does: 'signInWithPassword', reads: readAdminLogin, writes: writeAdminLogin, refuses: adminLoginRefusals },
];
