// Every sentence the NoBase dialect says.
import type { Text } from '#wire';

// oxfmt-ignore
export const TEXTS = {
  parameterError:    { en: 'Parameter error',                                       zh: '参数错误' },
  badParameter:      { en: 'Parameter error: {field} is missing or malformed',      zh: '参数错误：{field}缺失或格式不正确' },
  accountUnknown:    { en: 'Account does not exist',                                zh: '账号不存在' },
  passwordWrong:     { en: 'Password error',                                        zh: '密码错误' },
  accountDisabled:   { en: 'This account is disabled',                              zh: '账号已被禁用' },
  accountPending:    { en: 'This account is waiting for approval',                  zh: '账号正在等待审核' },
  passwordChangeDue: { en: 'The password must be changed first',                    zh: '请先修改密码' },
  accountTaken:      { en: 'This account is already registered!',                   zh: '该账号已被注册!' },
  appUnknown:        { en: 'Application does not exist',                            zh: '应用不存在' },
  appSignature:      { en: 'Signature error',                                       zh: '签名错误' },
  appStopped:        { en: 'The application is stopped',                            zh: '应用已停用' },
  appGetClosed:      { en: 'This application does not accept passwords in the URL, use a POST body', zh: '该应用已关闭GET方式，请使用POST请求体传参' },
  endpointClosed:    { en: 'This interface is closed',                              zh: '接口已关闭' },
  endpointUnknown:   { en: 'This interface does not exist',                         zh: '接口不存在' },
  challengeDue:      { en: 'Verification is required',                              zh: '需要进行验证' },
  codeExpired:       { en: 'The code has expired',                                  zh: '验证码已过期' },
  notAllowed:        { en: 'Not allowed',                                           zh: '没有权限' },
  originForeign:     { en: 'Requests from this origin are not accepted',            zh: '不接受来自该来源的请求' },
  transportInsecure: { en: 'Use HTTPS',                                             zh: '请使用HTTPS' },
  tokenInvalid:      { en: 'The token is invalid or has expired',                   zh: 'token无效或已过期' },
  throttled:         { en: 'Too many failed attempts, try again in {seconds} seconds', zh: '失败次数过多，请{seconds}秒后再试' },
  busy:              { en: 'The system is busy, try again',                         zh: '系统繁忙，请稍后再试' },
  systemError:       { en: 'System error',                                          zh: '系统错误' },
  notBound:          { en: 'Not bound',                                             zh: '未绑定' },
  notEquipped:       { en: 'Not equipped',                                          zh: '未佩戴' },
  noPersonalText:    { en: 'This user is too lazy to leave a signature',            zh: '此用户很懒,连签名都没有留下' },
  vipNever:          { en: 'Not activated',                                         zh: '未开通' },
  vipExpired:        { en: 'Expired ({months} months)',                             zh: '已逾期({months}月)' },
} as const satisfies Record<string, Text>;
