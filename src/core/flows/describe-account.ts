// Somebody's own account, as it is now.
import type { Account } from '../accounts/account.ts';
import type { IdentifierKind } from '../accounts/identifier.ts';
import { type CallerAsk, type CallerDeps, identifyCaller } from './caller.ts';
import { disclose, type Disclosed } from './disclose.ts';
import type { Flow } from './flow.ts';

/** Who asks, and what the answer needs in clear. */
export interface DescribeAccountAsk extends CallerAsk {
  readonly discloses?: readonly IdentifierKind[];
}

/** One's own account. */
export interface OwnAccount {
  readonly account: Account;
  /** Those of `discloses` that the account has. */
  readonly disclosed: Disclosed;
}

export type DescribeAccount = Flow<DescribeAccountAsk, OwnAccount>;

/** Reads the account afresh: what changed since the sign-in shows. */
export const describeAccount =
  (deps: CallerDeps): DescribeAccount =>
  async ({ discloses = [], ...ask }, call) => {
    const { account } = await identifyCaller(deps, { ...ask, act: 'account.read' }, call);
    return { account, disclosed: disclose(deps.vault, account, discloses) };
  };
