// The words of every message in both languages. None of them holds a link, so that nobody learns to follow one.
import type { Language, MessageName } from '#core';

/** One message in one language: a letter with its subject, and a short message. */
export interface Words {
  readonly subject: string;
  readonly email: string;
  readonly sms: string;
}

const CODE_ZH = '{minutes} 分钟内有效。请勿将验证码告诉任何人，我们的工作人员也不会向您索取。';
const CODE_EN = 'It is good for {minutes} minutes. Never tell it to anyone; we will not ask you for it.';
const NOTICE_ZH = '如非本人操作，请尽快修改密码并联系我们。';
const NOTICE_EN = 'If this was not you, change your password and contact us.';

// prettier-ignore
const ZH: Readonly<Record<MessageName, Words>> = {
  'code.sign-in':            { subject: '{product} 登录验证码',     email: `您的登录验证码是 {code}，${CODE_ZH}`,           sms: '【{product}】登录验证码 {code}，{minutes} 分钟内有效，请勿告诉他人。' },
  'code.register':           { subject: '{product} 注册验证码',     email: `您的注册验证码是 {code}，${CODE_ZH}`,           sms: '【{product}】注册验证码 {code}，{minutes} 分钟内有效，请勿告诉他人。' },
  'code.reset':              { subject: '{product} 重置密码验证码', email: `您的重置密码验证码是 {code}，${CODE_ZH}`,       sms: '【{product}】重置密码验证码 {code}，{minutes} 分钟内有效，请勿告诉他人。' },
  'notice.locked':           { subject: '{product} 账号已锁定',     email: `由于多次登录失败，您的账号已于 {at} 锁定（来源 {source}）。${NOTICE_ZH}`, sms: '【{product}】由于多次登录失败，您的账号已于 {at} 锁定。' },
  'notice.new-source':       { subject: '{product} 新的登录来源',   email: `您的账号于 {at} 从新的来源 {source} 登录。${NOTICE_ZH}`,                 sms: '【{product}】您的账号于 {at} 从新的来源 {source} 登录，如非本人操作请尽快修改密码。' },
  'notice.password-changed': { subject: '{product} 密码已修改',     email: `您的账号密码已于 {at} 修改。${NOTICE_ZH}`,      sms: '【{product}】您的账号密码已于 {at} 修改，如非本人操作请尽快联系我们。' },
};

// prettier-ignore
const EN: Readonly<Record<MessageName, Words>> = {
  'code.sign-in':            { subject: '{product}: sign-in code',        email: `Your sign-in code is {code}. ${CODE_EN}`,        sms: '{product}: {code} is your sign-in code, good for {minutes} minutes. Never tell it to anyone.' },
  'code.register':           { subject: '{product}: registration code',   email: `Your registration code is {code}. ${CODE_EN}`,   sms: '{product}: {code} is your registration code, good for {minutes} minutes. Never tell it to anyone.' },
  'code.reset':              { subject: '{product}: password reset code', email: `Your password reset code is {code}. ${CODE_EN}`, sms: '{product}: {code} is your password reset code, good for {minutes} minutes. Never tell it to anyone.' },
  'notice.locked':           { subject: '{product}: account locked',      email: `Your account was locked at {at} after too many failed sign-ins, the last from {source}. ${NOTICE_EN}`, sms: '{product}: your account was locked at {at} after too many failed sign-ins.' },
  'notice.new-source':       { subject: '{product}: new sign-in',         email: `Your account was signed in to at {at} from {source}, which is new. ${NOTICE_EN}`, sms: '{product}: new sign-in to your account at {at} from {source}. Not you? Change your password.' },
  'notice.password-changed': { subject: '{product}: password changed',    email: `The password of your account was changed at {at}. ${NOTICE_EN}`, sms: '{product}: your password was changed at {at}. Not you? Contact us.' },
};

/** The words that come with the server. */
export const WORDS: Readonly<Record<Language, Readonly<Record<MessageName, Words>>>> = { zh: ZH, en: EN };
