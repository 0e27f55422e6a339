// Whose request it is: the address behind trusted proxies, and nobody else's word for it.
import { describe, expect, it } from '@jest/globals';
import { clientAddress, limitKey, readRanges } from '../../../bridge/http/clientAddress.ts';

const trusted = readRanges(['10.0.0.0/8', '192.0.2.1', '2001:db8::/32']);

describe('whose request it is', () => {
  it.each([
    ['198.51.100.7', undefined, '198.51.100.7'],
    ['198.51.100.7', '203.0.113.1', '198.51.100.7'],
    ['10.0.0.7', undefined, '10.0.0.7'],
    ['10.0.0.7', '198.51.100.7', '198.51.100.7'],
    ['::ffff:10.0.0.7', '::ffff:198.51.100.7', '198.51.100.7'],
    ['10.0.0.7', '203.0.113.1, 198.51.100.7', '198.51.100.7'],
    ['10.0.0.7', '203.0.113.1, 198.51.100.7, 192.0.2.1', '198.51.100.7'],
    ['10.0.0.7', '198.51.100.7:4711', '198.51.100.7'],
    ['10.0.0.7', '[2001:dead::7]:4711', '2001:dead::7'],
    ['10.0.0.7', 'unknown, <script>', '10.0.0.7'],
    ['10.0.0.7', '198.51.100.7, ', '10.0.0.7'],
    ['2001:db8::1', '198.51.100.7', '198.51.100.7'],
    [undefined, '198.51.100.7', ''],
  ])('from %s with %s forwarded, it is %s', (peer, forwarded, client) => {
    expect(clientAddress(peer, forwarded, trusted)).toBe(client);
  });

  it.each([
    ['198.51.100.7', '198.51.100.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::6', '2001:db8:1:2'],
    ['2001:0db8::6', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::', 'fe80:0:0:0'],
  ])('limits count %s as %s', (address, key) => {
    expect(limitKey(address)).toBe(key);
  });

  it.each(['10.0.0', 'proxy.example', '10.0.0.0/33', '10.0.0.0/', ''])('%s is no range', (range) => {
    expect(() => readRanges([range])).toThrow();
  });
});
