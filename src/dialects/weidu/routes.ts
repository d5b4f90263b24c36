// The documented calls of weidu, one row each.
import type { AnyRow } from '#wire';
import { readHolder, readLogin, readMobileLogin, readSms, readVerification } from './reads.ts';
import { codeWrong } from './refusals.ts';
import type { WeiduSettings } from './settings.ts';
import { writeLogin, writeLogout, writeMe, writeSms, writeVerification } from './writes.ts';

/** Nobody is told by a code which numbers have an account. */
const numberUnknown = { 'account.unknown': codeWrong } as const;

// oxfmt-ignore
export const rows: readonly AnyRow<WeiduSettings>[] = [
  { endpoint: 'login',        on: ['POST /weidu/api/v1/users/login'],                 does: 'signInWithPassword', reads: readLogin,        writes: writeLogin },
  { endpoint: 'mobile-sms',   on: ['POST /weidu/api/v1/users/mobile/sms'],            does: 'sendCode',           reads: readSms,          writes: writeSms },
  { endpoint: 'mobile-login', on: ['POST /weidu/api/v1/users/mobile/login'],          does: 'signInWithCode',     reads: readMobileLogin,  writes: writeLogin,        refuses: numberUnknown },
  { endpoint: 'verification', on: ['POST /weidu/api/v1/users/behavior/verification'], does: 'passChallenge',      reads: readVerification, writes: writeVerification },
  { endpoint: 'me',           on: ['GET /weidu/api/v1/users/me'],                     does: 'describeAccount',    reads: readHolder,       writes: writeMe },
  { endpoint: 'logout',       on: ['POST /weidu/api/v1/users/logout'],                does: 'signOut',            reads: readHolder,       writes: writeLogout },
];
