// Every call of administrators once, with the permission it takes, and the stage on which one of them is made.
import { api } from '#api';
import { type Account, type Permission, ROLES } from '#core';
import { aPassword, aUsername } from '#tests/support/people';
import { startServer, type TestServer } from '#tests/support/server';
import type { Heard } from '#tests/support/talk';

import { call, told } from './somebody.ts';

/** The organisation of whoever acts, and another one. */
export const OWN = 'Blue';
export const OTHER = 'Red';

/** Whom a call is about, seen from whoever makes it. */
export type Whom = 'own' | 'other' | 'self' | '-';

/** What a call is made with. */
interface Made {
  readonly on: string;
  readonly body?: unknown;
}

/** One call. */
export interface Scenario {
  readonly endpoint: string;
  readonly permission: Permission;
  /** What it does, where one call does several things. */
  readonly part?: string;
  /** It is about an account that is there. */
  readonly isAboutAccount?: true;
  /** It is about an account that is to be. */
  readonly isAboutOrganisation?: true;
  readonly made: (about: { readonly account: string; readonly organisation: string; readonly app: string }) => Made;
}

const anAppId = (): string => aUsername().replace('_', '-');

// oxfmt-ignore
export const SCENARIOS: readonly Scenario[] = [
  { endpoint: 'admin-list-accounts',  permission: 'accounts.read',    made: () => ({ on: 'GET /admin/accounts' }) },
  { endpoint: 'admin-create-account', permission: 'accounts.create',  isAboutOrganisation: true, made: ({ organisation }) => ({ on: 'POST /admin/accounts', body: { username: aUsername(), organisation } }) },
  { endpoint: 'admin-create-account', permission: 'accounts.grant',   isAboutOrganisation: true, part: 'with a role', made: ({ organisation }) => ({ on: 'POST /admin/accounts', body: { username: aUsername(), organisation, roles: ['organisation-admin'] } }) },
  { endpoint: 'admin-show-account',   permission: 'accounts.read',    isAboutAccount: true, made: ({ account }) => ({ on: `GET /admin/accounts/${account}` }) },
  { endpoint: 'admin-change-account', permission: 'accounts.change',  isAboutAccount: true, part: 'profile', made: ({ account }) => ({ on: `PATCH /admin/accounts/${account}`, body: { profile: { nickname: 'Ada' } } }) },
  { endpoint: 'admin-change-account', permission: 'accounts.change',  isAboutAccount: true, part: 'status', made: ({ account }) => ({ on: `PATCH /admin/accounts/${account}`, body: { status: 'disabled' } }) },
  { endpoint: 'admin-change-account', permission: 'accounts.grant',   isAboutAccount: true, part: 'roles', made: ({ account }) => ({ on: `PATCH /admin/accounts/${account}`, body: { roles: ['organisation-admin'] } }) },
  { endpoint: 'admin-change-account', permission: 'accounts.organise', isAboutAccount: true, part: 'organisation', made: ({ account }) => ({ on: `PATCH /admin/accounts/${account}`, body: { organisation: 'Green' } }) },
  { endpoint: 'admin-remove-account', permission: 'accounts.remove',  isAboutAccount: true, made: ({ account }) => ({ on: `DELETE /admin/accounts/${account}` }) },
  { endpoint: 'admin-unlock-account', permission: 'accounts.unlock',  isAboutAccount: true, made: ({ account }) => ({ on: `POST /admin/accounts/${account}/unlock` }) },
  { endpoint: 'admin-renew-password', permission: 'accounts.reset',   isAboutAccount: true, made: ({ account }) => ({ on: `PUT /admin/accounts/${account}/password` }) },
  { endpoint: 'admin-list-sessions',  permission: 'sessions.read',    isAboutAccount: true, made: ({ account }) => ({ on: `GET /admin/accounts/${account}/sessions` }) },
  { endpoint: 'admin-end-sessions',   permission: 'sessions.end',     isAboutAccount: true, made: ({ account }) => ({ on: `DELETE /admin/accounts/${account}/sessions` }) },
  { endpoint: 'admin-show-budgets',   permission: 'accounts.read',    isAboutAccount: true, made: ({ account }) => ({ on: `GET /admin/accounts/${account}/budgets` }) },
  { endpoint: 'admin-list-apps',      permission: 'apps.read',        made: () => ({ on: 'GET /admin/apps' }) },
  { endpoint: 'admin-create-app',     permission: 'apps.change',      made: () => ({ on: 'POST /admin/apps', body: { id: anAppId() } }) },
  { endpoint: 'admin-show-app',       permission: 'apps.read',        made: ({ app }) => ({ on: `GET /admin/apps/${app}` }) },
  { endpoint: 'admin-change-app',     permission: 'apps.change',      made: ({ app }) => ({ on: `PATCH /admin/apps/${app}`, body: { name: 'Shop' } }) },
  { endpoint: 'admin-remove-app',     permission: 'apps.change',      made: ({ app }) => ({ on: `DELETE /admin/apps/${app}` }) },
  { endpoint: 'admin-rotate-signature', permission: 'apps.change',    made: ({ app }) => ({ on: `POST /admin/apps/${app}/signature` }) },
  { endpoint: 'admin-list-endpoints', permission: 'endpoints.read',   made: () => ({ on: 'GET /admin/endpoints' }) },
  { endpoint: 'admin-switch-endpoint', permission: 'endpoints.switch', made: () => ({ on: 'PUT /admin/endpoints/nobase.login', body: { status: 'open' } }) },
  { endpoint: 'admin-read-audit',     permission: 'audit.read',       made: () => ({ on: 'GET /admin/audit' }) },
  { endpoint: 'admin-read-decision',  permission: 'decisions.read',   made: () => ({ on: 'GET /admin/decisions/0000000000' }) },
];

