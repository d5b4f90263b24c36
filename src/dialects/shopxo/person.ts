// What both generations of ShopXO tell about a person, before either spells it in its own keys and types.
import { type Account, type Secret, shownIdentifier } from '#core';
import { attributesOf, DEFAULT_AVATAR_PATH, type Reply } from '#wire';
import { attributes, type ShopxoAttributes } from './attributes.ts';
import { isDay } from './birthday.ts';
import type { ShopxoSettings } from './settings.ts';
import { type ShopxoText, tell, TEXTS } from './texts.ts';

/** A person who is signed in, and what they hold. */
export interface Person {
  readonly account: Account;
  readonly own: ShopxoAttributes;
  readonly token: string;
  readonly status: number;
  readonly username: string;
  readonly nickname: string;
  readonly mobile: string;
  readonly email: string;
  readonly mobileMasked: string;
  readonly emailMasked: string;
  readonly gender: number;
  readonly genderText: string;
  readonly avatar: string;
  /** `YYYY-MM-DD`, or empty. */
  readonly birthday: string;
}

const STATUSES = { active: 0, muted: 1, disabled: 2, pending: 3 } as const;
const GENDERS = { unknown: 0, female: 1, male: 2 } as const;
const GENDER_TEXTS: readonly ShopxoText[] = [TEXTS.genderUnknown, TEXTS.genderFemale, TEXTS.genderMale];

/** An account, and the token its owner is signed in with. */
export interface Holding {
  readonly account: Account;
  readonly token: Secret;
}

export function personOf({ account, token }: Holding, reply: Reply<ShopxoSettings>): Person {
  const { profile } = account;
  const mobile = nationalNumber(shownIdentifier(account, 'mobile') ?? '');
  const email = shownIdentifier(account, 'email') ?? '';
  const gender = GENDERS[profile.gender ?? 'unknown'];
  return {
    account,
    own: attributesOf(attributes, account, 'shopxo'),
    token: token.reveal(),
    status: STATUSES[account.status],
    username: shownIdentifier(account, 'username') ?? '',
    nickname: profile.nickname ?? '',
    mobile,
    email,
    mobileMasked: masked(mobile),
    emailMasked: masked(email),
    gender,
    genderText: tell(GENDER_TEXTS[gender] ?? TEXTS.genderUnknown, reply),
    avatar: pictureOf(profile.avatar, reply.publicUrl),
    birthday: profile.birthday !== undefined && isDay(profile.birthday) ? profile.birthday : '',
  };
}

/** The first of these names that says anything. */
export function firstOf(names: readonly string[]): string {
  return names.find((name) => name !== '') ?? '';
}

/** First three characters, three stars, last three. */
function masked(text: string): string {
  return text === '' ? '' : `${text.slice(0, 3)}***${text.slice(-3)}`;
}

/** Clients know numbers of mainland China without their country. */
function nationalNumber(mobile: string): string {
  return mobile.replace(/^\+86(?=1\d{10}$)/, '');
}

/** An absolute URL, for the clients run on other origins. */
function pictureOf(avatar: string | undefined, publicUrl: string): string {
  const picture = avatar || DEFAULT_AVATAR_PATH;
  return /^(?:https?:)?\/\//i.test(picture) ? picture : `${publicUrl}/${picture.replace(/^\/+/, '')}`;
}
