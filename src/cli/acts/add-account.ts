// Carries out `account add`.
import {
  type AccountDraft,
  type IdentifierClaim,
  type IdentifierKind,
  createAccount,
  readOrganisation,
  readRoles,
  readSettings,
} from '#core';
import type { Dialect } from '#wire';
import type { Act } from '../act.ts';
import { accountLines, describeAccount } from '../describe.ts';
import { Misuse } from '../misuse.ts';
import { adminDeps } from '../admin-deps.ts';
import { typedAttributes } from '../dialect-attributes.ts';
import { arrangementOf, withHouse } from '../open.ts';
import { type PasswordOptions, passwordGiven } from '../password-given.ts';
import { listing } from '../report.ts';

interface Options extends PasswordOptions {
  readonly realm: string;
  readonly username?: string;
  readonly mobile?: string;
  readonly email?: string;
  readonly idNumber?: string;
  readonly aegisspeedId?: string;
  readonly role?: readonly string[];
  readonly organisation?: string;
  readonly set?: readonly string[];
}

const NEXT = 'new';

function claimsOf(options: Options): readonly IdentifierClaim[] {
  const texts: Record<IdentifierKind, string | undefined> = {
    username: options.username,
    mobile: options.mobile,
    email: options.email,
    id_number: options.idNumber,
    aegisspeed_id: options.aegisspeedId === NEXT ? undefined : options.aegisspeedId,
  };
  return Object.entries(texts).flatMap(([kind, text]) =>
    text === undefined ? [] : [{ kind: kind as IdentifierKind, text }],
  );
}

function draftOf(options: Options, dialects: readonly Dialect[]): AccountDraft {
  const issuesAegisSpeedId = options.aegisspeedId === NEXT;
  const identifiers = claimsOf(options);
  if (identifiers.length === 0 && !issuesAegisSpeedId) {
    throw new Misuse('an account needs an identifier: --username, --mobile, --email, --id-number or --aegisspeed-id');
  }
  const { profile, attributes } = readSettings(options.set ?? []);
  return {
    realm: options.realm,
    identifiers,
    issuesAegisSpeedId,
    status: 'active',
    roles: readRoles(options.role ?? []),
    organisation: readOrganisation(options.organisation ?? null),
    profile,
    attributes: typedAttributes(attributes, dialects),
  };
}

/** Creates the account and shows it. */
export const addAccount: Act<Options> = async (call) => {
  const { dialects } = await arrangementOf(call);
  const draft = draftOf(call.options, dialects);
  const password = await passwordGiven(call);
  const credential = password === null ? null : { password };
  return withHouse(call, async (house) => {
    const account = await createAccount(adminDeps(house))({ draft, credential });
    return { text: listing(accountLines(account, house.vault)), json: describeAccount(account, house.vault) };
  });
};
