// The forms in which ShopXO takes mobile numbers and e-mail addresses, and what codes for them are good for.
import { type IdentifierClaim, normaliseIdentifier, Refusal } from '#core';
import type { SignInType } from './parameters.ts';

/** What a code for signing in, for registering, and for a new password is good for. */
export const LOGIN_CODE = 'shopxo.login';
export const REGISTER_CODE = 'shopxo.reg';
export const RESET_CODE = 'shopxo.forgetpwd';

/** Where names count that anywhere else would be taken for a number. */
export const NAME_SPACE = 'shopxo';

const MOBILE_FORM = /^1[3-9]\d{9}$/;
const USERNAME_FORM = /^[A-Za-z0-9_]{2,18}$/;

/** Where a code can be sent. @throws Refusal `identifier.malformed`, about `username` where codes cannot go there at all */
export function claimOf(type: SignInType, text: string): IdentifierClaim {
  if (type === 'username') throw new Refusal('identifier.malformed', { field: 'username' });
  return type === 'email' ? emailClaim(text) : mobileClaim(text);
}

/** What somebody wants to be called. @throws Refusal `identifier.malformed` */
export function newClaimOf(type: SignInType, text: string): IdentifierClaim {
  if (type !== 'username') return claimOf(type, text);
  if (!USERNAME_FORM.test(text)) throw new Refusal('identifier.malformed', { field: 'username' });
  return { kind: 'username', text, nameSpace: NAME_SPACE };
}

/** What the original takes it for where the client need not say. */
export function typeByForm(text: string): SignInType {
  return text.includes('@') ? 'email' : 'sms';
}

function mobileClaim(text: string): IdentifierClaim {
  if (!MOBILE_FORM.test(text)) throw new Refusal('identifier.malformed', { field: 'mobile' });
  return { kind: 'mobile', text };
}

function emailClaim(text: string): IdentifierClaim {
  const claim = { kind: 'email', text } as const;
  if (normaliseIdentifier(claim) === undefined) throw new Refusal('identifier.malformed', { field: 'email' });
  return claim;
}
