// What is compared: pairs of attempts that nobody may be able to tell apart by the time their answers take.
import type { JsonObject } from '#core';

import { postRequest } from '../../bench/load.ts';
import type { AppKey } from '../../bench/rig.ts';
import { type LoginFields, type Speaker, SPEAKERS } from '../laws/speakers.ts';
import type { Person } from './people.ts';

/** What somebody asks. */
export type Ask = (person: Person, app: AppKey) => Uint8Array;

/** One of the two kinds of attempt. */
export interface Side {
  readonly name: string;
  /** What an import says of each person besides who they are; undefined for people nobody knows. */
  readonly account: JsonObject | undefined;
  readonly ask: Ask;
  /** Asked beforehand, from another source. */
  readonly before?: Ask;
}

/** Two kinds of attempt, and the requirement by which they must look alike. */
export interface Comparison {
  readonly requirement: `R-${number}`;
  readonly name: string;
  /** What every answer must contain: a call that is closed answers everybody alike, and proves nothing. */
  readonly expects: string;
  readonly sides: readonly [Side, Side];
}

const JSON_BODY = { 'content-type': 'application/json' } as const;
const PASSWORD = 'correct horse battery';
const WRONG = 'wrong horse battery';

/** What an account may have for a password. All are hashes of the same password, made once; the first costs what a new one costs. */
const CREDENTIALS = {
  'a current hash': {
    passwordHash: '$argon2id$v=19$m=19456,t=2,p=1$MOFTml0Mnh1JfuW2bDBEUQ$VklEUxQ6c/2CkqX29lVUk/jLexwqTu49u2Bh0vEAoWM',
  },
  'a cheaper Argon2': {
    passwordHash: '$argon2id$v=19$m=4096,t=1,p=1$0Pt93pAEQv2HVm9nTZ84VQ$5/XOn30mff2FfGiQAnbzZ8bu0kDkWJqUi19uF7DsqDk',
  },
  'a fast PBKDF2': {
    passwordHash: '$pbkdf2-sha256$i=1000$c2FsdHNhbHRzYWx0c2FsdA$Cf9xjlisAEzRbMZsosxST/5+wkpfUV6uoqiZkYtP6iQ',
  },
  'a cheap scrypt': {
    passwordHash: '$scrypt$ln=10,r=8,p=1$c2FsdHNhbHRzYWx0c2FsdA$fXnS5Awj6eMC+z1SbPBpyxEKbW7GHGyuCeVjw7IJSMI',
  },
  'no password': {},
} as const satisfies Record<string, JsonObject>;

const UNLIKE_A_DECOY = ['a cheaper Argon2', 'a fast PBKDF2', 'a cheap scrypt', 'no password'] as const;

function logIn({ path, fields }: Speaker, password: unknown, change: LoginFields = {}): Ask {
  return (person, app) => {
    const body = { ...fields({ ...person, password: password as string }, app), ...change };
    return postRequest(path, JSON_BODY, JSON.stringify(body));
  };
}

const someone = (ask: Ask, account: JsonObject = CREDENTIALS['a current hash']): Side => ({
  name: 'somebody',
  account,
  ask,
});
const nobody = (ask: Ask): Side => ({ name: 'nobody', account: undefined, ask });

/** The body of the answer to a wrong password. */
const wrongTo = ({ answers }: Speaker): string => answers.wrong.slice(answers.wrong.indexOf('{'));

/** The same attempt at a name somebody has and at a name nobody has. */
function existence(
  requirement: Comparison['requirement'],
  speaker: Speaker,
  what: readonly [string, unknown],
): Comparison {
  const [name, password] = what;
  const ask = logIn(speaker, password);
  // What is no text is malformed to some documents, and a wrong password to others.
  const expects = typeof password === 'string' ? wrongTo(speaker) : '';
  return { requirement, name: `${speaker.name}, ${name}`, expects, sides: [someone(ask), nobody(ask)] };
}

// oxfmt-ignore
const UNFIT = [
  ['an empty password',           ''],
  ['a password of 2000 letters',  'x'.repeat(2000)],
  ['a password that is a list',   ['x']],
] as const;

const [AEGISSPEED, , WEIDU, NOBASE] = SPEAKERS as readonly [Speaker, Speaker, Speaker, Speaker];

/** An account whose stored hash is unlike a decoy, or that has none. */
function credential(name: (typeof UNLIKE_A_DECOY)[number]): Comparison {
  const ask = logIn(WEIDU, WRONG);
  const sides = [someone(ask, CREDENTIALS[name]), nobody(ask)] as const;
  return { requirement: 'R-23', name: `weidu.login, ${name}`, expects: wrongTo(WEIDU), sides };
}

/** Whoever signed in a moment ago is fresh in every cache; of whom nobody has heard is in none. */
function firstContact(speaker: Speaker): Comparison {
  const wrong = logIn(speaker, WRONG);
  const regular = { ...someone(wrong), name: 'a regular', before: logIn(speaker, PASSWORD) };
  const sides = [regular, nobody(wrong)] as const;
  return { requirement: 'R-24', name: `${speaker.name}, first contact`, expects: wrongTo(speaker), sides };
}

/** A code asked for: whether one is sent is decided by whose the number is, and nobody may notice. */
function sending(requirement: Comparison['requirement'], action: string): Comparison {
  const ask: Ask = ({ mobile }) =>
    postRequest(`/api.php?s=user/${action}`, JSON_BODY, JSON.stringify({ accounts: mobile, type: 'sms' }));
  return { requirement, name: `shopxo, ${action}`, expects: '发送成功', sides: [someone(ask), nobody(ask)] };
}

/** A registration that signs nobody in: whether the name was free is not told. */
function registering(): Comparison {
  const ask: Ask = ({ username: user }, { id: appid, signature }) =>
    postRequest(
      '/api/user/register',
      JSON_BODY,
      JSON.stringify({ appid, signature, user, pass: WRONG, nickname: 'n' }),
    );
  return { requirement: 'R-26', name: 'nobase, register', expects: 'Registered', sides: [someone(ask), nobody(ask)] };
}

/** A signature that is right but for its last character, and one that is wrong from the first. */
function signaturePrefix(): Comparison {
  const wrongAt =
    (place: (signature: string) => number): Ask =>
    (person, app) => {
      const at = place(app.signature);
      const other = app.signature[at] === '0' ? '1' : '0';
      const signature = app.signature.slice(0, at) + other + app.signature.slice(at + 1);
      return logIn(NOBASE, WRONG, { signature })(person, app);
    };
  const early = { ...nobody(wrongAt(() => 0)), name: 'wrong from the first character' };
  const late = { ...nobody(wrongAt(({ length }) => length - 1)), name: 'wrong in the last character' };
  const name = 'nobase.login, how much of the signature is right';
  return { requirement: 'R-19', name, expects: 'Signature error', sides: [early, late] };
}

/** Everything that is measured. */
export const COMPARISONS: readonly Comparison[] = [
  ...SPEAKERS.map((speaker) => existence('R-21', speaker, ['a wrong password', WRONG])),
  ...SPEAKERS.flatMap((speaker) => UNFIT.map((what) => existence('R-22', speaker, what))),
  ...UNLIKE_A_DECOY.map(credential),
  ...[AEGISSPEED, WEIDU].map(firstContact),
  sending('R-26', 'loginverifysend'),
  sending('R-26', 'regverifysend'),
  registering(),
  sending('R-27', 'forgetpwdverifysend'),
  signaturePrefix(),
];
