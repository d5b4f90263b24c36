// What Harbour answers. A writer is pure as well: the outcome of the flow goes in, the whole answer comes out.
import { type OutcomeOf, shownIdentifier } from '#core';
import { type Answer, attributesOf, json } from '#wire';
import { attributes } from './attributes.ts';

export function writeSession({ account, session }: OutcomeOf<'signInWithPassword'>): Answer {
  const { rank } = attributesOf(attributes, account, 'harbour');
  const sailor = {
    id: account.id,
    phone: shownIdentifier(account, 'mobile') ?? null,
    name: account.profile.nickname ?? null,
    rank,
  };
  const seconds = Math.floor((session.expiresAt - session.issuedAt) / 1000);
  return json({ session: { token: session.token.reveal(), expires_in: seconds }, sailor }, 201);
}
