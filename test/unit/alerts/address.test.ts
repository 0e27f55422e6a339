// No unchecked outbound address: an alert goes to a public https address only, whatever the name resolves to.
import type { LookupAddress } from 'node:dns';
import { describe, expect, it } from '@jest/globals';
import { addressProblem, guardedLookup, isReachable } from '../../../bridge/alerts/address.ts';

const PUBLIC = { loopback: false };
const LOOPBACK = { loopback: true };

describe('the address of a webhook', () => {
  it.each([
    'https://hooks.slack.com/services/team/hook/x',
    'https://example.com:8443/in?key=1',
    'https://93.184.216.34/in',
    'https://[2606:2800:220:1:248:1893:25c8:1946]/in',
  ])('%s may be called', (url) => {
    expect(addressProblem(url, PUBLIC)).toBeUndefined();
  });

  it.each([
    ['http://example.com/in', 'https://'],
    ['ftp://example.com/in', 'https'],
    ['file:///etc/passwd', 'https'],
    ['example.com', 'https'],
    ['', 'https'],
    ['https://user:pass@example.com/in', 'user name'],
    ['https://127.0.0.1@example.com/in', 'user name'],
    ['https://example.com/in#x', 'fragment'],
    ['https://localhost/in', 'machine'],
    ['https://LOCALHOST./in', 'machine'],
    ['https://a.localhost/in', 'machine'],
    ['https://127.0.0.1/in', 'not public'],
    ['https://127.1/in', 'not public'],
    ['https://2130706433/in', 'not public'],
    ['https://0x7f000001/in', 'not public'],
    ['https://0177.0.0.1/in', 'not public'],
    ['https://0.0.0.0/in', 'not public'],
    ['https://10.1.2.3/in', 'not public'],
    ['https://172.16.0.1/in', 'not public'],
    ['https://172.31.255.255/in', 'not public'],
    ['https://192.168.1.1/in', 'not public'],
    ['https://169.254.169.254/latest/meta-data', 'not public'],
    ['https://100.64.0.1/in', 'not public'],
    ['https://198.18.0.1/in', 'not public'],
    ['https://224.0.0.1/in', 'not public'],
    ['https://255.255.255.255/in', 'not public'],
    ['https://[::1]/in', 'not public'],
    ['https://[::]/in', 'not public'],
    ['https://[::ffff:127.0.0.1]/in', 'not public'],
    ['https://[::ffff:8.8.8.8]/in', 'not public'],
    ['https://[fe80::1]/in', 'not public'],
    ['https://[fd00::1]/in', 'not public'],
    ['https://[fec0::1]/in', 'not public'],
    ['https://[ff02::1]/in', 'not public'],
    ['https://[64:ff9b::7f00:1]/in', 'not public'],
    ['https://[2002:7f00:1::]/in', 'not public'],
    ['https://[2001:db8::1]/in', 'not public'],
    ['https://[2001::1]/in', 'not public'],
  ])('%s may not: it %s', (url, words) => {
    expect(addressProblem(url, PUBLIC)).toContain(words);
  });

  it('may be on this machine where that is allowed, and only there', () => {
    for (const url of ['http://127.0.0.1:9/in', 'http://localhost:9/in', 'http://[::1]:9/in', 'https://127.0.0.1/in'])
      expect(addressProblem(url, LOOPBACK)).toBeUndefined();
    for (const url of ['http://example.com/in', 'https://10.0.0.1/in', 'https://169.254.169.254/', 'https://0.0.0.0/'])
      expect(addressProblem(url, LOOPBACK)).toBeDefined();
    expect(isReachable('10.0.0.1', LOOPBACK)).toBe(false);
  });
});

describe('a name', () => {
  const lookUp = (
    addresses: string[],
    options: { all?: boolean; family?: number } = { all: true },
    reach = PUBLIC,
  ): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const resolved = addresses.map((address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 }));
      const lookup = guardedLookup(reach, (_name, done) => done(null, resolved));
      lookup('receiver.example.com', options, (error, found) => (error ? reject(error) : resolve(found)));
    });

  it('that resolves to public addresses is connected to one of them', async () => {
    await expect(lookUp(['93.184.216.34', '2606:4700::1'])).resolves.toEqual([
      { address: '93.184.216.34', family: 4 },
      { address: '2606:4700::1', family: 6 },
    ]);
    await expect(lookUp(['93.184.216.34'], {})).resolves.toBe('93.184.216.34');
    await expect(lookUp(['93.184.216.34', '2606:4700::1'], { family: 6, all: true })).resolves.toHaveLength(1);
  });

  it.each([
    ['127.0.0.1'],
    ['10.0.0.1'],
    ['169.254.169.254'],
    ['::1'],
    ['fd12::1'],
    ['fe80::1%eth0'],
    ['::ffff:10.0.0.1'],
  ])('that resolves to %s is not, also where another of its addresses is public', async (address) => {
    await expect(lookUp([address])).rejects.toThrow('not public');
    await expect(lookUp(['93.184.216.34', address])).rejects.toThrow('not public');
  });

  it('that resolves to nothing, or not at all, is not', async () => {
    await expect(lookUp([])).rejects.toThrow('not public');
    const lookup = guardedLookup(PUBLIC, (_name, done) => done(new Error('ENOTFOUND'), []));
    await expect(
      new Promise((resolve, reject) => lookup('x', { all: true }, (error) => (error ? reject(error) : resolve(0)))),
    ).rejects.toThrow('ENOTFOUND');
  });

  it('of this machine is connected to where that is allowed', async () => {
    await expect(lookUp(['127.0.0.1'], {}, LOOPBACK)).resolves.toBe('127.0.0.1');
    await expect(lookUp(['10.0.0.1'], {}, LOOPBACK)).rejects.toThrow('not public');
  });
});
