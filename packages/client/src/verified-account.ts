// Whose token it is, as the protected code sees it.
import type { ActiveToken } from './introspection.ts';

/** The account a request is made for. */
export interface VerifiedAccount {
  /** The same for every dialect and every session of the account. */
  readonly id: string;
  readonly username: string | undefined;
  readonly realm: string;
  /** The login API the account signed in by. */
  readonly dialect: string;
  /** The app it signed in through, if the dialect knows one. */
  readonly appId: string | undefined;
  readonly signedInAt: Date;
  /** The latest the session can last. */
  readonly expiresAt: Date;
}

export function verifiedAccount(token: ActiveToken): VerifiedAccount {
  return {
    id: token.sub,
    username: token.username,
    realm: token.realm,
    dialect: token.dialect,
    appId: token.client_id,
    signedInAt: new Date(token.iat * 1000),
    expiresAt: new Date(token.exp * 1000),
  };
}

/**
 * The account of a protected request.
 * @throws Error for a request that nothing has looked at, so that a forgotten protection lets nobody in
 */
export function accountOf({ account }: { readonly account?: VerifiedAccount }): VerifiedAccount {
  if (account === undefined) throw new Error('No account: nothing protects this route');
  return account;
}