/** The rows of the API that are for administrators, as `METHOD path` by endpoint. */
export const ADMIN_ROWS: ReadonlyMap<string, string> = new Map(
  api.rows.flatMap(({ endpoint, on }) => {
    const [first = ''] = on;
    return first.includes(' /api/v1/admin/') ? [[endpoint, first.replace(' /api/v1', ' ')] as const] : [];
  }),
);

/** Whom the call can be about. */
export function aboutWhom({ isAboutAccount, isAboutOrganisation }: Scenario): readonly Whom[] {
  if (isAboutAccount === true) return ['own', 'other', 'self'];
  return isAboutOrganisation === true ? ['own', 'other'] : ['-'];
}

/** Who may make a call: each role alone, nobody's role, and an administrator of no organisation. */
export const ACTORS = [...ROLES, 'no role', 'organisation-admin of none'] as const;

type Actor = (typeof ACTORS)[number];

/** An account and what it signs in with. */
export interface Somebody {
  readonly account: Account;
  readonly username: string;
  readonly password: string;
}

/** A server, and people on it. */
export class Stage {
  readonly server: TestServer;

  constructor(server: TestServer) {
    this.server = server;
  }

  static async open(settings: Readonly<Record<string, unknown>> = {}): Promise<Stage> {
    return new Stage(await startServer({ settings: { 'dialects.api.challenge': 'never', ...settings } }));
  }

  /** Somebody with these roles in that organisation. */
  async person(roles: readonly string[], organisation: string | null = OWN): Promise<Somebody> {
    const [username, password] = [aUsername(), aPassword()];
    const account = await this.server.addAccount({ username, password, roles: [...roles], organisation });
    return { account, username, password };
  }

  async actor(actor: Actor): Promise<Somebody> {
    if (actor === 'no role') return this.person([]);
    return actor === 'organisation-admin of none' ? this.person(['organisation-admin'], null) : this.person([actor]);
  }

  /** The id of an account nobody signs in to. */
  async bystander(organisation: string | null, roles: readonly string[] = []): Promise<string> {
    const { id } = await this.server.addAccount({ username: aUsername(), roles: [...roles], organisation });
    return id;
  }

  async token({ username, password }: Somebody): Promise<string> {
    const heard = await call(this.server, 'POST /sessions', { body: { identifier: username, password } });
    return String(told(heard)['token']);
  }

  /** Makes the call of a scenario. */
  async make(
    scenario: Scenario,
    by: { readonly token?: string; readonly self: string; readonly whom: Whom },
  ): Promise<Heard> {
    const organisation = by.whom === 'other' ? OTHER : OWN;
    const isOneself = by.whom === 'self' || scenario.isAboutAccount !== true;
    const account = isOneself ? by.self : await this.bystander(organisation);
    const app = scenario.permission.startsWith('apps.') ? (await this.server.addApp({ id: anAppId() })).id : '';
    const { on, body } = scenario.made({ account, organisation, app });
    return call(this.server, on, {
      ...(by.token !== undefined && { token: by.token }),
      ...(body !== undefined && { body }),
    });
  }
}
