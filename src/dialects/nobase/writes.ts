// What NoBase answers: an envelope of three keys, always with HTTP status 200, for its browser clients read no other.
import { type Account, type JsonObject, type JsonValue, type OutcomeOf, shownIdentifier } from '#core';
import { type Answer, attributesOf, DEFAULT_AVATAR_PATH, json, localTime, type Reply, say } from '#wire';
import { attributes } from './attributes.ts';
import { userOf } from './reads.ts';
import type { NoBaseSettings } from './settings.ts';
import { TEXTS } from './texts.ts';
import { tellVipTime } from './vip-time.ts';

/** The codes of the document: success, parameter error or business failure, system error. */
type Code = 200 | 400 | 500;

/** The envelope of every answer. */
export function envelope(code: Code, data: JsonValue): Answer {
  return json({ code, msg: code === 200 ? 'success' : 'fail', data });
}

type SignedIn = OutcomeOf<'signInWithPassword'>;

export function writeLogin(outcome: SignedIn, reply: Reply<NoBaseSettings>): Answer {
  const { token, expiresAt } = outcome.session;
  return envelope(200, {
    ...describe(outcome, reply),
    token: token.reveal(),
    token_dead: Math.floor(expiresAt / 1000),
  });
}

/** The same, without the token. */
export function writeData({ account }: OutcomeOf<'describeAccount'>, reply: Reply<NoBaseSettings>): Answer {
  return envelope(200, describe({ account, at: account.lastSignInAt ?? account.createdAt }, reply));
}

export function writeRegistration(_: OutcomeOf<'registerAccount'>, { locale }: Reply<NoBaseSettings>): Answer {
  return envelope(200, say(TEXTS.registered, locale));
}

/** Whoever comes a second time is not refused, and gains nothing. */
export function writeCheckIn({ isChanged }: OutcomeOf<'updateProfile'>, { locale }: Reply<NoBaseSettings>): Answer {
  return envelope(200, say(isChanged ? TEXTS.checkedIn : TEXTS.checkedInAlready, locale));
}

export function writeUpdate(_: object, { locale }: Reply<NoBaseSettings>): Answer {
  return envelope(200, say(TEXTS.updated, locale));
}

export function writeLogout(_: OutcomeOf<'signOut'>, { locale }: Reply<NoBaseSettings>): Answer {
  return envelope(200, say(TEXTS.loggedOut, locale));
}

/** The user as the document describes one, key by key in the order of its example. */
function describe({ account, at }: Pick<SignedIn, 'account' | 'at'>, reply: Reply<NoBaseSettings>): JsonObject {
  const { locale, timeZone } = reply;
  const own = attributesOf(attributes, account, 'nobase');
  const username = nameOf(account, reply);
  return {
    username,
    nickname: account.profile.nickname ?? username,
    qq: own.qq || say(TEXTS.notBound, locale),
    useremail: shownIdentifier(account, 'email') ?? say(TEXTS.notBound, locale),
    exp: own.exp,
    grade: own.grade,
    title: own.title || say(TEXTS.notEquipped, locale),
    createtime: localTime(account.createdAt, timeZone),
    logintime: localTime(at, timeZone),
    viptime: tellVipTime(own.viptime, reply),
    Continuous: own.Continuous,
    piastrenum: own.piastrenum,
    likes: own.likes,
    Continuouslogin: account.signInDayRun,
    signature: own.signature || say(TEXTS.noPersonalText, locale),
    icon: iconOf(account, reply),
    foll: own.foll,
    fans: own.fans,
    forum: own.forum,
    sex: account.profile.gender === 'female' ? 2 : 1,
  };
}

/** Whoever has no username is called what they typed, or else what they could have typed. */
function nameOf(account: Account, { request }: Reply<NoBaseSettings>): string {
  return (
    shownIdentifier(account, 'username') ??
    userOf(request) ??
    shownIdentifier(account, 'mobile')?.replace(/^\+86/, '') ??
    shownIdentifier(account, 'email') ??
    ''
  );
}

/** An absolute URL, for the clients run on other origins. */
function iconOf({ profile }: Account, { publicUrl }: Reply<NoBaseSettings>): string {
  const avatar = profile.avatar ?? DEFAULT_AVATAR_PATH;
  return /^https?:\/\//i.test(avatar) ? avatar : `${publicUrl}/${avatar.replace(/^\/+/, '')}`;
}
