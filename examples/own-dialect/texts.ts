// Every sentence Harbour says to a person, in both languages.
import type { Text } from '#wire';

// oxfmt-ignore
export const TEXTS = {
  invalidRequest: { en: 'The request is not what this call expects',   zh: '请求格式不正确' },
  wrongPassword:  { en: 'Phone number or password is wrong',           zh: '手机号或密码错误' },
  notAllowed:     { en: 'This account may not come aboard',            zh: '该账号不允许登录' },
  tooManyTries:   { en: 'Too many tries, come back in {seconds} seconds', zh: '尝试次数过多，请{seconds}秒后再试' },
  closed:         { en: 'The harbour is closed',                       zh: '服务已关闭' },
  busy:           { en: 'All berths are taken, try again',             zh: '系统繁忙，请稍后再试' },
  notFound:       { en: 'There is nothing here',                       zh: '没有此接口' },
  failed:         { en: 'Something went wrong',                        zh: '系统错误' },
} as const satisfies Record<string, Text>;
