// An administrator at a browser: finds things on the pages by the words on them, as a person does, and counts the work.
import assert from 'node:assert/strict';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { until } from '../helpers/until.ts';
import { violationsOf } from './accessibility.ts';
import { SIZES, type Size } from './pictures.ts';

/** ms; a request to the bridge is looked at every two seconds, Home every fifteen. */
const PATIENCE = 30_000;

/** Fields and buttons that the Tab key passes before somebody gives up. */
const MOST_TABS = 60;

/** What a person has done, to say how long it takes. */
export interface Work {
  presses: number;
  characters: number;
}

export class Admin {
  readonly page: Page;
  readonly work: Work = { presses: 0, characters: 0 };
  private readonly context: BrowserContext;
  private readonly url: string;
  private said: string[] = [];

  private constructor(context: BrowserContext, page: Page, url: string) {
    this.context = context;
    this.page = page;
    this.url = url;
    // Of the tabs that are opened from this one as well.
    context.on('console', (message) => {
      const text = message.text();
      // Base components warn of what is as it should be; the engine of LWC does not.
      if (message.type() === 'error' || text.includes('[LWC')) this.said.push(`${message.type()}: ${text}`);
    });
    context.on('weberror', (error) => this.said.push(`error: ${error.error().message}`));
    context.on('response', (response) => {
      if (response.status() >= 400)
        this.said.push(`${response.status()} ${response.request().method()} ${response.url()}`);
    });
  }

  /** @param url of the org */
  static async open(browser: Browser, url: string, size: Size = 'desktop'): Promise<Admin> {
    const context = await browser.newContext({ viewport: SIZES[size] });
    context.setDefaultTimeout(PATIENCE);
    return new Admin(context, await context.newPage(), url);
  }

  async close(): Promise<void> {
    await this.context.close();
  }

  /** @param path for example `/lightning/page/home` */
  async visit(path: string): Promise<void> {
    await this.page.goto(new URL(path, this.url).href, { timeout: 180_000 });
  }

  async signIn(username: string, password = 'local-org'): Promise<void> {
    await this.write('Username', username);
    await this.write('Password', password);
    await this.press('Log in');
    await this.stands();
  }

  async openTab(name: string): Promise<void> {
    this.work.presses += 1;
    await this.page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
    await this.stands();
  }

  /** The page is drawn and no spinner turns. */
  async stands(): Promise<void> {
    await this.page.locator('host-app main > *').first().waitFor({ state: 'attached' });
    // Whoever comes back sees what was read before, and a moment later what is there now.
    await this.page.waitForLoadState('networkidle');
    await this.page.waitForFunction(() => !document.querySelector('main lightning-spinner'));
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog');
  }

  /** Where things are looked for: in the dialog if one is open. */
  async place(): Promise<Locator> {
    return (await this.dialog.count()) > 0 ? this.dialog.last() : this.page.locator('body');
  }

  async press(name: string, within?: Locator): Promise<void> {
    this.work.presses += 1;
    const place = within ?? (await this.place());
    await place.getByRole('button', { name, exact: true }).first().click();
  }

  async write(label: string, text: string, within?: Locator): Promise<void> {
    this.work.presses += 1;
    this.work.characters += text.length;
    const place = within ?? (await this.place());
    await place.getByLabel(label, { exact: true }).first().fill(text);
  }

  async tick(name: string | RegExp, within?: Locator): Promise<void> {
    this.work.presses += 1;
    const place = within ?? (await this.place());
    await place.getByRole('checkbox', { name }).or(place.getByRole('switch', { name })).first().click({ force: true });
  }

  async choose(name: string | RegExp): Promise<void> {
    this.work.presses += 1;
    await (await this.place()).getByRole('radio', { name }).first().check();
  }

  /** From a list of fields, by what is typed and the option that is read then. */
  async pick(label: string, typed: string, option: RegExp): Promise<void> {
    this.work.presses += 1;
    this.work.characters += typed.length;
    const place = await this.place();
    await place.getByRole('combobox', { name: label, exact: true }).fill(typed);
    await place.getByRole('option', { name: option }).first().click();
  }

  async pickObject(name: string): Promise<void> {
    this.work.presses += 2;
    const place = await this.place();
    await place.getByRole('combobox', { name: 'Salesforce object', exact: true }).click();
    await place.getByRole('option', { name, exact: true }).first().click();
  }

