// Every sentence the ShopXO dialect says, as the documented generation (v2) and the current one (v6) word it.
import { type Reply, say, type WireRequest } from '#wire';
import { readableParameters } from './parameters.ts';
import type { ShopxoSettings } from './settings.ts';

/** One sentence in the Chinese of either generation, and in English. */
export interface ShopxoText {
  readonly v2: string;
  readonly v6: string;
  readonly en: string;
}

// oxfmt-ignore
export const TEXTS = {
  loginSuccessful:     { v2: '登录成功',                            v6: '登录成功',                            en: 'Login Succeeded' },
  success:             { v2: 'success',                             v6: 'success',                             en: 'success' },
  typeWrong:           { v2: '登录类型有误',                        v6: '登录类型有误',                        en: 'Wrong login type' },
  accountsEmpty:       { v2: '登录账号不能为空',                    v6: '账号不能为空',                        en: 'Account cannot be empty' },
  loginClosed:         { v2: '暂时关闭登录',                        v6: '暂时关闭登录',                        en: 'Temporarily close login' },
  mobileForm:          { v2: '手机号码格式错误',                    v6: '手机号码格式错误',                    en: 'Mobile number format error' },
  mobileUnknown:       { v2: '手机号码不存在',                      v6: '手机号码不存在、请先注册！',          en: 'Mobile number does not exist, please register first!' },
  emailForm:           { v2: '电子邮箱格式错误',                    v6: '电子邮箱格式错误',                    en: 'Email format error' },
  emailUnknown:        { v2: '电子邮箱不存在',                      v6: '电子邮箱不存在、请先注册！',          en: 'Email does not exist, please register first!' },
  accountUnknown:      { v2: '登录帐号不存在',                      v6: '帐号不存在',                          en: 'Account does not exist' },
  accountTaken:        { v2: '用户已存在[{name}]',                      v6: '用户已存在[{name}]',                      en: 'User already exists[{name}]' },
  passwordEmpty:       { v2: '密码格式 6~18 个字符之间',            v6: '登录密码格式6~18个字符之间',          en: 'Login password format is between 6 and 18 characters' },
  passwordForm:        { v2: '密码格式 6~18 个字符',                v6: '登录密码格式6~18个字符之间',          en: 'Login password format is between 6 and 18 characters' },
  passwordMissing:     { v2: '密码错误',                            v6: '请先设置密码！',                      en: 'Please set a password first!' },
  passwordWrong:       { v2: '密码错误',                            v6: '密码错误',                            en: 'Password error' },
  pictureEmpty:        { v2: '图片验证码为空',                      v6: '图片验证码不能为空',                  en: 'The picture verification code cannot be empty' },
  registerClosed:      { v2: '暂时关闭用户注册',                           v6: '暂时关闭注册',                             en: 'Temporarily close registration' },
  registered:          { v2: '注册成功',                               v6: '注册成功',                               en: 'Register Succeeded' },
  registerTypeWrong:   { v2: '注册类型有误',                             v6: '注册类型有误',                             en: 'Wrong registration type' },
  accountsMissing:     { v2: '账号不能为空',                             v6: '账号不能为空',                             en: 'Account cannot be empty' },
  passwordAbsent:      { v2: '密码不能为空',                             v6: '密码不能为空',                             en: 'Password cannot be empty' },
  codeAbsent:          { v2: '验证码不能为空',                            v6: '验证码不能为空',                            en: 'Verification code cannot be empty' },
  usernameForm:        { v2: '用户名格式由 字母数字下划线 2~18 个字符',            v6: '用户名格式由字母数字下划线2~18个字符',               en: 'The user name format is 2~18 characters with alphanumeric underscore' },
  destinationForm:     { v2: '手机/邮箱格式有误',                          v6: '手机/邮箱格式有误',                          en: 'Incorrect format of mobile phone/email' },
  passwordShort:       { v2: '密码格式最少 {limit} 个字符',                 v6: '密码格式最少{limit}个字符',                   en: 'The password must have at least {limit} characters' },
  passwordCommon:      { v2: '密码过于简单，请更换密码',                       v6: '密码过于简单，请更换密码',                       en: 'The password is easy to guess, choose another one' },
  passwordUnfit:       { v2: '密码格式有误',                             v6: '密码格式有误',                             en: 'Password format error' },
  tooOften:            { v2: '操作频繁，请{minutes}分钟后再试',               v6: '操作频繁，请{minutes}分钟后再试',               en: 'Too frequent, try again in {minutes} min' },
  done:                { v2: '操作成功',                               v6: '操作成功',                               en: 'Operation Succeeded' },
  loggedOut:           { v2: '退出成功',                               v6: '退出成功',                               en: 'Quit Succeeded' },
  mobileTaken:         { v2: '手机号码已存在',                      v6: '手机号码已存在',                      en: 'Mobile number already exists' },
  emailTaken:          { v2: '电子邮箱已存在',                      v6: '电子邮箱已存在',                      en: 'Email already exists' },
  codeSent:            { v2: '发送成功',                            v6: '发送成功',                            en: 'Sent successfully' },
  codesUnsupported:    { v2: '该类型不支持验证码发送',              v6: '该类型不支持验证码发送',              en: 'This type does not support sending verification codes' },
  codeTooSoon:         { v2: '发送失败[操作频繁，请稍后再试！]',    v6: '发送失败[操作频繁，请稍后再试！]',    en: 'Sending failed [too frequent, try again later!]' },
  codeNotCarried:      { v2: '发送失败[暂时无法发送，请稍后再试！]', v6: '发送失败[暂时无法发送，请稍后再试！]', en: 'Sending failed [cannot be sent now, try again later!]' },
  picturesTooMany:     { v2: '操作频繁，请稍后再试！',              v6: '操作频繁，请稍后再试！',              en: 'Too frequent, try again later!' },
  pictureExpired:      { v2: '验证码已过期',                        v6: '验证码已过期',                        en: 'The verification code has expired' },
  pictureWrong:        { v2: '验证码错误',                          v6: '验证码错误',                          en: 'Verification code error' },
  codeExpired:         { v2: '验证码已过期',                        v6: '验证码已过期',                        en: 'The verification code has expired' },
  codeWrong:           { v2: '验证码错误',                          v6: '验证码错误',                          en: 'Verification code error' },
  throttled:           { v2: '密码错误次数过多，请{minutes}分钟后再试', v6: '密码错误次数过多，请{minutes}分钟后再试', en: 'Too many wrong passwords, try again in {minutes} min' },
  accountDisabled:     { v2: '用户被禁止登录',                      v6: '用户被禁止登录',                      en: 'User is prohibited from logging in' },
  accountPending:      { v2: '用户等待审核中',                      v6: '用户等待审核中',                      en: 'User waiting for review' },
  passwordChangeDue:   { v2: '请先修改密码',                        v6: '请先修改密码',                        en: 'Please change the password first' },
  signInInvalid:       { v2: '登录失效，请重新登录',                v6: '登录失效，请重新登录',                en: 'Login Failed, please login again' },
  actionUnknown:       { v2: '非法访问({name})',                    v6: '非法访问({name})',                    en: 'illegal access({name})' },
  controllerUnknown:   { v2: '{name} 控制器不存在',                 v6: '控制器不存在({name})',                en: 'Controller does not exist({name})' },
  originForeign:       { v2: '不接受来自该站点的请求',              v6: '不接受来自该站点的请求',              en: 'Requests from this site are not accepted' },
  transportInsecure:   { v2: '请使用HTTPS访问',                     v6: '请使用HTTPS访问',                     en: 'This must be asked over HTTPS' },
  busy:                { v2: '系统繁忙，请稍后再试',                v6: '系统繁忙，请稍后再试',                en: 'The system is busy, try again later' },
  genderUnknown:       { v2: '保密',                                v6: '保密',                                en: 'secrecy' },
  genderFemale:        { v2: '女',                                  v6: '女',                                  en: 'female' },
  genderMale:          { v2: '男',                                  v6: '男',                                  en: 'male' },
} as const satisfies Record<string, ShopxoText>;

/** Says a sentence as the configured generation does; v6 follows the parameter `lang`. */
export function tell(
  text: ShopxoText,
  reply: Reply<ShopxoSettings>,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return say({ zh: text[reply.settings.profile], en: text.en }, spokenLanguage(reply.request, reply.settings), values);
}

/** The language a client is spoken to in. */
export function spokenLanguage(request: WireRequest, { profile, locale }: ShopxoSettings): 'zh' | 'en' {
  if (profile === 'v2') return locale;
  const { lang } = readableParameters(request);
  return lang === 'zh' || lang === 'en' ? lang : locale;
}
