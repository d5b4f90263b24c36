// The documented calls of NoBase, one row each.
import type { AnyRow } from '#wire';
import { readCheckIn } from './check-in.ts';
import { readData, readLogin, readLogout, readNewPassword, readRegistration, readSign } from './reads.ts';
import type { NoBaseSettings } from './settings.ts';
import { writeCheckIn, writeData, writeLogin, writeLogout, writeRegistration, writeUpdate } from './writes.ts';

type Paths = AnyRow<NoBaseSettings>['on'];
const at = (name: string): Paths => [`GET /api/user/${name}`, `POST /api/user/${name}`];

// oxfmt-ignore
export const rows: readonly AnyRow<NoBaseSettings>[] = [
  { endpoint: 'login',           on: at('login'),       does: 'signInWithPassword', reads: readLogin,        writes: writeLogin },
  { endpoint: 'register',        on: at('register'),    does: 'registerAccount',    reads: readRegistration, writes: writeRegistration },
  { endpoint: 'data',            on: at('data'),        does: 'describeAccount',    reads: readData,         writes: writeData },
  { endpoint: 'check-in',        on: at('signin'),      does: 'updateProfile',      reads: readCheckIn,      writes: writeCheckIn },
  { endpoint: 'change-password', on: at('new_pass'),    does: 'changePassword',     reads: readNewPassword,  writes: writeUpdate },
  { endpoint: 'update-sign',     on: at('update_sign'), does: 'updateProfile',      reads: readSign,         writes: writeUpdate },
  { endpoint: 'logout',          on: at('logout'),      does: 'signOut',            reads: readLogout,       writes: writeLogout },
];
