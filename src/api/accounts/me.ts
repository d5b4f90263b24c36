// The calls about one's own account: reading and changing it, its password, and its end.
import { readProfile } from '#core';
import { type ApiRow, defineCall } from '../kit/define-call.ts';
import { closed } from '../kit/schemas.ts';
import { Password, passwordOf, SHUT, THROTTLED, UNFIT } from '../credentials.ts';
import { AccountSchema, tellAccount } from './account.ts';
import { assertFresh, entityTagOf, IfMatch } from './entity-tag.ts';
import { exportMe } from './export.ts';
import { mergeProfile, ProfileChange } from './profile.ts';

const TAGGED = { etag: 'Names this state of the account; `If-Match` takes it.' };

/** What proving the password once more may be refused with. */
const UNPROVEN = ['account.password-missing', 'credentials.mismatch', ...UNFIT, ...SHUT, ...THROTTLED] as const;

export const ownCalls: readonly ApiRow[] = [
  defineCall({
    endpoint: 'me',
    on: 'GET /api/v1/me',
    does: 'describeAccount',
    summary: 'See one’s own account',
    tag: 'Accounts',
    auth: 'session',
    answer: { status: 200, description: 'As it is now.', body: AccountSchema, headers: TAGGED },
    refuses: [],
    asks: ({ credential }) => ({ who: credential }),
    tells: ({ account }) => tellAccount(account),
    heads: ({ account }) => ({ etag: entityTagOf(account) }),
  }),
  exportMe,
  defineCall({
    endpoint: 'change-me',
    on: 'PATCH /api/v1/me',
    does: 'updateProfile',
    summary: 'Change one’s own profile',
    tag: 'Accounts',
    auth: 'session',
    headers: IfMatch,
    body: closed({ profile: ProfileChange }),
    answer: { status: 200, description: 'As it is now.', body: AccountSchema, headers: TAGGED },
    refuses: ['version.stale', 'server.busy'],
    asks: ({ credential, body, header }) => ({
      who: credential,
      revise: (account) => {
        assertFresh(account, header('if-match'));
        return { profile: readProfile(mergeProfile(account.profile, body.profile)) };
      },
    }),
    tells: ({ account }) => tellAccount(account),
    heads: ({ account }) => ({ etag: entityTagOf(account) }),
  }),
  defineCall({
    endpoint: 'change-password',
    on: 'PUT /api/v1/me/password',
    does: 'changePassword',
    summary: 'Change one’s own password',
    description: 'All other sessions end, of whatever dialect; this one goes on.',
    tag: 'Accounts',
    auth: 'session',
    body: closed({ current_password: Password, new_password: Password }),
    answer: { status: 204, description: 'The password is another one now.' },
    refuses: ['password.common', ...UNPROVEN],
    asks: ({ credential, body }, reading) => ({
      who: credential,
      current: passwordOf(body.current_password, reading),
      next: passwordOf(body.new_password, reading),
    }),
  }),
  defineCall({
    endpoint: 'delete-me',
    on: 'DELETE /api/v1/me',
    does: 'deleteAccount',
    summary: 'Delete one’s own account',
    description:
      'Everything of the account goes, at once and for good. The audit trail keeps what was done under a name that means nothing any more.',
    tag: 'Accounts',
    auth: 'session',
    body: closed({ password: Password }),
    answer: { status: 204, description: 'Gone.' },
    refuses: ['operator.last', ...UNPROVEN],
    asks: ({ credential, body }, reading) => ({ who: credential, password: passwordOf(body.password, reading) }),
  }),
];
