// Carries out `operator create`.
import {
  createAccount,
  DRAWN_PASSWORD,
  type IdentifierClaim,
  type IdentifierKind,
  OPERATOR_ROLES,
  Secret,
} from '#core';
import type { Act, ActCall } from '../act.ts';
import { adminDeps } from '../admin-deps.ts';
import { accountLines, describeAccount } from '../describe.ts';
import { Misuse } from '../misuse.ts';
import { withHouse } from '../open.ts';
import { readSecret } from '../read-secret.ts';
import { listing } from '../report.ts';

interface Options {
  readonly realm: string;
  readonly username?: string;
  readonly mobile?: string;
  readonly email?: string;
  readonly passwordStdin?: true;
  readonly another?: true;
}

const ROLE = 'operator';
const KINDS = ['username', 'mobile', 'email'] as const satisfies readonly IdentifierKind[];

function claimsOf(options: Options): readonly IdentifierClaim[] {
  const claims = KINDS.flatMap((kind) => {
    const text = options[kind];
    return text === undefined ? [] : [{ kind, text }];
  });
  if (claims.length === 0) throw new Misuse('an operator needs an identifier: --username, --mobile or --email');
  return claims;
}

/** The password from standard input; undefined when one is to be drawn. */
async function passwordGiven({ options, terminal }: ActCall<Options>): Promise<Secret | undefined> {
  return options.passwordStdin === true ? readSecret(terminal, 'password') : undefined;
}

/** Creates the first operator of the realm, or another one when told to, and shows a drawn password this once. */
export const createOperator: Act<Options> = async (call) => {
  const { options } = call;
  const identifiers = claimsOf(options);
  const given = await passwordGiven(call);
  return withHouse(call, async (house) => {
    const password = given ?? new Secret(house.randomness.text(DRAWN_PASSWORD));
    const account = await createAccount(adminDeps(house))({
      draft: {
        realm: options.realm,
        identifiers,
        issuesAegisSpeedId: false,
        status: 'active',
        roles: [ROLE],
        profile: {},
        attributes: {},
      },
      credential: { password },
      act: 'operator.create',
      ...(options.another !== true && { firstOf: OPERATOR_ROLES }),
    });
    const drawn = given === undefined ? password.reveal() : undefined;
    const lines = accountLines(account, house.vault);
    return {
      text: listing(drawn === undefined ? lines : [...lines, ['password, shown this once', drawn]]),
      json: { ...describeAccount(account, house.vault), ...(drawn !== undefined && { password: drawn }) },
    };
  });
};
