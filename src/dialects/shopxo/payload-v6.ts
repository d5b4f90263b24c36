// The person as the current generation shows one: numbers are numbers, and what belongs to a platform stands beside the account.
import type { JsonObject } from '#core';
import { localTime, type Reply } from '#wire';
import { readableParameters, wordOf } from './parameters.ts';
import { firstOf, type Person } from './person.ts';
import type { ShopxoSettings } from './settings.ts';

/** The keys of the recorded answers, in their order. */
export function payloadV6(person: Person, { request, timeZone }: Reply<ShopxoSettings>): JsonObject {
  const { account, own } = person;
  const { province = '', city = '', county = '', address = '' } = account.profile;
  const parameters = readableParameters(request);
  return {
    id: account.number,
    number_code: own.number_code || memberNumber(account.id),
    status: person.status,
    username: person.username,
    nickname: person.nickname,
    mobile: person.mobile,
    email: person.email,
    gender: person.gender,
    avatar: person.avatar,
    province,
    city,
    county,
    birthday: person.birthday,
    address,
    integral: own.integral,
    locking_integral: own.locking_integral,
    referrer: own.referrer,
    is_delete_time: 0,
    is_logout_time: 0,
    add_time: Math.floor(account.createdAt / 1000),
    upd_time: Math.floor(account.updatedAt / 1000),
    system_type: wordOf(parameters, 'system_type') || 'default',
    platform: wordOf(parameters, 'application_client_type') || 'pc',
    token: person.token,
    alipay_openid: own.alipay_openid,
    weixin_openid: own.weixin_openid,
    weixin_unionid: own.weixin_unionid,
    weixin_web_openid: own.weixin_web_openid,
    baidu_openid: own.baidu_openid,
    toutiao_openid: own.toutiao_openid,
    toutiao_unionid: own.toutiao_unionid,
    qq_openid: own.qq_openid,
    qq_unionid: own.qq_unionid,
    kuaishou_openid: own.kuaishou_openid,
    add_time_text: localTime(account.createdAt, timeZone),
    upd_time_text: localTime(account.updatedAt, timeZone),
    gender_text: person.genderText,
    mobile_security: person.mobileMasked,
    email_security: person.emailMasked,
    address_info: `${province}${city}${county}${address}`,
    user_name_view: firstOf([person.nickname, person.username, person.mobileMasked, person.emailMasked]),
    is_setup_pwd: 1,
    is_mandatory_bind_mobile: 0,
  };
}

/** Fourteen digits that begin with 8888, always the same for one account. */
function memberNumber(id: string): string {
  const all = BigInt(`0x${id.replaceAll('-', '')}`);
  return `8888${String(all % 10n ** 10n).padStart(10, '0')}`;
}
