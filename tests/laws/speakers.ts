// The documented logins as their clients speak them: what is said, what is heard, and which answers a client may meet at all.
import type { Account } from '#core';
import type { Heard } from '#tests/support/talk';

import { LEGAL } from './legal-answers.ts';

/** Somebody whom every login knows. */
export interface Somebody {
  readonly account: Account;
  readonly username: string;
  readonly mobile: string;
  readonly email: string;
  readonly idNumber: string;
  readonly aegisSpeedId: string;
  readonly password: string;
}

/** The application NoBase clients belong to. */
export interface KnownApp {
  readonly id: string;
  readonly signature: string;
}

/** Fields of one login, as its document names them. */
export interface LoginFields {
  readonly [name: string]: unknown;
}

/** One documented login. */
export interface Speaker {
  /** Name of the endpoint. */
  readonly name: string;
  readonly dialect: keyof typeof LEGAL;
  readonly path: string;
  /** A path under its prefix that means nothing. */
  readonly unknownPath: string;
  /** The fields that say who somebody is, and that hold the password. */
  readonly who: string;
  readonly password: string;
  readonly fields: (somebody: Omit<Somebody, 'account'>, app: KnownApp) => LoginFields;
  /** The token in a successful answer. */
  readonly tokenIn: (heard: Heard) => string | undefined;
  readonly answers: {
    readonly fault: string;
    readonly malformed: string;
    readonly unknownRoute: string;
    readonly closed: string;
    readonly wrong: string;
    readonly disabled: string;
    readonly locked: RegExp;
    readonly insecure: string;
  };
}

/** Status and body in one text. */
export const told = ({ status, body }: Heard): string => `${status} ${body}`;

/** The members of a body that is a JSON object; of any other, none. */
export const bodyOf = (heard: Heard): Readonly<Record<string, unknown>> => {
  try {
    const body: unknown = JSON.parse(heard.body);
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  } catch {
    return {};
  }
};

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;

const aegis = (status: number, code: string, result: string): string =>
  `${status} ${JSON.stringify({ status, token: '', code, result, data: {} })}`;
const weidu = (code: number, result: string, status = 200): string => `${status} ${JSON.stringify({ code, result })}`;
const nobase = (code: number, data: string): string => `200 ${JSON.stringify({ code, msg: 'fail', data })}`;
const shopxo = (code: number, msg: string): string => `200 ${JSON.stringify({ msg, code, data: [] })}`;

const AEGIS_ANSWERS = {
  fault: aegis(500, '10004', 'Login failed, server internal error'),
  unknownRoute: aegis(403, '10003', 'Server has not opened this endpoint'),
  closed: aegis(403, '10003', 'Server has not opened this endpoint'),
  wrong: aegis(401, '10001', 'Invalid username or password'),
  disabled: aegis(401, '10001', 'This account is disabled'),
  locked:
    /^429 \{"status":429,"token":"","code":"10001","result":"Too many failed attempts, try again in \d+ seconds","data":\{\}\}$/,
  insecure: aegis(403, '10003', 'Server has not opened this endpoint'),
};

/** AegisSpeed, document 000. */
const aegisspeedLogin: Speaker = {
  name: 'aegisspeed.login',
  dialect: 'aegisspeed',
  path: '/user/login/login_user_info',
  unknownPath: '/user/login/nothing',
  who: 'user_id',
  password: 'user_password',
  fields: ({ idNumber, password }) => ({ user_id: idNumber, user_password: password }),
  tokenIn: (heard) => textOf(bodyOf(heard)['token']),
  answers: { ...AEGIS_ANSWERS, malformed: aegis(400, '10001', 'Invalid request parameters') },
};

/** AegisSpeed, document 001. */
const aegisspeedAdminLogin: Speaker = {
  ...aegisspeedLogin,
  name: 'aegisspeed.admin-login',
  path: '/user/login/login_admin_info_by_aegisspeed_id',
  who: 'user_AegisSpeed_id',
  fields: ({ aegisSpeedId, password }) => ({ user_AegisSpeed_id: aegisSpeedId, user_password: password }),
  answers: { ...AEGIS_ANSWERS, malformed: aegis(400, '10006', 'Invalid AegisSpeed ID') },
};

/** weidu, document 002. */
const weiduLogin: Speaker = {
  name: 'weidu.login',
  dialect: 'weidu',
  path: '/weidu/api/v1/users/login',
  unknownPath: '/weidu/api/v1/users/nothing',
  who: 'login_id',
  password: 'password',
  fields: ({ mobile, password }) => ({ login_id: mobile, password }),
  tokenIn: (heard) => textOf(heard.headers['token']),
  answers: {
    fault: weidu(500, '服务器内部错误', 500),
    malformed: weidu(4000, 'Invalid input params: body'),
    unknownRoute: weidu(4000, 'Invalid input params: 接口不存在'),
    closed: weidu(4000, '该接口暂时关闭'),
    wrong: weidu(40013, '密码错误'),
    disabled: weidu(40021, '账号已被禁用'),
    locked: /^200 \{"code":40021,"result":"密码输入错误次数过多，账号已被锁定，请\d+秒后再试"\}$/,
    insecure: weidu(4000, '请使用HTTPS访问'),
  },
};

