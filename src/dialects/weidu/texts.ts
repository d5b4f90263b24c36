// Every sentence the weidu dialect says. The Chinese of the numbered answers is the original's; so is "Invalid input params".
import type { Text } from '#wire';

// oxfmt-ignore
export const TEXTS = {
  notSignedIn:       { zh: '未登录或者登录过期',                                       en: 'Not signed in, or the session has expired' },
  invalidParams:     { zh: 'Invalid input params: {field}',                            en: 'Invalid input params: {field}' },
  endpointUnknown:   { zh: 'Invalid input params: 接口不存在',                         en: 'Invalid input params: there is no such endpoint' },
  endpointClosed:    { zh: '该接口暂时关闭',                                           en: 'This endpoint is closed for the time being' },
  originForeign:     { zh: '不接受来自该站点的请求',                                   en: 'Requests from this site are not accepted' },
  transportInsecure: { zh: '请使用HTTPS访问',                                          en: 'This must be asked over HTTPS' },
  taken:             { zh: '该账号已被注册',                                           en: 'This account is registered already' },
  passwordShort:     { zh: 'Invalid input params: password，密码至少{limit}个字符',        en: 'Invalid input params: password, at least {limit} characters' },
  passwordCommon:    { zh: 'Invalid input params: password，密码过于简单',               en: 'Invalid input params: password, easy to guess' },
  passwordWrong:     { zh: '密码错误',                                                 en: 'Wrong password' },
  codeWrong:         { zh: '验证码错误',                                               en: 'Wrong code' },
  codeTooSoon:       { zh: '一分钟内只能发送一次验证码',                               en: 'Only one code a minute' },
  codeSpaced:        { zh: '{limit}秒内只能发送一次验证码',                            en: 'Only one code in {limit} seconds' },
  codesOfDay:        { zh: '24小时内只能发送{limit}条短信',                            en: 'Only {limit} messages in 24 hours' },
  codesOfHour:       { zh: '1小时内只能发送{limit}条短信',                             en: 'Only {limit} messages in an hour' },
  notSent:           { zh: '发送验证码失败，请稍后重试',                               en: 'The code could not be sent, try again later' },
  mobileInvalid:     { zh: '无效手机号',                                               en: 'Not a mobile number' },
  challengeWrong:    { zh: '行为验证码错误',                                           en: 'Wrong verification' },
  accountLocked:     { zh: '密码输入错误次数过多，账号已被锁定，请{seconds}秒后再试',  en: 'Too many wrong passwords, the account is locked, try again in {seconds} seconds' },
  tooFrequent:       { zh: '请求过于频繁，请{seconds}秒后再试',                        en: 'Too many requests, try again in {seconds} seconds' },
  accountDisabled:   { zh: '账号已被禁用',                                             en: 'This account is disabled' },
  accountPending:    { zh: '账号正在审核中',                                           en: 'This account is waiting for approval' },
  passwordChangeDue: { zh: '请先修改密码再登录',                                       en: 'The password must be changed before signing in' },
  notAllowed:        { zh: '该账号没有权限',                                           en: 'This account may not do that' },
  busy:              { zh: '服务器繁忙，请稍后再试',                                   en: 'The server is busy, try again' },
  fault:             { zh: '服务器内部错误',                                           en: 'Internal server error' },
} as const satisfies Record<string, Text>;
