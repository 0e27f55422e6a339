// Connects an org in the browser (M1): redirects to Salesforce with PKCE, and shows the result on a page. Only the holder of a fresh
// signed link may begin, since who connects an org receives the account's leads. A callback is accepted only for a sign-in that
// began here, within ten minutes, and that is not finished.
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { Router, type Response } from 'express';
import type { Logger } from 'pino';
import { explain, explainFault } from '../model/catalogue/catalogue.ts';
import type { Explanation } from '../model/catalogue/entry.ts';
import { BridgeError, PeerError, policyOf } from '../model/fault.ts';
import { createVerifier } from '../salesforce/auth/oauth.ts';
import { sign, SIGNATURE_TOLERANCE_SECONDS, verify } from '../sellfire/signature.ts';
import { html, page, PAGE_POLICY, type Markup } from './page.ts';
import { onlyMethods } from './problem.ts';
import { cutText } from '../model/text.ts';

/** What the connected user may do, each with what is missing where it is not allowed. */
export interface Permission {
  name: string;
  ok: boolean;
  detail?: string;
}
export interface Connected {
  orgId: string;
  orgName: string;
  user: string;
  permissions: Permission[];
}

export interface OAuthDeps {
  /** Signs the links to `/oauth/start`. */
  linkSecret: string;
  /** The connection of a deployment: the state of a sign-in begins with it, so that the callback that all have in common finds it. */
  route?: string | undefined;
  /** Where the admin signs in. */
  authorizeUrl: (request: { state: string; verifier: string }) => string;
  /** Ends the sign-in: tokens, permissions, the saved connection. @throws BridgeError or PeerError */
  connect: (code: string, verifier: string) => Promise<Connected>;
  /** Why this process connects no org, in a sentence; undefined where it does. */
  standsBy: () => string | undefined;
  /** Whether browsers reach the bridge over TLS. */
  secure: boolean;
  logger: Logger;
  /** ms since the epoch. */
  now: () => number;
}

/** What a link's signature covers, with the nonce that makes each link another one; no webhook has such a body, so that neither can stand for the other. */
const linkPurpose = (nonce: string): Buffer => Buffer.from(`oauth/start/${nonce}`);
const nonceOf = (ticket: string | undefined): string => /,n=([\w-]+)$/.exec(ticket ?? '')?.[1] ?? '';
/** Longer than a link is good, either way of the clock. */
const LINK_MS = 2 * SIGNATURE_TOLERANCE_SECONDS * 1000;
/** Time to sign in, with a second factor and a look at what is asked for. */
const SIGN_IN_MS = 600_000;
/** Sign-ins under way at once; more are nobody's in good faith, and the oldest give way. */
const MOST_SIGN_INS = 100;

/** The link that an admin opens to connect an org; good for five minutes (the tolerance of signatures). */
export function connectLink(publicUrl: string, linkSecret: string, now: number = Date.now()): string {
  const nonce = randomBytes(16).toString('base64url');
  const ticket = `${sign(linkSecret, Math.floor(now / 1000), linkPurpose(nonce))},n=${nonce}`;
  return `${publicUrl}/oauth/start?ticket=${encodeURIComponent(ticket)}`;
}

/** What the app in Salesforce lists: one address for all connections of a deployment. @param route of the connection, which `publicUrl` ends with */
export function callbackUrl(publicUrl: string, route: string | undefined): string {
  return `${route === undefined ? publicUrl : publicUrl.slice(0, -`/c/${route}`.length)}/oauth/callback`;
}

