// The documented calls of weidu, one row each.
import type { AnyRow } from '#wire';
import { readUpdate } from './profile-update.ts';
import {
  readEmailQuestion,
  readHolder,
  readLogin,
  readMobileLogin,
  readMobileQuestion,
  readReset,
  readSignup,
  readSms,
  readVerification,
} from './reads.ts';
import { codeWrong } from './refusals.ts';
import type { WeiduSettings } from './settings.ts';
import { writeDone, writeExistence, writeLogin, writeLogout, writeMe, writeVerification } from './writes.ts';

/** Nobody is told by a code which numbers have an account. */
const numberUnknown = { 'account.unknown': codeWrong } as const;

const at = (call: string) => `/weidu/api/v1/users/${call}` as const;

// oxfmt-ignore
export const rows: readonly AnyRow<WeiduSettings>[] = [
  { endpoint: 'login',         on: [`POST ${at('login')}`],                 does: 'signInWithPassword', reads: readLogin,          writes: writeLogin },
  { endpoint: 'mobile-sms',    on: [`POST ${at('mobile/sms')}`],            does: 'sendCode',           reads: readSms,            writes: writeDone },
  { endpoint: 'mobile-login',  on: [`POST ${at('mobile/login')}`],          does: 'signInWithCode',     reads: readMobileLogin,    writes: writeLogin,        refuses: numberUnknown },
  { endpoint: 'mobile-signup', on: [`POST ${at('mobile/signup')}`],         does: 'signUp',             reads: readSignup,         writes: writeLogin },
  { endpoint: 'mobile-reset',  on: [`POST ${at('mobile/reset')}`],          does: 'resetPassword',      reads: readReset,          writes: writeDone,         refuses: numberUnknown },
  { endpoint: 'mobile-exist',  on: [`POST ${at('mobile/exist')}`],          does: 'checkIdentifier',    reads: readMobileQuestion, writes: writeExistence },
  { endpoint: 'email-exist',   on: [`POST ${at('email/exist')}`],           does: 'checkIdentifier',    reads: readEmailQuestion,  writes: writeExistence },
  { endpoint: 'verification',  on: [`POST ${at('behavior/verification')}`], does: 'passChallenge',      reads: readVerification,   writes: writeVerification },
  { endpoint: 'me',            on: [`GET ${at('me')}`],                     does: 'describeAccount',    reads: readHolder,         writes: writeMe },
  { endpoint: 'update',        on: [`PUT ${at('update')}`],                 does: 'updateProfile',      reads: readUpdate,         writes: writeMe },
  { endpoint: 'logout',        on: [`POST ${at('logout')}`],                does: 'signOut',            reads: readHolder,         writes: writeLogout },
];
