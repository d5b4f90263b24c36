// The many URLs of one ShopXO call.
import { wireRequest } from '#tests/support/wire-request';
import { describe, expect, it } from 'vitest';
import { canonicalPath, LEFT_OUT, ownsRequest, routeOf } from './url-forms.ts';

const post = (url: string, body: unknown = '') => wireRequest({ on: `POST ${url}`, body });

describe('a call that is spelled in one of its many ways', () => {
  it.each([
    ['/user/login'],
    ['/user/login/'],
    ['/user/login.html'],
    ['/User/Login'],
    ['/USER/LOGIN.HTML'],
    ['/api.php?s=user/login'],
    ['/api.php?s=/user/login'],
    ['/api.php?s=User/Login.html&application=app&ajax=ajax'],
    ['/api.php?application=app&s=user%2Flogin%2F'],
    ['/api.php/user/login'],
    ['/api.php/user/login?s=user/reg'],
    ['/index.php?s=/api/user/login'],
    ['/index.php?s=api/User/login'],
    ['/index.php/api/user/login'],
    ['/?s=api/user/login'],
    ['/?s=/API/user/login.html'],
  ])('means the documented path (%s)', (url) => {
    expect(canonicalPath(post(url))).toBe('/user/login');
  });

  it.each([['/base/common'], ['/api.php?s=base/common'], ['/?s=api/base/common']])('means base/common (%s)', (url) => {
    expect(canonicalPath(post(url))).toBe('/base/common');
  });
});

describe('a route of the original that is left out here', () => {
  it.each([
    ['/api.php'],
    ['/api.php?s=useraddress/index'],
    ['/api.php?s=UserAddress/Index.html&token=zz'],
    ['/api.php/order/index'],
    ['/api.php?s=goods/detail/id/1'],
    ['/api.php?s=user/appmobilebind'],
    ['/user/appMobileBind'],
    ['/index.php?s=/api/personal/index'],
    ['/?s=api/safety/logout'],
  ])('is known as one (%s)', (url) => {
    expect(canonicalPath(post(url))).toBe(LEFT_OUT);
  });
});

describe('a request that is something else', () => {
  it.each([
    ['/user/login/login_user_info'],
    ['/user/login//'],
    ['//user/login'],
    ['/user%2Flogin'],
    ['/users/login'],
    ['/api/user/login'],
    ['/weidu/api/v1/users/login'],
    ['/api.php?s=user/login/more'],
    ['/api.php?s=api/user/login'],
    ['/api.php?s=user/login&s=user/login'],
    ['/api.php?s[]=user/login'],
    ['/api.php?s=useraddress/nothing'],
    ['/api.php?s=nowhere/index'],
    ['/api.php?s=constructor/constructor'],
    ['/index.php?s=useraddress/index'],
    ['/useraddress/index'],
    ['/index.php?s=user/login'],
    ['/?s=user/login'],
    ['/'],
  ])('is no spelling of it (%s)', (url) => {
    expect(canonicalPath(post(url))).toBeUndefined();
  });

  it('R-85 is not turned into a login by its body', () => {
    expect(canonicalPath(post('/api.php', { s: 'user/login' }))).toBe(LEFT_OUT);
  });
});

describe('a request no prefix can place', () => {
  it.each([['/?s=api/user/login'], ['/?s=anything'], ['/User/anything'], ['/BASE/common']])('is owned (%s)', (url) => {
    expect(ownsRequest(post(url))).toBe(true);
  });

  it.each([
    ['/'],
    ['/?s='],
    ['/?q=1'],
    ['/?s=a&s=b'],
    ['/user/login/login_user_info'],
    ['/api/user/login'],
    ['/healthz'],
  ])('is left to others (%s)', (url) => {
    expect(ownsRequest(post(url))).toBe(false);
  });
});

describe('the route of a request', () => {
  it.each([
    ['/api.php', { controller: 'index', action: 'index', isWhole: true }],
    ['/api.php?s=Order/Index', { controller: 'order', action: 'index', isWhole: true }],
    ['/user/', { controller: 'user', action: 'index', isWhole: true }],
    ['/index.php?s=goods/detail/id/1', { controller: 'goods', action: 'detail', isWhole: false }],
  ])('is told in the words of the original (%s)', (url, route) => {
    expect(routeOf(post(url))).toEqual(route);
  });

  it('is unknown while the query cannot be read', () => {
    expect(routeOf(post('/api.php?s=a&s=b'))).toBeUndefined();
  });
});
