// Whose address counts: the socket's, or the right-most hop nobody we trust stands for.
import { describe, expect, it } from 'vitest';
import { canonicalAddress, clientAddress, sourceOf, TrustedProxies } from './source-address.ts';

const PROXY = '10.0.0.1';
const trusted = new TrustedProxies(['10.0.0.0/8', '2001:db8:ffff::/48']);

const behindProxy = (forwardedFor: string | undefined): string => clientAddress({ peer: PROXY, forwardedFor, trusted });

describe('a client that speaks to us directly', () => {
  it.each(['203.0.113.9', '203.0.113.9, 10.0.0.1', 'unknown', '', '::1', '203.0.113.9:443'])(
    'R-34 gains nothing by the forwarding header %j',
    (forwardedFor) => {
      expect(clientAddress({ peer: '198.51.100.7', forwardedFor, trusted })).toBe('198.51.100.7');
    },
  );

  it('R-34 is known by its IPv4 address when it comes over an IPv6 socket', () => {
    expect(clientAddress({ peer: '::ffff:198.51.100.7', forwardedFor: undefined, trusted })).toBe('198.51.100.7');
  });

  it('has some address even when the socket has none', () => {
    expect(clientAddress({ peer: '', forwardedFor: '203.0.113.9', trusted })).toBe('unknown');
  });

  it('R-34 is not believed even if nobody is trusted', () => {
    const nobody = new TrustedProxies([]);

    expect(clientAddress({ peer: PROXY, forwardedFor: '203.0.113.9', trusted: nobody })).toBe(PROXY);
  });
});

describe('a client behind a proxy we trust', () => {
  it.each([
    ['the only hop', '203.0.113.9'],
    ['the right-most hop, whatever the client wrote before it', '192.0.2.1, 192.0.2.2, 203.0.113.9'],
    ['the hop before other proxies of ours', '192.0.2.1, 203.0.113.9, 10.1.2.3, 10.9.9.9'],
    ['a hop with a port', '192.0.2.1, 203.0.113.9:51234'],
    ['a hop as an IPv4-mapped address', '192.0.2.1, ::ffff:203.0.113.9'],
    ['a hop as an IPv4-mapped address in hexadecimal', '192.0.2.1, ::ffff:cb00:7109'],
    ['a hop in brackets with a port', '192.0.2.1, [::ffff:203.0.113.9]:443'],
    ['a hop among tabs and spaces', '192.0.2.1,\t 203.0.113.9 \t'],
    ['the nearest hop after garbage', 'a"><script>, 203.0.113.9'],
    ['the nearest hop of three hundred', `${'192.0.2.1, '.repeat(300)}203.0.113.9`],
  ])('R-34 is %s', (_, forwardedFor) => {
    expect(behindProxy(forwardedFor)).toBe('203.0.113.9');
  });

  it.each([
    ['nothing', undefined],
    ['an empty list', ''],
    ['a word', 'unknown'],
    ['an obfuscated name', '_hidden'],
    ['a name', 'localhost'],
    ['a number too large', '203.0.113.256'],
    ['an octal spelling', '0313.0.0161.011'],
    ['a bare number', '3405803785'],
    ['a CIDR block', '203.0.113.9/24'],
    ['a trailing comma', '203.0.113.9,'],
    ['the Forwarded syntax', 'for=203.0.113.9'],
    ['line breaks', '203.0.113.9\r\nX-Evil: 1'],
  ])('R-34 counts as the proxy itself when the list says %s', (_, forwardedFor) => {
    expect(behindProxy(forwardedFor)).toBe(PROXY);
  });

  it('R-34 is the last proxy before the hop that cannot be read', () => {
    expect(behindProxy('203.0.113.9, garbage, 10.1.2.3')).toBe('10.1.2.3');
  });

  it('R-34 is the outermost proxy when all hops are ours', () => {
    expect(behindProxy('10.7.7.7, 10.1.2.3')).toBe('10.7.7.7');
  });

  it('R-34 is one of ours after thirty-two hops, so that a long list costs nothing', () => {
    expect(behindProxy(`203.0.113.9, ${'10.1.2.3, '.repeat(100_000)}10.1.2.3`)).toBe('10.1.2.3');
  });

  it('is found behind a proxy that is trusted by its IPv6 network', () => {
    const peer = '2001:DB8:FFFF::17';

    expect(clientAddress({ peer, forwardedFor: '203.0.113.9', trusted })).toBe('203.0.113.9');
  });

  it('is found behind an IPv4 proxy that comes over an IPv6 socket', () => {
    const peer = `::ffff:${PROXY}`;

    expect(clientAddress({ peer, forwardedFor: '203.0.113.9', trusted })).toBe('203.0.113.9');
  });
});

describe('the spelling of an address', () => {
  it.each([
    ['2001:db8::1', '2001:db8::1'],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['2001:0db8::0001', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['[2001:db8::1]:8080', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['[fe80::1%25eth0]:80', 'fe80::1'],
    ['::FFFF:192.0.2.1', '192.0.2.1'],
    ['0:0:0:0:0:ffff:c000:201', '192.0.2.1'],
    ['::ffff:255.255.255.255', '255.255.255.255'],
    [' 192.0.2.1 ', '192.0.2.1'],
  ])('R-34 of %j is %j', (text, canonical) => {
    expect(canonicalAddress(text)).toBe(canonical);
  });

  it.each([
    '',
    ' ',
    'x',
    '1.2.3',
    '1.2.3.4.5',
    '1.2.3.4:x',
    '[1.2.3.4',
    ':::',
    '2001:db8::1::2',
    '[::1]x',
    '%eth0',
    '\0',
    '٣.1.1.1',
  ])('R-34 of %j is none', (text) => {
    expect(canonicalAddress(text)).toBeUndefined();
  });
});

describe('where attempts are counted', () => {
  it.each([
    ['192.0.2.77', '192.0.2.77', '192.0.2.0/24'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64', '2001:db8:1::/48'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64', '2001:db8:1::/48'],
    ['2001:db8::1', '2001:db8:0:0::/64', '2001:db8:0::/48'],
    ['::1', '0:0:0:0::/64', '0:0:0::/48'],
    ['unknown', 'unknown', 'unknown'],
  ])('R-34 puts %s into %s and %s', (address, bucket, subnet) => {
    expect(sourceOf(address)).toEqual({ address, bucket, subnet });
  });

  it('R-34 puts all addresses of one IPv6 network into one bucket', () => {
    const buckets = ['2001:db8::1', '2001:db8::ffff', '2001:db8:0:0:ffff:ffff:ffff:ffff'].map(
      (address) => sourceOf(address).bucket,
    );

    expect(new Set(buckets).size).toBe(1);
  });
});

describe('a list of trusted proxies', () => {
  it.each(['10.0.0.0/33', '10.0.0.0/-1', '10.0.0.0/x', '10.0.0', 'proxy.example.org', '::1/129', ''])(
    'refuses %j by name',
    (entry) => {
      expect(() => new TrustedProxies([entry])).toThrow(`not an address or CIDR block: ${entry}`);
    },
  );

  it('trusts every address only when told so', () => {
    const everyone = new TrustedProxies(['0.0.0.0/0', '::/0']);

    expect(['203.0.113.9', '2001:db8::1'].every((address) => everyone.includes(address))).toBe(true);
  });

  it('does not trust what is no address', () => {
    expect(trusted.includes('unknown')).toBe(false);
  });
});