  /** Of a table, by what stands in it. */
  row(words: RegExp): Locator {
    return this.page.getByRole('row').filter({ hasText: words }).last();
  }

  /** From the menu under a button. */
  async select(menu: string | RegExp, item: string): Promise<void> {
    this.work.presses += 2;
    await this.page.getByRole('button', { name: menu }).first().click();
    await this.page.getByRole('menuitem', { name: item, exact: true }).click();
  }

  async closeDialog(name = 'Close'): Promise<void> {
    const before = await this.dialog.count();
    this.work.presses += 1;
    await this.dialog.last().getByRole('button', { name, exact: true }).last().click();
    // A dialog fades; it is inside the shadow of a component, where the page itself does not look.
    await until('the dialog is closed', async () => (await this.dialog.count()) < before);
  }

  /** Waits until the words stand in sight: in the dialog while one is open. */
  async reads(words: string | RegExp, ms = PATIENCE): Promise<void> {
    const seen = async (): Promise<boolean> => {
      const place = await this.place();
      return (await place.getByText(words).filter({ visible: true }).count()) > 0;
    };
    await until(`"${String(words)}" is to be read`, seen, ms).catch(async (cause: unknown) => {
      const place = await this.place();
      const text = (await place.innerText().catch(() => '')).slice(0, 3_000);
      throw new Error(`"${String(words)}" is not to be read in:\n${text}`, { cause });
    });
  }

  /** A request that stands in the dialog has ended. */
  async ended(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Close', exact: true }).waitFor();
    await this.dialog.getByRole('progressbar').waitFor({ state: 'detached' });
  }

  /** In another tab, which the press opens. */
  async follow(name: string): Promise<Page> {
    const opened = this.context.waitForEvent('page');
    await this.press(name);
    const page = await opened;
    await page.waitForLoadState();
    return page;
  }

  /** A button has the focus, as whoever works by the keys needs it. */
  async hasFocus(name: string | RegExp): Promise<void> {
    const exact = typeof name === 'string';
    const button = this.page.getByRole('button', { name, exact }).and(this.page.locator(':focus'));
    await until(`the focus is on ${String(name)}`, async () => (await button.count()) === 1);
  }

  /** On by the Tab key until a button or a field with this name has the focus. */
  async tabTo(name: string | RegExp): Promise<void> {
    const exact = typeof name === 'string';
    const named = this.page.getByRole('button', { name, exact }).or(this.page.getByLabel(name, { exact }));
    for (let press = 0; press < MOST_TABS; press += 1) {
      if ((await named.and(this.page.locator(':focus')).count()) > 0) return;
      await this.keys('Tab');
    }
    throw new Error(`The Tab key does not come to ${String(name)}`);
  }

  async keys(...names: string[]): Promise<void> {
    for (const name of names) await this.page.keyboard.press(name);
  }

  /** @throws AssertionError where something reaches beyond the side of the window, of the page or of a dialog */
  async fits(): Promise<void> {
    const wide = await this.page.evaluate(() => {
      const parts = [
        document.documentElement,
        ...document.querySelectorAll('main, [role="dialog"], .slds-modal__content'),
      ];
      return parts
        .filter(
          (part) => part.scrollWidth > part.clientWidth + 1 || part.getBoundingClientRect().right > innerWidth + 1,
        )
        .map((part) => `${part.localName} ${part.className}: ${part.scrollWidth} in ${part.clientWidth}`);
    });
    assert.deepEqual(wide, [], 'Something is wider than the window');
  }

  /** What the console has said since it was last looked at. */
  get noise(): readonly string[] {
    return this.said;
  }

  /** @throws AssertionError with what the browser's console has said, except what is expected, since the last time */
  isQuiet(expected: readonly RegExp[] = []): void {
    const loud = this.said.filter((line) => !expected.some((pattern) => pattern.test(line)));
    this.said = [];
    assert.deepEqual(loud, [], 'The console of the browser is not quiet');
  }

  /** @throws AssertionError with what axe has found */
  async isAccessible(page: Page = this.page): Promise<void> {
    // A row under the mouse has Salesforce's own colours, which are not the page's.
    await page.mouse.move(0, 0);
    assert.deepEqual(await violationsOf(page), [], 'axe finds something');
  }
}
