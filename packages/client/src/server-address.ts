// Where the server is, checked before a secret is sent there.

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * The address without a trailing slash.
 * @throws TypeError for what is no http(s) address, and for plain HTTP to another machine without `insecureHttp`
 */
export function serverAddress(url: string, insecureHttp: boolean): string {
  const { protocol, hostname, origin, pathname, username } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:') throw new TypeError(`${protocol} is not spoken by the server`);
  if (username !== '') throw new TypeError('The address of the server holds no credentials');
  if (protocol === 'http:' && !LOOPBACK.test(hostname) && !insecureHttp)
    throw new TypeError('Tokens would travel in clear: use https, or set insecureHttp within a network you trust');
  return origin + pathname.replace(/\/+$/, '');
}
