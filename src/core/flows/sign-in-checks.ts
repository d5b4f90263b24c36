// What must hold before somebody is signed in, as a list to be read from top to bottom: the first that does not hold answers.
import type { AccountWithPassword } from '../accounts/account-store.ts';
import type { Account } from '../accounts/account.ts';
import type { CodeVerdict } from '../codes/code-store.ts';
import type { RefusalCode } from '../kernel/refusal.ts';

/** What is known once the secret was looked at. */
export interface Evidence {
  readonly found: AccountWithPassword | undefined;
  /** Whether the password is the account's; a decoy's verdict when there is no account. */
  readonly matches?: boolean;
  /** `exhausted` when too many wrong ones were looked at today. */
  readonly code?: CodeVerdict | 'exhausted';
  /** Roles of which the account must hold one. */
  readonly roles: readonly string[] | undefined;
}

/** A condition under which sign-in is refused with the code. */
export type Check = readonly [refusedWith: RefusalCode, when: (evidence: Evidence) => boolean];

const holdsNoneOf = (account: Account | undefined, roles: readonly string[] | undefined): boolean =>
  roles !== undefined && !roles.some((role) => account?.roles.includes(role));

// Looked at only after the secret was proven: neither status nor role is an oracle for strangers.
const ACCOUNT_CHECKS: readonly Check[] = [
  ['account.disabled', ({ found }) => found?.account.status === 'disabled'],
  ['account.pending', ({ found }) => found?.account.status === 'pending'],
  ['account.password-change-due', ({ found }) => found?.account.isPasswordChangeDue === true],
  ['account.role-missing', ({ found, roles }) => holdsNoneOf(found?.account, roles)],
];

/** After the password was verified. */
export const PASSWORD_CHECKS: readonly Check[] = [
  ['account.unknown', ({ found }) => found === undefined],
  ['account.password-missing', ({ found }) => found?.passwordHash === null],
  ['credentials.mismatch', ({ matches }) => matches !== true],
  ...ACCOUNT_CHECKS,
];

const CODE_VERDICT_CHECKS: readonly Check[] = [
  ['throttle.account', ({ code }) => code === 'exhausted'],
  ['code.expired', ({ code }) => code === 'expired'],
  ['code.mismatch', ({ code }) => code !== 'accepted'],
];

/** After the code was claimed. */
export const CODE_CHECKS: readonly Check[] = [
  ['account.unknown', ({ found }) => found === undefined],
  ...CODE_VERDICT_CHECKS,
  ...ACCOUNT_CHECKS,
];

/** Whoever changes or resets a password that is due to be changed does what is asked of them. */
const withoutDue = (checks: readonly Check[]): readonly Check[] =>
  checks.filter(([refusedWith]) => refusedWith !== 'account.password-change-due');

export const PASSWORD_CHANGE_CHECKS = withoutDue(PASSWORD_CHECKS);
export const PASSWORD_RESET_CHECKS = withoutDue(CODE_CHECKS);

const TAKEN: Check = ['identifier.taken', ({ found }) => found !== undefined];

/** After the code was claimed with which somebody proves what nobody has proven yet, by whom the code was meant for. */
export const REGISTRATION_CHECKS = {
  nobody: [TAKEN, ...CODE_VERDICT_CHECKS],
  anyone: [...CODE_VERDICT_CHECKS, TAKEN],
} as const satisfies Record<string, readonly Check[]>;

/** The code of the first check that refuses, if any. */
export function firstRefusal(checks: readonly Check[], evidence: Evidence): RefusalCode | undefined {
  return checks.find(([, isRefused]) => isRefused(evidence))?.[0];
}

/** Refusals that were a guess at a secret: they, and only they, use up budgets. */
const GUESSES: ReadonlySet<RefusalCode> = new Set([
  'account.unknown',
  'account.password-missing',
  'credentials.mismatch',
  'code.expired',
  'code.mismatch',
]);

export const isGuess = (code: RefusalCode): boolean => GUESSES.has(code);

/** Refusals that would tell a stranger about the account; under the strict policy all look alike. */
const TELLING: ReadonlySet<RefusalCode> = new Set([
  ...GUESSES,
  'account.disabled',
  'account.pending',
  'account.password-change-due',
  'identifier.taken',
]);

export const isTelling = (code: RefusalCode): boolean => TELLING.has(code);
