// Opens a page of the org in a browser as a user who is signed in, and waits until it stands: no request is under way and
// no spinner turns. Whatever the console says is kept.
import type { Browser, BrowserContext, Page, Request } from 'playwright-core';
import { until } from '../../helpers/until.ts';
import type { RunningOrg } from '../server.ts';
import type { OrgUser } from '../users.ts';

/** Looks in a row at which nothing is under way: an answer may make the page ask for more a moment later. */
const STILL_LOOKS = 3;

/** Of each browser, those that no visit has: what one has loaded of the platform and the package, the next need not load. */
const idleContexts = new WeakMap<Browser, BrowserContext[]>();

export interface VisitOptions {
  user: OrgUser;
  theme?: string;
  /** `en_US`, `es` */
  language?: string;
  viewport?: { width: number; height: number };
  /** A script that runs in every document before its own. */
  beforeLoad?: string;
}

export interface Visit {
  page: Page;
  /** What the console said and what failed, one line each. */
  console: string[];
  /** Presses a button, a tab, a menu item or a link by the words on it, and waits until the page stands. */
  press(text: string): Promise<void>;
  settled(): Promise<void>;
  screenshot(file: string): Promise<void>;
  close(): Promise<void>;
}

/** @param path for example `/lightning/page/home` */
export async function openPage(
  browser: Browser,
  { org, restUrl }: RunningOrg,
  path: string,
  { user, theme, language, viewport = { width: 1280, height: 900 }, beforeLoad }: VisitOptions,
): Promise<Visit> {
  if (language !== undefined) {
    const context = { user: org.users.admin.id, origin: '' };
    const fields = { LanguageLocaleKey: language, LocaleSidKey: language };
    org.transact(context, (transaction) => transaction.update('User', user.id, fields));
  }
  const idle = idleContexts.get(browser) ?? [];
  idleContexts.set(browser, idle);
  const context = idle.pop() ?? (await browser.newContext());
  const page = await context.newPage();
  await page.setViewportSize(viewport);
  page.setDefaultTimeout(15_000);
  if (beforeLoad !== undefined) await page.addInitScript({ content: beforeLoad });
  const said: string[] = [];
  page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => said.push(`error: ${error.message}`));
  page.on('response', (response) => {
    if (response.status() >= 400) said.push(`${response.status()} ${response.request().method()} ${response.url()}`);
  });
  const underWay = new Set<Request>();
  page.on('request', (request) => underWay.add(request));
  page.on('requestfinished', (request) => underWay.delete(request));
  page.on('requestfailed', (request) => underWay.delete(request));
  const url = new URL(path, restUrl);
  if (theme !== undefined) url.searchParams.set('theme', theme);
  const { token } = org.sessions.open(user.id, 'browser');
  const query = new URLSearchParams({ sid: token, retURL: `${url.pathname}${url.search}` });
  await page.goto(`${restUrl}/secur/frontdoor.jsp?${query.toString()}`, {
    waitUntil: 'load',
    // The first page of an installation waits until the base components are built.
    timeout: 180_000,
  });
  const settled = async (): Promise<void> => {
    // That holds for good once the page has loaded; what it asks for later is counted.
    await page.waitForLoadState('networkidle');
    let looks = 0;
    const asked = (): string => `${path} has its answers: ${[...underWay].map((one) => one.url()).join(', ')}`;
    await until(asked, () => (looks = underWay.size === 0 ? looks + 1 : 0) === STILL_LOOKS);
    await page.waitForFunction(() => !document.querySelector('lightning-spinner'));
  };
  try {
    await page.waitForSelector('host-app main > *', { state: 'attached' });
    await settled();
  } catch (error) {
    const text = (await page.locator('body').innerText()).slice(0, 2_000);
    throw new Error(`${path} does not stand: ${[...said, text].join('\n')}`, { cause: error });
  }
  return {
    page,
    console: said,
    settled,
    async press(text) {
      const wanted = page
        .locator('button, a, [role="tab"], [role="menuitem"], [role="option"], lightning-button')
        .filter({ hasText: new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`) })
        .or(page.getByTitle(text, { exact: true }))
        .or(page.getByRole('button', { name: text, exact: true }));
      await wanted.first().click();
      await settled();
    },
    screenshot: async (file) => void (await page.screenshot({ path: file })),
    async close() {
      await page.close();
      await context.clearCookies();
      idle.push(context);
    },
  };
}
