// The calls about the accounts of others.
import {
  ACCOUNT_STATUSES,
  type AskOf,
  type IdentifierClaim,
  IDENTIFIER_KINDS,
  type IdentifierKind,
  LOCKED_FOR_GOOD,
  type OutcomeOf,
  Refusal,
} from '#core';
import { type Static, Type } from '#wire';
import { AccountSchema, tellAccount } from '../accounts/account.ts';
import { mergeProfile, ProfileChange } from '../accounts/profile.ts';
import { type ApiRow, defineCall } from '../kit/define-call.ts';
import { closed, InstantOrNull, instantOrNull, Next, oneOf, orNull, PAGE, PAGING, Uuid } from '../kit/schemas.ts';
import { placeAt, SessionSchema, tellSessions } from '../sessions.ts';
import { BY_ADMINISTRATORS, takes } from './administrators.ts';

const OfAccount = closed({ id: Uuid });

const Roles = Type.Array(Type.String({ minLength: 1, maxLength: 60 }), { maxItems: 50 });

const Organisation = orNull({ maxLength: 128, description: '1 to 64 visible characters; null for none.' });

const text = (maxLength: number) => Type.Optional(Type.String({ minLength: 1, maxLength }));

const Admission = closed({
  username: text(100),
  mobile: text(32),
  email: text(320),
  id_number: text(32),
  aegisspeed_id: Type.Optional(Type.String({ minLength: 1, maxLength: 32, description: '`new` for the next one.' })),
  status: Type.Optional(oneOf(ACCOUNT_STATUSES)),
  roles: Type.Optional(Roles),
  organisation: Type.Optional(Organisation),
  profile: Type.Optional(ProfileChange),
});

const Revision = closed({
  status: Type.Optional(oneOf(ACCOUNT_STATUSES)),
  roles: Type.Optional(Roles),
  organisation: Type.Optional(Organisation),
  profile: Type.Optional(ProfileChange),
});

const Budgets = closed({
  budgets: Type.Array(
    closed({
      kind: oneOf(['account', 'known']),
      source: orNull({ description: 'The known source whose own budget it is; null for that of all strangers.' }),
      failures: Type.Integer({ minimum: 0, description: 'Within the present window.' }),
      in_a_row: Type.Integer({ minimum: 0 }),
      failed_at: InstantOrNull,
      locked_until: InstantOrNull,
      locked_for_good: Type.Boolean({ description: 'Until a reset or an administrator unlocks it.' }),
    }),
  ),
  known_sources: Type.Integer({ minimum: 0 }),
});

const NEXT = 'new';

function claimsIn(body: Static<typeof Admission>): readonly IdentifierClaim[] {
  const texts: Readonly<Partial<Record<IdentifierKind, string>>> = {
    ...body,
    ...(body.aegisspeed_id === NEXT && { aegisspeed_id: '' }),
  };
  return IDENTIFIER_KINDS.flatMap((kind) => {
    const given = texts[kind] ?? '';
    return given === '' ? [] : [{ kind, text: given }];
  });
}

type Draft = AskOf<'admitAccount'>['draft'];

function draftIn(body: Static<typeof Admission>): Draft {
  const { status = 'active', roles = [], profile = {} } = body;
  return {
    identifiers: claimsIn(body),
    issuesAegisSpeedId: body.aegisspeed_id === NEXT,
    status,
    roles,
    profile: mergeProfile({}, profile),
  };
}

/** @throws Refusal `input.malformed` when nothing is to be changed */
function revisionIn({ profile, ...parts }: Static<typeof Revision>): Omit<AskOf<'reviseAccount'>, 'accountId' | 'who'> {
  if (profile === undefined && Object.keys(parts).length === 0)
    throw new Refusal('input.malformed', { remark: 'nothing to change' });
  return { ...parts, ...(profile && { profile: (before) => mergeProfile(before, profile) }) };
}

