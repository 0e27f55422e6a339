// Checks where an alert may be sent: only to a public address, over TLS, so that whoever sets the webhook cannot make the bridge call
// the network that it stands in. A name is checked by the addresses that it resolves to, at each connection, and the connection is
// made to the checked address: a name that changes its answer in between gains nothing.
// Source: IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890).
import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Not globally reachable, or reserved. */
const CLOSED_V4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const;
/** Of the global unicast addresses: protocol assignments with Teredo, documentation, and 6to4, which reaches any IPv4 address. */
const CLOSED_V6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const;

const closed = new BlockList();
for (const [network, bits] of CLOSED_V4) closed.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of CLOSED_V6) closed.addSubnet(network, bits, 'ipv6');
/** Whatever is not global unicast is closed: loopback, link-local, unique local, multicast, mapped and translated addresses. */
const unicast = new BlockList();
unicast.addSubnet('2000::', 3, 'ipv6');
const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

export interface Reach {
  /** Loopback addresses are allowed too, and http to them: for a receiver on the machine of the bridge. */
  loopback: boolean;
}

/** @param address an IP address, without brackets */
export function isReachable(address: string, reach: Reach): boolean {
  const version = isIP(address);
  // An address with a zone is link-local.
  if (version === 0 || address.includes('%')) return false;
  if (version === 4) return !closed.check(address, 'ipv4') || (reach.loopback && loopback.check(address, 'ipv4'));
  if (reach.loopback && loopback.check(address, 'ipv6')) return true;
  return unicast.check(address, 'ipv6') && !closed.check(address, 'ipv6');
}

const isLocalName = (host: string): boolean => /^(.+\.)?localhost\.?$/.test(host);

/** @returns what is wrong with the address of a webhook, as the end of a sentence; undefined where it may be called */
export function addressProblem(text: string, reach: Reach): string | undefined {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) return 'is not an https address';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isLoopback = reach.loopback && (isLocalName(host) || (isIP(host) > 0 && isReachable(host, reach)));
  if (url.protocol === 'http:' && !isLoopback) return 'must begin with https://';
  if (url.username || url.password) return 'must not carry a user name or a password';
  if (url.hash) return 'must not carry a fragment';
  if (isLocalName(host) && !reach.loopback) return 'names the machine of the bridge itself';
  if (isIP(host) > 0 && !isReachable(host, reach)) return 'names an address that is not public';
  return undefined;
}

/** The name resolves to an address that an alert must not be sent to. */
export class ClosedAddressError extends Error {
  readonly code = 'EADDRCLOSED';

  constructor(hostname: string) {
    super(`${hostname} resolves to an address that is not public`);
    this.name = 'ClosedAddressError';
  }
}

type Resolve = (hostname: string, done: (error: Error | null, addresses: LookupAddress[]) => void) => void;
const resolveBySystem: Resolve = (hostname, done) => systemLookup(hostname, { all: true }, done);

/** For a connection's option `lookup`: refuses a name as soon as one of its addresses is closed. */
export function guardedLookup(reach: Reach, resolve: Resolve = resolveBySystem): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, (error, addresses) => {
      if (error) return callback(error, '', 0);
      const wanted = addresses.filter(({ family }) => !options.family || options.family === family);
      const [first] = wanted;
      if (!first || addresses.some(({ address }) => !isReachable(address, reach)))
        return callback(new ClosedAddressError(hostname), '', 0);
      if (options.all) callback(null, wanted);
      else callback(null, first.address, first.family);
    });
  };
}