export function oauthRouter({
  linkSecret,
  route,
  authorizeUrl,
  connect,
  standsBy,
  secure,
  logger,
  now,
}: OAuthDeps): Router {
  const signIns = new Map<string, { verifier: string; browser: string; until: number }>();
  /** Links that were followed, until they would have ended by themselves. */
  const used = new Map<string, number>();

  /** Why a link is not followed, in words; undefined where it is good. */
  function refusalOfLink(ticket: string | undefined): { title: string; what: string } | undefined {
    for (const [one, until] of used) if (until <= now()) used.delete(one);
    const verdict = verify(linkSecret, ticket, linkPurpose(nonceOf(ticket)), Math.floor(now() / 1000));
    if (verdict !== 'valid') {
      logger.warn({ event: 'connect_link_refused', reason: verdict }, 'A link to connect an org was refused');
      return { title: 'This link is no longer good', what: 'A link to connect is good for five minutes.' };
    }
    if (!used.has(nonceOf(ticket))) return undefined;
    return { title: 'This link was used already', what: 'A link to connect is good once.' };
  }

  function begin(response: Response): string {
    for (const [state, { until }] of signIns)
      if (until <= now() || signIns.size >= MOST_SIGN_INS) signIns.delete(state);
    const verifier = createVerifier();
    const nonce = randomBytes(32).toString('base64url');
    const state = route === undefined ? nonce : `${route}.${nonce}`;
    // Who comes back is who went: another browser that is given the address has no such cookie.
    const browser = randomBytes(32).toString('base64url');
    response.cookie(cookieName(secure), browser, {
      ...{ httpOnly: true, sameSite: 'lax', secure, path: secure ? '/' : '/oauth', maxAge: SIGN_IN_MS },
    });
    signIns.set(state, { verifier, browser, until: now() + SIGN_IN_MS });
    return authorizeUrl({ state, verifier });
  }

  /** The verifier of a sign-in, once, for the browser that began it. */
  function finish(state: unknown, cookies: string | undefined): string | undefined {
    if (typeof state !== 'string') return undefined;
    const signIn = signIns.get(state);
    if (signIn === undefined || !hasCookie(cookies, cookieName(secure), signIn.browser)) return undefined;
    signIns.delete(state);
    return signIn.until > now() ? signIn.verifier : undefined;
  }

  const router = Router();
  // A prefetch (HEAD) must neither begin a sign-in nor use one up.
  router.head(['/oauth/start', '/oauth/callback'], onlyMethods('GET'));
  // The link stays good for the process that leads.
  router.get(['/oauth/start', '/oauth/callback'], (_request, response, next) => {
    const why = standsBy();
    if (why === undefined) return next();
    show(response.set('retry-after', '5'), 503, 'Another process leads', why, 'Load this page again in a moment.');
  });
  // A form may not lead to another site, redirects included, so the code is answered with a link to follow.
  router.get('/connect', (request, response) => {
    const ticket = codeOf(request.query['ticket']);
    // Whoever mistyped a code hears of it where it can be entered again.
    const problem = ticket === undefined ? undefined : refusalOfLink(ticket);
    send(response, 200, connectPage(problem === undefined ? ticket : undefined, problem?.what));
  });
  router.all('/connect', onlyMethods('GET', 'HEAD'));
  router.get('/oauth/start', (request, response) => {
    const ticket = codeOf(request.query['ticket']);
    const problem = refusalOfLink(ticket);
    if (problem !== undefined) return show(response, 403, problem.title, problem.what, AGAIN);
    used.set(nonceOf(ticket), now() + LINK_MS);
    response.redirect(302, begin(response));
  });

  router.get('/oauth/callback', async (request, response) => {
    const { state, code, error } = request.query;
    const verifier = finish(state, request.get('cookie'));
    response.clearCookie(cookieName(secure), { path: secure ? '/' : '/oauth' });
    if (verifier === undefined)
      return show(
        response,
        400,
        'This sign-in is no longer open',
        'It was finished, begun more than ten minutes ago, or begun in another browser.',
        AGAIN,
      );
    if (typeof code !== 'string' || code === '') {
      const why = refusalOf(typeof error === 'string' ? error : '');
      logger.warn(
        { event: 'sign_in_refused', code: why.code, answer: typeof error === 'string' ? cutText(error, 80) : 'none' },
        'Salesforce refused the sign-in',
      );
      return show(response, 400, 'Not connected', why.sentence, why.action);
    }
    try {
      const connected = await connect(code, verifier);
      logger.info({ event: 'org_connected', connection: connected.orgId }, 'An org was connected');
      send(response, 200, connectedPage(connected));
    } catch (failure) {
      logger.error({ event: 'org_connect_failed', err: failure }, 'An org could not be connected');
      show(response, ...failureOf(failure));
    }
  });
  router.all(['/oauth/start', '/oauth/callback'], onlyMethods('GET'));
  return router;
}

/** `__Host-`: from this host alone and over TLS, which the browser sees to. */
const cookieName = (secure: boolean): string => (secure ? '__Host-sign-in' : 'sign-in');

function hasCookie(header: string | undefined, name: string, value: string): boolean {
  const given = (header ?? '').split(';').flatMap((part) => {
    const [key, ...rest] = part.trim().split('=');
    return key === name ? [Buffer.from(rest.join('='))] : [];
  });
  const expected = Buffer.from(value);
  return given.some((one) => one.length === expected.length && timingSafeEqual(one, expected));
}

const AGAIN = 'Go back to the setup page and press Connect again, or run: npm run bridge -- connect web';

