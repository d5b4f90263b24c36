// How ShopXO's calls for a code by short message or e-mail are read.
import { type AskOf, Refusal } from '#core';
import type { Fields, Reading, WireRequest } from '#wire';
import { challengeOf, type PictureForm } from './challenge.ts';
import { claimOf, LOGIN_CODE, REGISTER_CODE, RESET_CODE, typeByForm } from './identifiers.ts';
import { accountsIn, admittedParameters, asSignInType, type SignInType } from './parameters.ts';
import type { ShopxoSettings } from './settings.ts';
import { spokenLanguage } from './texts.ts';

/** The clients' fields take four digits, and they take `0000` for none. */
const CODE = { alphabet: '0123456789', length: 4, never: ['0000'] };
const LIFE_SECONDS = 600;
const TRIES = 5;

type Ask = AskOf<'sendCode'>;

/** What tells the three calls apart. */
interface Errand extends Pick<Ask, 'purpose' | 'message' | 'expects'> {
  readonly form: PictureForm;
  /** @throws Refusal `input.malformed`, `sign-in.type-closed` */
  readonly typeOf: (parameters: Fields, settings: ShopxoSettings) => SignInType;
}

export const readLoginCode = reading({
  form: 'user_login',
  purpose: LOGIN_CODE,
  message: 'code.sign-in',
  expects: 'account',
  typeOf: (parameters, { loginTypes }) => openType(parameters, loginTypes),
});

export const readRegisterCode = reading({
  form: 'user_reg',
  purpose: REGISTER_CODE,
  message: 'code.register',
  expects: 'nobody',
  typeOf: (parameters, { registerTypes }) => openType(parameters, registerTypes),
});

export const readResetCode = reading({
  form: 'user_forget',
  purpose: RESET_CODE,
  message: 'code.reset',
  expects: 'account',
  typeOf: (parameters) => asSignInType(parameters['type']) ?? typeByForm(accountsIn(parameters)),
});

function reading(errand: Errand): (request: WireRequest, reading: Reading<ShopxoSettings>) => Ask {
  const { form, typeOf, ...kept } = errand;
  return (request, { settings }) => {
    const parameters = admittedParameters(request, settings);
    const accounts = accountsIn(parameters);
    const type = typeOf(parameters, settings);
    return {
      ...kept,
      claim: claimOf(type, accounts),
      code: CODE,
      lifeSeconds: LIFE_SECONDS,
      tries: TRIES,
      language: spokenLanguage(request, settings),
      challenge: challengeOf(form, { request, parameters }, settings),
    };
  };
}

function openType(parameters: Fields, open: readonly SignInType[]): SignInType {
  const type = asSignInType(parameters['type']);
  if (type === undefined) throw new Refusal('input.malformed', { field: 'type' });
  if (!open.includes(type)) throw new Refusal('sign-in.type-closed', { field: type });
  return type;
}
