// How weidu's call is read by which people change what their account says of them.
import { type Account, type AskOf, type JsonObject, Refusal } from '#core';
import type { Fields, Reading, WireRequest } from '#wire';
import { sessionIn } from './carrier.ts';
import { textIn } from './fields.ts';
import type { WeiduSettings } from './settings.ts';

type Ask = AskOf<'updateProfile'>;
type Change = NonNullable<ReturnType<Ask['revise']>>;
type Gender = Account['profile']['gender'];

/** Fields that are left out stay as they are. @throws Refusal `session.unknown`; `input.malformed` naming the first field at fault */
export function readUpdate(request: WireRequest, { settings }: Reading<WeiduSettings>): Ask {
  const who = sessionIn(request, settings);
  const fields = request.body('json');
  const profile = {
    ...textsIn(fields, PROFILE),
    ...avatarIn(fields),
  };
  const [own, gender] = [textsIn(fields, OWN), genderIn(fields)];
  const isEmpty = Object.keys({ ...profile, ...own, ...gender }).length === 0;
  return { who, revise: (account) => (isEmpty ? undefined : changed(account, { profile, own, gender })) };
}

interface Given {
  readonly profile: Readonly<Record<string, string>>;
  readonly own: JsonObject;
  readonly gender: { readonly gender?: Gender };
}

function changed({ profile, attributes }: Account, given: Given): Change {
  const { gender, ...rest } = { ...profile, ...given.profile, ...given.gender };
  return {
    profile: { ...rest, ...(gender !== undefined && { gender }) },
    attributes: { ...attributes, weidu: { ...attributes['weidu'], ...given.own } },
  };
}

/** How long each text may be. */
type Lengths = Readonly<Record<string, number>>;

const PROFILE: Lengths = { nickname: 60, city: 60, province: 60, country: 60 };
const OWN: Lengths = { desc: 200, major: 60 };
const LONGEST_URL = 2048;

const VISIBLE = /^[^\p{C}\p{Zl}\p{Zp}]+$/u;
/** Other people's clients fetch it: a link to a page of the web, and nothing that could end an attribute of HTML. */
const LINK = /^https?:\/\/[^\s"'<>\\]+$/i;

function textsIn(fields: Fields, lengths: Lengths): Readonly<Record<string, string>> {
  const given = Object.entries(lengths).map(([name, longest]) => [name, visibleIn(fields, name, longest)] as const);
  return Object.fromEntries(given.filter((each): each is readonly [string, string] => each[1] !== undefined));
}

function visibleIn(fields: Fields, name: string, longest: number): string | undefined {
  const text = textIn(fields, name, longest);
  if (text !== undefined && !VISIBLE.test(text)) throw new Refusal('input.malformed', { field: name });
  return text;
}

function avatarIn(fields: Fields): { readonly avatar?: string } {
  const avatar = visibleIn(fields, 'avatar_url', LONGEST_URL);
  if (avatar !== undefined && !LINK.test(avatar)) throw new Refusal('input.malformed', { field: 'avatar_url' });
  return avatar === undefined ? {} : { avatar };
}

const GENDERS: ReadonlyMap<unknown, Gender> = new Map([
  [0, undefined],
  [1, 'male'],
  [2, 'female'],
]);

/** A number as in the document's example, or the same as a text, which is what its table calls it. */
function genderIn(fields: Fields): { readonly gender?: Gender } {
  const value = fields['gender'];
  if (value === undefined || value === null || value === '') return {};
  const number = typeof value === 'string' ? ['0', '1', '2'].indexOf(value) : value;
  if (!GENDERS.has(number)) throw new Refusal('input.malformed', { field: 'gender' });
  return { gender: GENDERS.get(number) };
}
