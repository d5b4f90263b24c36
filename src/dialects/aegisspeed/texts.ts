// Every sentence the AegisSpeed dialect says. English is the document's; of the Chinese only "endpoint not open" is known from the original.
import type { Text } from '#wire';

// oxfmt-ignore
export const TEXTS = {
  loginSuccessful:      { en: 'Login successful',                                     zh: '登录成功' },
  invalidParameters:    { en: 'Invalid request parameters',                           zh: '请求参数错误' },
  invalidCredentials:   { en: 'Invalid username or password',                         zh: '用户名或密码错误' },
  userUnknown:          { en: 'User does not exist',                                  zh: '用户不存在' },
  userExists:           { en: 'User already exists',                                  zh: '用户已存在' },
  endpointClosed:       { en: 'Server has not opened this endpoint',                  zh: '服务器未开放此接口' },
  internalError:        { en: 'Login failed, server internal error',                  zh: '登录失败，服务器内部错误' },
  invalidAdminPassword: { en: 'Invalid user password',                                zh: '用户密码不合法' },
  invalidAegisSpeedId:  { en: 'Invalid AegisSpeed ID',                                zh: 'AegisSpeed ID 不合法' },
  notAdmin:             { en: 'This account is not an admin account',                 zh: '该账户不是管理员账户' },
  accountDisabled:      { en: 'This account is disabled',                             zh: '该账户已被禁用' },
  accountPending:       { en: 'This account is waiting for approval',                 zh: '该账户正在等待审核' },
  passwordChangeDue:    { en: 'The password must be changed before logging in',       zh: '请先修改密码再登录' },
  notAllowed:           { en: 'This account may not do that',                         zh: '该账户无权执行此操作' },
  tokenInvalid:         { en: 'The token is invalid or has expired, log in again',    zh: '令牌无效或已过期，请重新登录' },
  codeExpired:          { en: 'The code has expired',                                 zh: '验证码已过期' },
  challengeDue:         { en: 'Verification is required',                             zh: '需要进行验证' },
  throttled:            { en: 'Too many failed attempts, try again in {seconds} seconds', zh: '失败次数过多，请{seconds}秒后再试' },
  busy:                 { en: 'The server is busy, try again',                        zh: '服务器繁忙，请稍后再试' },
} as const satisfies Record<string, Text>;