/** Where Connect of the setup page leads: who may connect an org is who can read the bridge's one-time code. */
const connectPage = (code: string | undefined, problem?: string): string =>
  page(
    'Connect Salesforce',
    html`<h1>Connect Salesforce</h1>
      <p>Sellfire is connected by somebody who looks after the bridge and can sign in to Salesforce.</p>
      ${code === undefined ? enterCode(problem) : followLink(code)}
      <h2>3. Allow access</h2>
      <p class="soft">
        Salesforce asks whether Sellfire may act for the user. Afterwards this page says Connected, and nothing is
        written before Start is pressed in the Sellfire app.
      </p>`,
  );

/** @param problem with the code that was entered before */
const enterCode = (problem: string | undefined): Markup =>
  html`${problem === undefined ? '' : html`<p class="bad" role="alert">This code is not good. ${problem} Get another one.</p>`}
    <h2>1. Get a code</h2>
    <p>
      On the machine of the bridge, run <code>npm run bridge -- connect web</code>. It prints a link with a code that is
      good for five minutes.
    </p>
    <h2>2. Enter it</h2>
    <form action="connect" method="get">
      <p><label for="ticket">Code, or the whole link</label></p>
      <p><input id="ticket" name="ticket" required autocomplete="off" spellcheck="false" /></p>
      <p><button>Go on</button></p>
    </form>`;

const followLink = (code: string): Markup => {
  const address = `oauth/start?ticket=${encodeURIComponent(code)}`;
  return html`<h2>2. Sign in</h2>
    <p><a href="${address}">Sign in to Salesforce</a></p>`;
};

/** The code, also where somebody pasted the whole link. */
function codeOf(text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined;
  return URL.canParse(text) ? (new URL(text).searchParams.get('ticket') ?? undefined) : text.trim();
}

/** Salesforce's codes for a sign-in that was refused, with what helps. */
function refusalOf(answer: string): Explanation {
  if (answer === 'access_denied') return explain('SIGN_IN_REFUSED.denied');
  if (/^OAUTH_|^app_|unauthorized_client/i.test(answer)) return explain('SIGN_IN_REFUSED.byApp', { answer });
  return explain('SIGN_IN_REFUSED.other', { answer: answer === '' ? 'without a reason' : answer });
}

function failureOf(failure: unknown): [number, string, string, string] {
  if (failure instanceof BridgeError) return [400, 'Not connected', failure.message, failure.action];
  if (failure instanceof PeerError) {
    const { code, sentence, action } = explainFault(failure.fault);
    const isForAdmin = policyOf(failure.fault).needsAdmin;
    return [
      502,
      'Not connected',
      `Salesforce answered ${code}: ${sentence}`,
      isForAdmin ? `${action} ${AGAIN}` : AGAIN,
    ];
  }
  return [500, 'Not connected', 'The bridge has failed.', 'Its log says why. Then press Connect again.'];
}

function connectedPage({ orgId, orgName, user, permissions }: Connected): string {
  const missing = permissions.filter(({ ok }) => !ok).length;
  const title = missing === 0 ? 'Connected' : 'Connected, with permissions missing';
  const rows = permissions.map(
    ({ name, ok, detail }) =>
      html`<li>
        <span class="${ok ? 'good' : 'bad'}" aria-hidden="true">${ok ? '✓' : '✗'}</span><span>${name}</span
        ><span class="${ok ? 'good' : 'bad'}">${ok ? 'Granted' : 'Missing'}</span
        >${detail ? html`<small>${detail}</small>` : ''}
      </li>`,
  );
  const advice =
    missing === 0
      ? 'You can close this page. Everything else is set up in Salesforce, in the Sellfire app.'
      : 'Give the user what is missing (the permission set Sellfire Integration has it all), then connect again.';
  return page(
    title,
    html`<h1>${title}</h1>
      <p>Sellfire and this Salesforce org are connected.</p>
      <dl>
        <dt>Org</dt>
        <dd>${orgName} <span class="soft">(${orgId})</span></dd>
        <dt>User</dt>
        <dd>${user}</dd>
      </dl>
      ${
        permissions.length === 0
          ? ''
          : html`<h2>What the user may do</h2>
              <ul>
                ${rows}
              </ul>`
      }
      <p class="soft">${advice}</p>`,
  );
}

function show(response: Response, status: number, title: string, what: string, action: string): void {
  send(
    response,
    status,
    page(
      title,
      html`<h1>${title}</h1>
        <p>${what}</p>
        <h2>What to do</h2>
        <p>${action}</p>`,
    ),
  );
}

function send(response: Response, status: number, text: string): void {
  response.status(status).set('content-security-policy', PAGE_POLICY).type('html').send(text);
}
