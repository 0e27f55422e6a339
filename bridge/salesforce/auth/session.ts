// The signed-in session of one org, shared by every caller: one sign-in at a time, however many find the token stale. A
// rotated refresh token is stored before the access token that came with it is used, and another org behind the same
// sign-in stops the connection (a refreshed sandbox must not be written to as if it were the old one).
import { singleFlight } from '../../lib/singleFlight.ts';
import { explain } from '../../model/catalogue/catalogue.ts';
import type { Explanation } from '../../model/catalogue/entry.ts';
import { BridgeError, PeerError } from '../../model/fault.ts';
import { sameId } from '../../model/recordId.ts';
import { checkLoginUrl, readPrivateKey, refreshAccess, revokeToken, signInByJwt } from './oauth.ts';
import type { Client, TokenAnswer } from './oauth.ts';

export interface JwtGrant {
  kind: 'jwt';
  username: string;
  /** PEM. */
  privateKey: string;
}

export interface RefreshGrant {
  kind: 'refresh';
  refreshToken: string;
}

export interface Token {
  accessToken: string;
  /** Origin of the org's API, for example `https://acme.my.salesforce.com`. */
  instanceUrl: string;
  /** 18 characters. */
  orgId: string;
  userId: string;
}

export interface SessionOptions extends Client {
  grant: JwtGrant | RefreshGrant;
  /** The org that the connection belongs to; absent before the first sign-in. */
  orgId?: string;
  /** The refresh token to send, once no other process is sending it. Default: the last one. */
  beforeRefresh?: () => Promise<string | undefined>;
  /** Stores a rotated refresh token durably. Awaited before the access token that came with it is given to anybody. */
  onRefreshToken?: (refreshToken: string) => Promise<void>;
  /** Called where a refresh token was sent and none came in its place, or no answer at all: whoever waits may send it. */
  onNoRefreshToken?: () => Promise<void>;
}

export interface Session {
  /** The token in use; signs in when there is none. @throws PeerError */
  token(): Promise<Token>;
  /** A token other than the one that the org refused; concurrent callers share one sign-in. @throws PeerError */
  refresh(staleToken: string): Promise<Token>;
  /** Ends the session: takes the tokens back at Salesforce; `token` throws from then on. @throws PeerError */
  revoke(): Promise<void>;
}

/** @throws BridgeError LOGIN_URL, PRIVATE_KEY */
export function createSession(options: SessionOptions): Session {
  checkLoginUrl(options.loginUrl);
  const privateKey = options.grant.kind === 'jwt' ? readPrivateKey(options.grant.privateKey) : undefined;
  let current: Token | undefined;
  const signInOnce = singleFlight(signIn);
  let refreshToken = options.grant.kind === 'refresh' ? options.grant.refreshToken : undefined;
  /** A rotated refresh token that is not stored yet: storing is tried again before anything else. */
  let unstored: { refreshToken: string; token: Token } | undefined;
  let pinned = options.orgId;
  let ended: PeerError | undefined;

  async function grant(): Promise<TokenAnswer> {
    const { grant: by } = options;
    if (by.kind === 'refresh') {
      refreshToken = (await options.beforeRefresh?.()) ?? refreshToken ?? by.refreshToken;
      let isReplaced = false;
      try {
        const answer = await refreshAccess(options, refreshToken);
        isReplaced = isRotated(answer);
        return answer;
      } finally {
        if (!isReplaced) await options.onNoRefreshToken?.().catch(() => undefined);
      }
    }
    const key = privateKey ?? readPrivateKey(by.privateKey);
    try {
      return await signInByJwt(options, by.username, key);
    } catch (error) {
      // Salesforce now and then refuses a good assertion (clock skew between its hosts); a second one is taken.
      if (error instanceof PeerError && error.fault.code === 'INVALID_GRANT')
        return signInByJwt(options, by.username, key);
      throw error;
    }
  }

  function isRotated(answer: TokenAnswer): answer is TokenAnswer & { refreshToken: string } {
    return answer.refreshToken !== undefined && answer.refreshToken !== '' && answer.refreshToken !== refreshToken;
  }

  async function store(): Promise<Token | undefined> {
    if (!unstored) return undefined;
    await options.onRefreshToken?.(unstored.refreshToken);
    const { token } = unstored;
    unstored = undefined;
    return token;
  }

  async function signIn(): Promise<Token> {
    const late = await store();
    if (late) return (current = late);
    const answer = await grant();
    pin(answer);
    const { accessToken, instanceUrl, orgId, userId } = answer;
    const token = { accessToken, instanceUrl, orgId, userId };
    if (isRotated(answer)) {
      refreshToken = answer.refreshToken;
      unstored = { refreshToken, token };
      await store();
    }
    return (current = token);
  }

  function pin(answer: TokenAnswer): void {
    pinned ??= answer.orgId;
    if (sameId(answer.orgId, pinned)) return;
    const cause = new BridgeError(explain('ORG_CHANGED', { pinned, answering: answer.orgId }));
    ended = stopped(cause.explanation, cause);
    throw ended;
  }

  return {
    async token() {
      if (ended) throw ended;
      // While a sign-in runs, the token before it is known to be stale.
      return signInOnce.underWay ?? current ?? signInOnce();
    },

    async refresh(staleToken) {
      if (ended) throw ended;
      if (signInOnce.underWay) return signInOnce.underWay;
      if (current && current.accessToken !== staleToken) return current;
      current = undefined;
      return signInOnce();
    },

    async revoke() {
      ended ??= stopped(explain('DISCONNECTED'));
      await signInOnce.underWay?.catch(() => {});
      const token = refreshToken ?? current?.accessToken;
      current = undefined;
      if (token) await revokeToken(options.loginUrl, token);
    },
  };
}

function stopped({ code, sentence: message, wording }: Explanation, cause?: Error): PeerError {
  return new PeerError(
    'salesforce',
    { class: 'stop', code, message, fields: [], unknownOutcome: false, ...(wording && { wording }) },
    cause && { cause },
  );
}
