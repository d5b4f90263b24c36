// When the operator is told that client addresses cannot be right.
import { describe, expect, it } from 'vitest';
import { AddressWatch } from './address-watch.ts';
import { sourceOf, TrustedProxies } from './source-address.ts';

const PROXY = '10.0.0.1';

const aWatch = (): AddressWatch => new AddressWatch(new TrustedProxies([PROXY, '203.0.113.80']));

/** A request that seems to come from the address, with these headers. */
const from = (address: string, headers: Readonly<Record<string, string>> = {}, isForwarded = false) => ({
  source: sourceOf(address),
  isForwarded,
  header: (name: string) => headers[name],
});

/** What is noticed in so many requests, each told of once. */
const noticed = (watch: AddressWatch, count: number, request: (index: number) => ReturnType<typeof from>) =>
  Array.from({ length: count }, (_, index) => watch.look(request(index))).filter((oddity) => oddity !== undefined);

describe('forwarding headers', () => {
  it.each(['x-forwarded-for', 'forwarded', 'x-real-ip', 'client-ip', 'cf-connecting-ip'])(
    'R-34 are told of once when a peer sends %s that nobody trusts',
    (name) => {
      expect(noticed(aWatch(), 50, () => from('198.51.100.7', { [name]: '203.0.113.9' }))).toEqual(['unbelieved']);
    },
  );

  it('R-34 are nothing to tell of when a trusted proxy sends them', () => {
    const watch = aWatch();

    expect(noticed(watch, 5, (index) => from(`203.0.113.${index}`, { 'x-forwarded-for': 'x' }, true))).toEqual([]);
    expect(noticed(watch, 5, () => from(PROXY, { 'x-real-ip': '203.0.113.9' }))).toEqual([]);
  });
});

describe('requests of one source only', () => {
  it.each([
    ['a proxy of ours that does not say for whom it speaks', PROXY],
    ['a trusted address that is public', '203.0.113.80'],
    ['this machine', '127.0.0.1'],
    ['this machine over IPv6', '::1'],
    ['a machine near us', '192.168.3.4'],
    ['a machine near us over IPv6', 'fd00:1::7'],
  ])('R-34 are told of once: %s', (_, address) => {
    expect(noticed(aWatch(), 5000, () => from(address))).toEqual(['single']);
  });

  it('R-34 are nothing to tell of as long as they are few', () => {
    expect(noticed(aWatch(), 999, () => from(PROXY))).toEqual([]);
  });

  it('R-34 are nothing to tell of when somebody else came in between', () => {
    expect(noticed(aWatch(), 5000, (index) => from(index === 500 ? '198.51.100.7' : PROXY))).toEqual([]);
  });

  it('R-34 are nothing to tell of when they come from far away', () => {
    expect(noticed(aWatch(), 5000, () => from('198.51.100.7'))).toEqual([]);
  });
});
