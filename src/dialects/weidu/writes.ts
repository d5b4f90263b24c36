// What weidu answers when all went well: to a login `user_info` as the document's example shows it, the token in a header and in cookies.
import { type Account, type JsonObject, type OutcomeOf, shownIdentifier } from '#core';
import { type Answer, attributesOf, json, type Reply } from '#wire';
import { attributes } from './attributes.ts';
import { cookiesFor, noCookies } from './carrier.ts';
import type { WeiduSettings } from './settings.ts';

type SignedIn = OutcomeOf<'signInWithPassword'>;

export function writeLogin({ account, session }: SignedIn, reply: Reply<WeiduSettings>): Answer {
  const token = session.token.reveal();
  const csrf = session.csrf?.reveal() ?? '';
  const cookies = cookiesFor({ token, userId: account.publicId, csrf, expiresAt: session.expiresAt }, reply);
  const headers = cookies.length === 0 ? { token } : { token, 'set-cookie': cookies };
  return json({ code: 200, result: 'ok', user_info: describe(account, reply) }, 200, headers);
}

/** Whoever is signed in, as a login would tell it now. */
export function writeMe(
  { account }: OutcomeOf<'describeAccount' | 'updateProfile'>,
  reply: Reply<WeiduSettings>,
): Answer {
  return json({ code: 200, result: 'ok', user_info: describe(account, reply) });
}

export function writeLogout(_: OutcomeOf<'signOut'>, reply: Reply<WeiduSettings>): Answer {
  const cookies = noCookies(reply);
  return json({ code: 200, result: 'ok' }, 200, cookies.length === 0 ? {} : { 'set-cookie': cookies });
}

/** It is done, and there is nothing more to tell: not even when the next code may be asked for. */
export function writeDone(): Answer {
  return json({ code: 200, result: 'ok' });
}

export function writeExistence({ isHeld }: OutcomeOf<'checkIdentifier'>): Answer {
  return json({ code: 200, result: 'ok', is_exist: isHeld });
}

export function writeVerification({ token }: OutcomeOf<'passChallenge'>): Answer {
  return json({ code: 200, result: 'ok', captcha_token: token.reveal() });
}

const GENDERS = { unknown: 0, male: 1, female: 2 } as const;

/** The person, key by key in the order and the types of the document's example. */
function describe(account: Account, { publicUrl }: Reply<WeiduSettings>): JsonObject {
  const { profile } = account;
  const own = attributesOf(attributes, account, 'weidu');
  return {
    id: account.publicId,
    create_at: account.createdAt,
    update_at: account.updatedAt,
    username: shownIdentifier(account, 'username') ?? numberName(account.id),
    mobile: shownIdentifier(account, 'mobile') === undefined ? '' : '******',
    real_name_verified: own.real_name_verified,
    nickname: profile.nickname ?? '',
    avatar_url: absolute(profile.avatar, publicUrl),
    city: profile.city ?? '',
    province: profile.province ?? '',
    country: profile.country ?? '',
    gender: GENDERS[profile.gender ?? 'unknown'],
    roles: account.roles.join(' ') || 'general_user',
    desc: own.desc,
    major: own.major,
    level: own.level,
    refund_rate: own.refund_rate,
    dispute_rate: own.dispute_rate,
    serve_num: own.serve_num,
    work_num: own.work_num,
    last_password_update: account.passwordChangedAt ?? 0,
  };
}

/** An account without a user name is shown under a number of 19 digits, always the same one. */
function numberName(id: string): string {
  const all = BigInt(`0x${id.replaceAll('-', '')}`);
  return String(10n ** 18n + (all % (9n * 10n ** 18n)));
}

function absolute(avatar: string | undefined, publicUrl: string): string {
  if (avatar === undefined || avatar === '') return '';
  return /^(?:https?:)?\/\//i.test(avatar) ? avatar : `${publicUrl}/${avatar.replace(/^\/+/, '')}`;
}
