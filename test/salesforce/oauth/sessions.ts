// Access tokens: whose they are, through which app they came, until when they hold.
import { randomBytes } from 'node:crypto';

export interface Session {
  token: string;
  userId: string;
  clientId: string;
  /** ms since the epoch. */
  expiresAt: number;
  /** The refresh grant that it came from; revoking that ends it too. */
  grant?: string;
}

export interface Sessions {
  /** How long new tokens hold, in ms. Two hours, the platform's default session timeout. */
  lifetimeMs: number;
  /** Whether SOAP's login may open sessions; off until an administrator turns it on. */
  byPassword: boolean;
  open(userId: string, clientId: string, grant?: string): Session;
  /** Whose token this is, or undefined where it is unknown, revoked or has expired. */
  verify(token: string): Session | undefined;
  close(token: string): boolean;
  closeGrant(grant: string): void;
  /** Of a user who may not sign in any more. */
  closeUser(userId: string): void;
  /** Ends every session, as an administrator may. */
  expireAll(): void;
}

const TWO_HOURS_MS = 2 * 60 * 60 * 1000;

export function createSessions(orgId: () => string, clock: () => number): Sessions {
  const sessions = new Map<string, Session>();
  const all: Sessions = {
    lifetimeMs: TWO_HOURS_MS,
    byPassword: false,
    open(userId, clientId, grant) {
      // Letters, digits, dots and underscores: what clients accept as a token.
      const secret = randomBytes(64).toString('base64url').replaceAll('-', '.');
      const token = `${orgId().slice(0, 15)}!AQ${secret}`;
      const session = {
        token,
        userId,
        clientId,
        expiresAt: clock() + all.lifetimeMs,
        ...(grant !== undefined && { grant }),
      };
      sessions.set(token, session);
      return session;
    },
    verify(token) {
      const session = sessions.get(token);
      if (!session) return undefined;
      if (session.expiresAt > clock()) return session;
      sessions.delete(token);
      return undefined;
    },
    close: (token) => sessions.delete(token),
    closeGrant(grant) {
      for (const [token, session] of sessions) if (session.grant === grant) sessions.delete(token);
    },
    closeUser(userId) {
      for (const [token, session] of sessions) if (session.userId === userId) sessions.delete(token);
    },
    expireAll: () => sessions.clear(),
  };
  return all;
}