/** NoBase, document 003. */
const nobaseLogin: Speaker = {
  name: 'nobase.login',
  dialect: 'nobase',
  path: '/api/user/login',
  unknownPath: '/api/user/nothing',
  who: 'user',
  password: 'pass',
  fields: ({ username, password }, { id, signature }) => ({ appid: id, user: username, pass: password, signature }),
  tokenIn: (heard) => textOf(memberOf(bodyOf(heard)['data'], 'token')),
  answers: {
    fault: nobase(500, 'System error'),
    malformed: nobase(400, 'Parameter error'),
    unknownRoute: nobase(400, 'This interface does not exist'),
    closed: nobase(400, 'This interface is closed'),
    wrong: nobase(400, 'Password error'),
    disabled: nobase(400, 'This account is disabled'),
    locked: /^200 \{"code":400,"msg":"fail","data":"Too many failed attempts, try again in \d+ seconds"\}$/,
    insecure: nobase(400, 'Use HTTPS'),
  },
};

/** ShopXO, document 004. */
const shopxoLogin: Speaker = {
  name: 'shopxo.login',
  dialect: 'shopxo',
  path: '/api.php?s=user/login',
  unknownPath: '/api.php?s=user/nothing',
  who: 'accounts',
  password: 'pwd',
  fields: ({ email, password }) => ({ accounts: email, pwd: password, type: 'username' }),
  tokenIn: (heard) => textOf(memberOf(bodyOf(heard)['data'], 'token')),
  answers: {
    fault: shopxo(-100, '登录失效，请重新登录'),
    malformed: shopxo(-1, '登录类型有误'),
    unknownRoute: shopxo(-1000, '非法访问(nothing)'),
    closed: shopxo(-1, '暂时关闭登录'),
    wrong: shopxo(-4, '密码错误'),
    disabled: shopxo(-10, '用户被禁止登录'),
    locked: /^200 \{"msg":"密码错误次数过多，请\d+分钟后再试","code":-4,"data":\[\]\}$/,
    insecure: shopxo(-1, '请使用HTTPS访问'),
  },
};

const harbourRefusal = (status: number, code: string, message: string): string =>
  `${status} ${JSON.stringify({ error: { code, message } })}`;

/** Harbour, the dialect of `examples/own-dialect`: what holds for ours has to hold for anybody's. */
const harbourSession: Speaker = {
  name: 'harbour.session',
  dialect: 'harbour',
  path: '/harbour/v1/session',
  unknownPath: '/harbour/v1/nothing',
  who: 'phone',
  password: 'password',
  fields: ({ mobile, password }) => ({ phone: mobile, password }),
  tokenIn: (heard) => textOf(memberOf(bodyOf(heard)['session'], 'token')),
  answers: {
    fault: harbourRefusal(500, 'failed', 'Something went wrong'),
    malformed: harbourRefusal(400, 'invalid_request', 'The request is not what this call expects'),
    unknownRoute: harbourRefusal(404, 'not_found', 'There is nothing here'),
    closed: harbourRefusal(403, 'closed', 'The harbour is closed'),
    wrong: harbourRefusal(401, 'wrong_credentials', 'Phone number or password is wrong'),
    disabled: harbourRefusal(403, 'not_allowed', 'This account may not come aboard'),
    locked: /^429 \{"error":\{"code":"too_many_tries","message":"Too many tries, come back in \d+ seconds"\}\}$/,
    insecure: harbourRefusal(403, 'not_allowed', 'This account may not come aboard'),
  },
};

/** The five documented logins. */
export const SPEAKERS: readonly Speaker[] = [
  aegisspeedLogin,
  aegisspeedAdminLogin,
  weiduLogin,
  nobaseLogin,
  shopxoLogin,
];

/** The documented logins, and that of a dialect from outside the tree. */
export const EVERY_SPEAKER: readonly Speaker[] = [...SPEAKERS, harbourSession];

/** Every dialect whose answers are described. */
export const LEGAL_ANYWHERE = Object.keys(LEGAL) as readonly (keyof typeof LEGAL)[];

/** Whether a client of the dialect may meet this answer. */
export function isLegal(speaker: Pick<Speaker, 'dialect'>, heard: Heard): boolean {
  return LEGAL[speaker.dialect](heard);
}
