// The calls of our own API.
import { ownCalls } from './accounts/me.ts';
import { register } from './accounts/register.ts';
import { adminCalls } from './admin/index.ts';
import { challengeCalls } from './challenges.ts';
import { codeCalls } from './codes.ts';
import type { ApiRow } from './kit/define-call.ts';
import { referenceCalls } from './reference/calls.ts';
import { sessionCalls } from './sessions.ts';
import { tokenCalls } from './tokens.ts';

export const rows: readonly ApiRow[] = [
  register,
  ...ownCalls,
  ...sessionCalls,
  ...codeCalls,
  ...challengeCalls,
  ...tokenCalls,
  ...adminCalls,
  ...referenceCalls(() => rows),
];
