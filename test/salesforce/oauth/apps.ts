// The client apps that may sign users in, and the refresh grants and codes that were given to them.
import { randomBytes } from 'node:crypto';
import { BlockList, isIPv6 } from 'node:net';

export interface OAuthApp {
  label: string;
  clientId: string;
  /** Present for a confidential client, which must then send it. */
  clientSecret?: string;
  /** Where the web-server flow may return to, compared exactly. */
  callbackUrls: string[];
  /** PEM certificate or public key that JWT assertions are signed against; without it the app has no JWT flow. */
  certificate?: string;
  /**
   * Who may use the app: users that the administrator approved (by name; everyone where the list is left out), or
   * whoever lets it in on the page. The JWT flow asks nobody, so in the second case it works only after such an approval.
   */
  permittedUsers?: 'admin-approved' | 'self-authorised';
  preauthorised?: string[];
  /** A refresh token is worth nothing after so many days without a use; without end where it is left out. */
  idleDays?: number;
  /** False: a refresh token stays as it is, as apps of before 2026 may have it. */
  rotation?: boolean;
  /** False: the web-server flow goes without a code challenge, as apps of before 2026 may have it. */
  pkce?: boolean;
  /** Addresses that tokens are given to, each alone or as a range from `first-last`; every one where it is left out. */
  addresses?: string[];
}

/** @returns true where the administrator lets this user in without asking */
export function isPermitted(app: OAuthApp, username: string): boolean {
  if (app.permittedUsers === 'self-authorised') return true;
  return app.preauthorised?.includes(username) ?? true;
}

/** @returns true where the app's policy gives tokens to this address */
export function isAllowedFrom({ addresses }: OAuthApp, address: string): boolean {
  if (addresses === undefined) return true;
  const allowed = new BlockList();
  for (const range of addresses) {
    const [first = '', last = first] = range.split('-');
    allowed.addRange(first, last, familyOf(first));
  }
  return allowed.check(address, familyOf(address));
}

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIPv6(address) ? 'ipv6' : 'ipv4');

export interface Code {
  clientId: string;
  userId: string;
  redirectUri: string;
  challenge: string;
  scope: string;
  expiresAt: number;
}

export interface RefreshGrant {
  id: string;
  token: string;
  clientId: string;
  userId: string;
  scope: string;
  /** ms since the epoch. */
  usedAt: number;
}

export interface Grants {
  code(given: Omit<Code, 'expiresAt'>): string;
  /** A code works once. */
  useCode(code: string): Code | undefined;
  grant(clientId: string, userId: string, scope: string): RefreshGrant;
  /** Undefined also for a token that was rotated away: showing one ends the grant, with all that came from it. */
  find(token: string): RefreshGrant | undefined;
  /** True where the user let the app in and did not take it back. */
  approved(clientId: string, userId: string): boolean;
  /** Those that hold, the oldest first. */
  all(): readonly RefreshGrant[];
  /** Notes that the grant was used just now. */
  touch(grant: RefreshGrant): void;
  /** The grant with a new token; the old one is worth nothing from now on. */
  rotate(grant: RefreshGrant): RefreshGrant;
  /** @returns the grant that ended */
  revoke(token: string): RefreshGrant | undefined;
  /** Ends them all, and every code. */
  clear(): void;
}

/** An authorization code expires after 15 minutes. */
const CODE_LIFETIME_MS = 15 * 60 * 1000;
/** A user may approve an app five times; a sixth approval ends the oldest (Connected App and OAuth terminology). */
const GRANTS_PER_USER_AND_APP = 5;

/** @param ended called with each grant that a newer one pushed out, or that ended because a rotated token was used again */
export function createGrants(clock: () => number, ended: (grant: RefreshGrant) => void): Grants {
  const codes = new Map<string, Code>();
  const grants = new Map<string, RefreshGrant>();
  /** Tokens that were rotated away → the token that took their place. */
  const retired = new Map<string, string>();
  const secret = (prefix: string): string => prefix + randomBytes(40).toString('base64url');
  return {
    code(given) {
      const code = secret('aPrx');
      codes.set(code, { ...given, expiresAt: clock() + CODE_LIFETIME_MS });
      return code;
    },
    useCode(code) {
      const given = codes.get(code);
      codes.delete(code);
      return given && given.expiresAt > clock() ? given : undefined;
    },
    grant(clientId, userId, scope) {
      const held = [...grants.values()].filter((grant) => grant.clientId === clientId && grant.userId === userId);
      for (const oldest of held.slice(0, Math.max(0, held.length - GRANTS_PER_USER_AND_APP + 1))) {
        grants.delete(oldest.token);
        ended(oldest);
      }
      const grant = {
        id: randomBytes(8).toString('hex'),
        token: secret('5Aep861'),
        clientId,
        userId,
        scope,
        usedAt: clock(),
      };
      grants.set(grant.token, grant);
      return grant;
    },
    find(token) {
      let present = token;
      for (let next = retired.get(present); next !== undefined; next = retired.get(present)) present = next;
      const grant = grants.get(present);
      if (!grant || present === token) return grant;
      // Either the client or a thief is using a copy: nobody can know which, so both are shut out.
      grants.delete(present);
      ended(grant);
      return undefined;
    },
    approved: (clientId, userId) =>
      [...grants.values()].some((grant) => grant.clientId === clientId && grant.userId === userId),
    all: () => [...grants.values()],
    touch: (grant) => void grants.set(grant.token, { ...grant, usedAt: clock() }),
    rotate(grant) {
      grants.delete(grant.token);
      const next = { ...grant, token: secret('5Aep861'), usedAt: clock() };
      retired.set(grant.token, next.token);
      grants.set(next.token, next);
      return next;
    },
    revoke(token) {
      const grant = grants.get(token);
      grants.delete(token);
      return grant;
    },
    clear() {
      codes.clear();
      grants.clear();
      retired.clear();
    },
  };
}
