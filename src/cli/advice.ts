// What an operator can do about a refusal.
import type { Explanation, RefusalCode } from '#core';

/** What the advice may name. */
interface About {
  readonly account: string;
  /** Whether that is an account there is. */
  readonly hasAccount: boolean;
  readonly app: string;
  readonly endpoint: string;
  readonly dialect: string;
}

type Advise = (about: About) => string;

const enable: Advise = ({ account }) => `understudy account enable ${account}`;
const setPassword: Advise = ({ account }) => `understudy account set-password ${account}`;
const answerChallenge: Advise = () =>
  'the client has to answer a challenge first, because of failures against the account (understudy account unlock forgets those) or from its source (those pass with budgets.source.windowSeconds)';
const waitOrRaise =
  (kind: string): Advise =>
  () =>
    `wait; if many people share this address, raise budgets.${kind}.failures; if it is a proxy's, name the proxy in trustedProxies`;

// prettier-ignore
const ADVICE: Partial<Record<RefusalCode, Advise>> = {
  'account.disabled': enable,
  'account.pending': enable,
  'account.password-change-due': setPassword,
  'account.password-missing': setPassword,
  'account.role-missing': ({ account }) => `understudy account grant ${account} <role>`,
  'account.unknown': () => 'the name is unknown in this realm; look with: understudy account search <part of it>',
  'app.method-closed': () => 'let the client post, or register the app anew with GET allowed',
  'app.signature': ({ app }) => `the signature is not that of the app; for a new one: understudy app rotate-signature ${app}`,
  'app.stopped': ({ app }) => `understudy app start ${app}`,
  'app.unknown': () => 'no app of that id is registered: understudy app list',
  'challenge.expired': answerChallenge,
  'challenge.mismatch': answerChallenge,
  'challenge.missing': answerChallenge,
  'credentials.mismatch': ({ account }) => `the password was wrong; for a new one: understudy account set-password ${account}`,
  'endpoint.closed': ({ endpoint }) => `understudy endpoint open ${endpoint}`,
  'input.malformed': () => 'the client sent something that cannot be read; the remark says what',
  'lookup.closed': ({ dialect }) => `dialects.${dialect}.policy is strict, under which nobody is told who has an account`,
  'lookup.too-many': () => 'wait; if many people ask from one address, raise lookups.source.perHour; if it is a proxy\'s, name the proxy in trustedProxies',
  'origin.foreign': ({ dialect }) => `name the page's origin in dialects.${dialect}.origins, if it is yours`,
  'operator.last': () => 'make another operator first: understudy operator create --another',
  'permission.missing': ({ account }) => `whoever asked lacks a role (docs/roles.md): understudy account grant ${account} <role>`,
  'registration.too-many': () => 'wait; if many people register from one address, raise registration.source.perHour; if it is a proxy\'s, name the proxy in trustedProxies',
  'server.busy': () => 'more sign-ins than can be hashed in time; if it lasts: more cores or another server (docs/operating/overload.md)',
  'throttle.account': ({ account, hasAccount }) =>
    hasAccount ? `understudy account unlock ${account}` : 'nobody has this name, so there is nothing to unlock; it is forgotten by itself',
  'throttle.source': waitOrRaise('source'),
  'throttle.subnet': waitOrRaise('subnet'),
  'transport.insecure': () => 'the client has to come over HTTPS',
};

const ACCOUNT_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

/** What is known about the refusal, by the names the advice uses; the record's word before the trail's. */
function aboutOf({ decision, entries }: Explanation): About {
  const entry = entries.at(-1);
  const known = { ...entry, ...decision };
  const account = entry?.accountId ?? ACCOUNT_ID.exec(decision?.key ?? '')?.[0];
  return {
    account: account ?? '<identifier>',
    hasAccount: account !== undefined,
    app: known.appId ?? '<appid>',
    endpoint: known.endpoint ?? '<endpoint>',
    dialect: known.dialect ?? '<dialect>',
  };
}

/** What to do; undefined when there is nothing. */
export function adviceOn(explanation: Explanation): string | undefined {
  const code = explanation.decision?.refusal ?? explanation.entries.at(-1)?.reason;
  return ADVICE[code as RefusalCode]?.(aboutOf(explanation));
}