function tellBudgets({ at, budgets, knownSources }: OutcomeOf<'readBudgets'>): Static<typeof Budgets> {
  return {
    budgets: budgets.map(({ kind, source, state }) => {
      const isForGood = state.lockedUntil === LOCKED_FOR_GOOD;
      return {
        kind: kind === 'known' ? 'known' : 'account',
        source: source === '' ? null : source,
        failures: state.failures,
        in_a_row: state.inARow,
        failed_at: instantOrNull(state.failedAt === 0 ? null : state.failedAt),
        locked_until: instantOrNull(state.lockedUntil > at && !isForGood ? state.lockedUntil : null),
        locked_for_good: isForGood,
      };
    }),
    known_sources: knownSources,
  };
}

const REACHED = ['permission.missing', 'account.absent'] as const;

export const accountCalls: readonly ApiRow[] = [
  defineCall({
    ...BY_ADMINISTRATORS,
    endpoint: 'admin-list-accounts',
    on: 'GET /api/v1/admin/accounts',
    does: 'listAccounts',
    summary: 'List or search accounts',
    description: `In order of their id; for the administrator of an organisation, those of it. ${takes('accounts.read')}`,
    query: closed({
      ...PAGING,
      search: Type.Optional(
        Type.String({ minLength: 1, maxLength: 100, description: 'Part of an identifier or nickname.' }),
      ),
    }),
    answer: {
      status: 200,
      description: 'A page of them.',
      body: closed({ accounts: Type.Array(AccountSchema), next: Next }),
    },
    refuses: ['permission.missing'],
    asks: ({ credential: who, query: { limit = PAGE, cursor, search } }) => ({
      who,
      limit,
      ...(cursor !== undefined && { after: cursor }),
      ...(search !== undefined && { search }),
    }),
    tells: ({ accounts, next }) => ({ accounts: accounts.map(tellAccount), next }),
  }),
  defineCall({
    ...BY_ADMINISTRATORS,
    endpoint: 'admin-create-account',
    on: 'POST /api/v1/admin/accounts',
    does: 'admitAccount',
    summary: 'Create an account',
    description: `Its identifiers count as verified, except that a mobile or e-mail given by the administrator of an organisation has yet to be proven. It has no password until one is drawn for it. ${takes('accounts.create')} With roles: ${takes('accounts.grant')}`,
    body: Admission,
    answer: { status: 201, description: 'The account.', body: AccountSchema },
    refuses: ['permission.missing', 'session.too-old', 'identifier.malformed', 'identifier.taken'],
    asks: ({ credential: who, body }) => ({
      who,
      draft: draftIn(body),
      ...(body.organisation !== undefined && { organisation: body.organisation }),
    }),
    tells: tellAccount,
  }),
  defineCall({
    ...BY_ADMINISTRATORS,
    endpoint: 'admin-show-account',
    on: 'GET /api/v1/admin/accounts/{id}',
    does: 'readAccount',
    summary: 'Show an account',
    description: takes('accounts.read'),
    path: OfAccount,
    answer: { status: 200, description: 'The account.', body: AccountSchema },
    refuses: REACHED,
    asks: ({ credential: who, path: { id } }) => ({ who, accountId: id }),
    tells: tellAccount,
  }),
  defineCall({
    ...BY_ADMINISTRATORS,
    endpoint: 'admin-change-account',
    on: 'PATCH /api/v1/admin/accounts/{id}',
    does: 'reviseAccount',
    summary: 'Change an account',
    description: `Members that are left out stay as they are; all of them are changed, or none. Other roles, another organisation, or a status that shuts its owner out end its sessions. Profile and status: ${takes('accounts.change')} Roles: ${takes('accounts.grant')} Organisation: ${takes('accounts.organise')}`,
    path: OfAccount,
    body: Revision,
    answer: { status: 200, description: 'The account as it is now.', body: AccountSchema },
    refuses: [...REACHED, 'session.too-old', 'operator.last', 'server.busy'],
    asks: ({ credential: who, path: { id }, body }) => ({ who, accountId: id, ...revisionIn(body) }),
    tells: tellAccount,
  }),
  defineCall({
    ...BY_ADMINISTRATORS,
    endpoint: 'admin-remove-account',
    on: 'DELETE /api/v1/admin/accounts/{id}',
    does: 'expelAccount',
    summary: 'Remove an account',
    description: `Everything that belongs to it goes. ${takes('accounts.remove')}`,
    path: OfAccount,
    answer: { status: 204, description: 'It is gone.' },
    refuses: [...REACHED, 'session.too-old', 'operator.last', 'server.busy'],
    asks: ({ credential: who, path: { id } }) => ({ who, accountId: id }),
  }),
  defineCall({
    ...BY_ADMINISTRATORS,
    endpoint: 'admin-unlock-account',
    on: 'POST /api/v1/admin/accounts/{id}/unlock',
    does: 'freeAccount',
    summary: 'Forget the failed attempts of an account',
    description: `Whatever lock they led to. ${takes('accounts.unlock')}`,
    path: OfAccount,
    answer: { status: 204, description: 'They are forgotten.' },
    refuses: REACHED,
    asks: ({ credential: who, path: { id } }) => ({ who, accountId: id }),
  }),
  defineCall({
    ...BY_ADMINISTRATORS,
    endpoint: 'admin-renew-password',
    on: 'PUT /api/v1/admin/accounts/{id}/password',
    does: 'renewPassword',
    summary: 'Have a new password drawn for an account',
    description: `Nobody chooses it; whoever asks hands it over. All sessions end, and the account’s own lock. ${takes('accounts.reset')}`,
    path: OfAccount,
    answer: {
      status: 200,
      description: 'The new password.',
      body: closed({ password: Type.String({ description: 'Shown this once.' }) }),
    },
    refuses: [...REACHED, 'session.too-old', 'server.busy'],
    asks: ({ credential: who, path: { id } }) => ({ who, accountId: id }),
    tells: ({ password }) => ({ password: password.reveal() }),
  }),
  defineCall({
    ...BY_ADMINISTRATORS,
    endpoint: 'admin-list-sessions',
    on: 'GET /api/v1/admin/accounts/{id}/sessions',
    does: 'readSessions',
    summary: 'List the sessions of an account',
    description: `Of every dialect, the newest first. ${takes('sessions.read')}`,
    path: OfAccount,
    query: closed(PAGING),
    answer: {
      status: 200,
      description: 'A page of them.',
      body: closed({ sessions: Type.Array(SessionSchema), next: Next }),
    },
    refuses: REACHED,
    asks: ({ credential: who, path: { id }, query: { limit = PAGE, cursor } }) => ({
      who,
      accountId: id,
      limit,
      ...(cursor !== undefined && { after: placeAt(cursor) }),
    }),
    tells: tellSessions,
  }),
  defineCall({
    ...BY_ADMINISTRATORS,
    endpoint: 'admin-end-sessions',
    on: 'DELETE /api/v1/admin/accounts/{id}/sessions',
    does: 'endSessions',
    summary: 'End all sessions of an account',
    description: takes('sessions.end'),
    path: OfAccount,
    answer: { status: 204, description: 'They have ended, everywhere and at once.' },
    refuses: REACHED,
    asks: ({ credential: who, path: { id } }) => ({ who, accountId: id }),
  }),
  defineCall({
    ...BY_ADMINISTRATORS,
    endpoint: 'admin-show-budgets',
    on: 'GET /api/v1/admin/accounts/{id}/budgets',
    does: 'readBudgets',
    summary: 'See what is counted against an account',
    description: takes('accounts.read'),
    path: OfAccount,
    answer: { status: 200, description: 'Its budgets.', body: Budgets },
    refuses: REACHED,
    asks: ({ credential: who, path: { id } }) => ({ who, accountId: id }),
    tells: tellBudgets,
  }),
];
