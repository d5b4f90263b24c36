// Strings or nothing: a value of another type gets the parameter answer of its dialect and nothing else happens.
import { StoreFile } from '#tests/support/store-file';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { invite, type LoginFields, type Somebody, startWorld, type World } from '../laws/somebody.ts';
import { type Speaker, SPEAKERS, told } from '../laws/speakers.ts';

let world: World;
let person: Somebody;
beforeAll(async () => {
  world = await startWorld();
  person = await invite(world);
});
afterAll(() => world.server.close());

/** Values of every wrong type, some of them made of the right one. */
const WRONG: Readonly<Record<string, (right: unknown) => unknown>> = {
  fraction: () => 0.5,
  true: () => true,
  false: () => false,
  'empty list': () => [],
  'list of the right value': (right) => [right],
  'empty object': () => ({}),
  'object that asks for anything': () => ({ $ne: '' }),
  'object around the right value': (right) => ({ value: right, toString: right }),
  'list in a list': (right) => [[right]],
};

/** What each field's wrong types are answered with. */
const fieldsOf: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'aegisspeed.login': {
    user_id: '401 {"status":401,"token":"","code":"10002","result":"User does not exist","data":{}}',
    user_password: '401 {"status":401,"token":"","code":"10001","result":"Invalid username or password","data":{}}',
  },
  'aegisspeed.admin-login': {
    user_AegisSpeed_id: '400 {"status":400,"token":"","code":"10006","result":"Invalid AegisSpeed ID","data":{}}',
    user_password: '400 {"status":400,"token":"","code":"10005","result":"Invalid user password","data":{}}',
  },
  'weidu.login': Object.fromEntries(
    [
      'login_id',
      'password',
      'captcha_token',
      'device_model',
      'device_name',
      'timestamp',
      'device_id',
      'device_sign',
    ].map((field) => [field, `200 {"code":4000,"result":"Invalid input params: ${field}"}`]),
  ),
  'nobase.login': Object.fromEntries(
    ['appid', 'user', 'pass', 'signature'].map((field) => [
      field,
      `200 {"code":400,"msg":"fail","data":"Parameter error: ${field} is missing or malformed"}`,
    ]),
  ),
  'shopxo.login': {
    type: '200 {"msg":"登录类型有误","code":-1,"data":[]}',
    accounts: '200 {"msg":"登录账号不能为空","code":-1,"data":[]}',
    pwd: '200 {"msg":"密码格式 6~18 个字符之间","code":-1,"data":[]}',
  },
};

const cases = SPEAKERS.flatMap((speaker) =>
  Object.entries(fieldsOf[speaker.name] ?? {}).map(([field, answer]) => ({
    name: speaker.name,
    speaker,
    field,
    answer,
  })),
);

const withField = (speaker: Speaker, field: string, value: unknown) =>
  world.signIn(speaker, person, { fields: { [field]: value } });

describe('a field of a wrong type', () => {
  it.each(cases)('R-77 is refused: $field of $name', async ({ speaker, field, answer }) => {
    const right = speaker.fields(person, world.app)[field];
    const before = {
      sessions: new StoreFile(world.server).count('sessions'),
      hashed: world.server.house.passwords.stats(),
    };

    const heard = await Promise.all(
      Object.entries(WRONG).map(async ([type, wrong]) => [type, told(await withField(speaker, field, wrong(right)))]),
    );

    expect(Object.fromEntries(heard)).toEqual(Object.fromEntries(Object.keys(WRONG).map((type) => [type, answer])));
    const { verifications, decoys } = world.server.house.passwords.stats();
    expect({ verifications, decoys }).toMatchObject({
      verifications: before.hashed.verifications,
      decoys: before.hashed.decoys,
    });
    expect(new StoreFile(world.server).count('sessions')).toBe(before.sessions);
  });

  it.each(cases.filter(({ name }) => name !== 'shopxo.login').filter(({ field }) => field !== 'timestamp'))(
    'R-77 is refused when it is a number: $field of $name',
    async ({ speaker, field, answer }) => {
      expect(told(await withField(speaker, field, 13_800_138_000))).toBe(answer);
    },
  );

  it.each<[string, LoginFields, string]>([
    ['accounts', { accounts: 13_800_138_000.5 }, '{"msg":"登录账号不能为空","code":-1,"data":[]}'],
    ['accounts', { accounts: 1e300 }, '{"msg":"登录账号不能为空","code":-1,"data":[]}'],
    ['pwd', { pwd: 12_345 }, '{"msg":"密码格式 6~18 个字符","code":-1,"data":[]}'],
  ])('R-77 counts as text in ShopXO only when it is a safe integer: %s in %j', async (_, fields, body) => {
    const shopxo = SPEAKERS.find(({ name }) => name === 'shopxo.login') as Speaker;

    const heard = await world.signIn(shopxo, person, { fields });

    expect(heard.body).toBe(body);
  });
});

describe('a field that is not given', () => {
  const required = cases.filter(
    ({ speaker, field }) => field in speaker.fields({ ...emptyPerson() }, { id: 'a', signature: 'b' }),
  );

  it.each(required)('R-77 is missed, be it absent, null or empty: $field of $name', async ({ speaker, field }) => {
    const heard = await Promise.all([undefined, null, ''].map((value) => withField(speaker, field, value)));

    expect(new Set(heard.map(told)).size).toBe(1);
    expect(heard.map((each) => speaker.tokenIn(each))).toEqual([undefined, undefined, undefined]);
  });

  it.each(['captcha_token', 'device_model', 'device_name', 'timestamp', 'device_id', 'device_sign'])(
    'is no reason to refuse a weidu login: %s',
    async (field) => {
      const weidu = SPEAKERS.find(({ name }) => name === 'weidu.login') as Speaker;

      const heard = await Promise.all([undefined, null, ''].map((value) => withField(weidu, field, value)));

      expect(heard.every((each) => weidu.tokenIn(each) !== undefined)).toBe(true);
    },
  );
});

function emptyPerson(): Omit<Somebody, 'account'> {
  return { username: '', mobile: '', email: '', idNumber: '', aegisSpeedId: '', password: '' };
}
