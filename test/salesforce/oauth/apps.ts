// The client apps that may sign users in, and the refresh grants and codes that were given to them.
import { randomBytes } from 'node:crypto';

export interface OAuthApp {
  label: string;
  clientId: string;
  /** Present for a confidential client, which must then send it. */
  clientSecret?: string;
  /** Where the web-server flow may return to, compared exactly. */
  callbackUrls: string[];
  /** PEM certificate or public key that JWT assertions are signed against; without it the app has no JWT flow. */
  certificate?: string;
  /** Users who may use the JWT flow without having been asked, by user name; everyone where it is left out. */
  preauthorised?: string[];
}

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
}

export interface Grants {
  code(given: Omit<Code, 'expiresAt'>): string;
  /** A code works once. */
  useCode(code: string): Code | undefined;
  grant(clientId: string, userId: string, scope: string): RefreshGrant;
  find(token: string): RefreshGrant | undefined;
  /** The grant with a new token; the old one is worth nothing from now on. */
  rotate(grant: RefreshGrant): RefreshGrant;
  /** @returns the grant that ended */
  revoke(token: string): RefreshGrant | undefined;
}

/** An authorization code expires after 15 minutes. */
const CODE_LIFETIME_MS = 15 * 60 * 1000;
/** A user may approve an app five times; a sixth approval ends the oldest (Connected App and OAuth terminology). */
const GRANTS_PER_USER_AND_APP = 5;

/** @param ended told of each grant that a newer one pushed out */
export function createGrants(clock: () => number, ended: (grant: RefreshGrant) => void): Grants {
  const codes = new Map<string, Code>();
  const grants = new Map<string, RefreshGrant>();
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
      const grant = { id: randomBytes(8).toString('hex'), token: secret('5Aep861'), clientId, userId, scope };
      grants.set(grant.token, grant);
      return grant;
    },
    find: (token) => grants.get(token),
    rotate(grant) {
      grants.delete(grant.token);
      const next = { ...grant, token: secret('5Aep861') };
      grants.set(next.token, next);
      return next;
    },
    revoke(token) {
      const grant = grants.get(token);
      grants.delete(token);
      return grant;
    },
  };
}
