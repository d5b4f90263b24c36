// The person as the documented generation shows one: every number a text, but for the last key.
import type { JsonObject } from '#core';
import { localTime, type Reply } from '#wire';
import { startOfDay } from './birthday.ts';
import { firstOf, type Person } from './person.ts';
import type { ShopxoSettings } from './settings.ts';

/** The keys of the document's example, in its order. */
export function payloadV2(person: Person, { timeZone }: Reply<ShopxoSettings>): JsonObject {
  const { account, own } = person;
  return {
    id: String(account.number),
    alipay_openid: own.alipay_openid,
    weixin_openid: own.weixin_openid,
    weixin_unionid: own.weixin_unionid,
    weixin_web_openid: own.weixin_web_openid,
    baidu_openid: own.baidu_openid,
    toutiao_openid: own.toutiao_openid,
    qq_openid: own.qq_openid,
    qq_unionid: own.qq_unionid,
    status: String(person.status),
    token: person.token,
    username: person.username,
    nickname: person.nickname,
    mobile: person.mobile,
    email: person.email,
    gender: String(person.gender),
    avatar: person.avatar,
    province: account.profile.province ?? '',
    city: account.profile.city ?? '',
    birthday: person.birthday === '' ? '0' : String(startOfDay(person.birthday, timeZone)),
    address: account.profile.address ?? '',
    integral: String(own.integral),
    locking_integral: String(own.locking_integral),
    referrer: String(own.referrer),
    plugins_distribution_level: String(own.plugins_distribution_level),
    plugins_user_level: String(own.plugins_user_level),
    is_delete_time: '0',
    add_time: String(Math.floor(account.createdAt / 1000)),
    upd_time: String(Math.floor(account.updatedAt / 1000)),
    add_time_text: localTime(account.createdAt, timeZone),
    upd_time_text: localTime(account.updatedAt, timeZone),
    gender_text: person.genderText,
    birthday_text: person.birthday,
    mobile_security: person.mobileMasked,
    email_security: person.emailMasked,
    user_name_view: firstOf([person.username, person.nickname, person.mobileMasked, person.emailMasked]),
    is_mandatory_bind_mobile: 0,
  };
}
