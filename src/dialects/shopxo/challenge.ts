// How a ShopXO client carries the answer to a picture: as `verify`, for the form it fills in, under the name it gives itself.
import { type AskOf, type ChallengeAsk, Refusal, Secret } from '#core';
import type { Fields, Reading, WireRequest } from '#wire';
import { admittedParameters, asText, wordOf } from './parameters.ts';
import type { ShopxoSettings } from './settings.ts';

/** The forms pictures are drawn for, as `type` names them. */
const FORMS = ['user_login', 'user_reg', 'user_forget', 'user_bind'] as const;

export type PictureForm = (typeof FORMS)[number];

/** The clients' input fields take no more letters, and a person who mistyped taps the picture only now and then. */
const PICTURE = { length: 4, tries: 5, lifeSeconds: 600 };

/** What a form has to say about its picture. */
export function challengeOf(
  form: PictureForm,
  { request, parameters }: { readonly request: WireRequest; readonly parameters: Fields },
  { captcha }: ShopxoSettings,
): ChallengeAsk {
  const answer = asText(parameters['verify'])?.trim() ?? '';
  return {
    policy: captcha,
    purpose: purposeOf(form),
    given: {
      kind: 'picture',
      holder: holderOf(request, parameters),
      answer: answer === '' ? undefined : new Secret(answer),
    },
  };
}

/** @throws Refusal `endpoint.closed` while the whole shop is, `input.malformed` */
export function readPicture(request: WireRequest, { settings }: Reading<ShopxoSettings>): AskOf<'showPicture'> {
  const parameters = admittedParameters(request, settings);
  const form = FORMS.find((name) => name === parameters['type']);
  if (form === undefined) throw new Refusal('input.malformed', { field: 'type' });
  return { ...PICTURE, purpose: purposeOf(form), holder: holderOf(request, parameters) };
}

const purposeOf = (form: PictureForm): string => `shopxo.${form}`;

/** Clients that do not name themselves are told apart by where they come from. */
function holderOf({ source }: WireRequest, parameters: Fields): string {
  const uuid = wordOf(parameters, 'uuid');
  return uuid === '' ? `source:${source.bucket}` : `uuid:${uuid}`;
}
