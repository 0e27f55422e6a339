// Whose request it is: the address on the other end of the connection, or the one that a configured proxy names. A header that
// anybody may write is believed from no one else.
import { BlockList, isIP, isIPv6 } from 'node:net';

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIPv6(address) ? 'ipv6' : 'ipv4');

/** IPv4 in IPv6's clothes is IPv4. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');

/** @param ranges addresses, or ranges as 10.0.0.0/8 @throws Error for what is neither */
export function readRanges(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', bits] = range.split('/');
    if (isIP(address) === 0) throw new Error(`${range} is no address.`);
    if (bits === undefined) list.addAddress(address, familyOf(address));
    else list.addSubnet(address, /^\d+$/.test(bits) ? Number(bits) : NaN, familyOf(address));
  }
  return list;
}

export const isIn = (list: BlockList, address: string): boolean =>
  isIP(address) !== 0 && list.check(address, familyOf(address));

/**
 * @param peer the address on the other end of the connection
 * @param forwarded the header X-Forwarded-For: each proxy adds who called it at the end
 * @returns the last address that is no trusted proxy's; what stands before it may be made up
 */
export function clientAddress(peer: string | undefined, forwarded: string | undefined, trusted: BlockList): string {
  let client = plain(peer ?? '');
  for (const hop of (forwarded ?? '').split(',').reverse()) {
    if (!isIn(trusted, client)) break;
    const named = plain(hop.trim().replace(/^\[(.*)\](:\d+)?$|^([\d.]+):\d+$/, '$1$3'));
    if (isIP(named) === 0) break;
    client = named;
  }
  return client;
}

/** What limits are counted by: an IPv6 network of 64 bits is one customer's. */
export function limitKey(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  const missing = tail === undefined ? 0 : 8 - groups.length - (tail === '' ? 0 : tail.split(':').length);
  return [...groups, ...Array<string>(Math.max(0, missing)).fill('0'), ...(tail ? tail.split(':') : [])]
    .slice(0, 4)
    .map((group) => parseInt(group, 16).toString(16))
    .join(':');
}
