// Everything that the pages stand on, in one place: an org with the package just installed, a Sellfire, a bridge that is on
// and connected to nobody, and a browser in front of them.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { Story } from '../e2e/story.ts';
import { launchBrowser } from '../helpers/browser.ts';
import { mapFields } from '../helpers/mappings.ts';
import { entrance } from '../salesforce/lightning/router.ts';
import { deploy, xml } from '../salesforce/tests/packages.ts';
import { startStack, type Stack } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';
import { Admin } from './admin.ts';
import { SIZES, takePicture, THEMES, wear, type Size, type Theme } from './pictures.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface WorkplaceOptions {
  /** Where pictures go; none are taken otherwise. */
  pictures?: string;
  /** Takes only those of these names. */
  only?: ReadonlySet<string>;
  /** The bridge is connected, fields are mapped, the sync is on and the administrator is signed in. */
  isSetUp?: boolean;
}

/** Whose page it is, and what the console of the browser may say of it. */
interface Look {
  by?: Admin;
  page?: Page;
  isOurs?: boolean;
  expected?: readonly RegExp[];
}

/** As text of XML. */
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The org builds its pages when the first of them is asked for: minutes on a busy machine, which are nobody's patience. */
async function buildPages(browser: Browser, url: string): Promise<void> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(entrance(url), { timeout: 200_000 });
  await context.close();
}

export class Workplace {
  readonly stack: Stack;
  readonly story: Story;
  readonly browser: Browser;
  readonly admin: Admin;
  /** Bytes of each picture, by name. */
  readonly pictures = new Map<string, number>();
  private readonly folder: string;
  private readonly options: WorkplaceOptions;

  private constructor(
    parts: Pick<Workplace, 'stack' | 'browser' | 'admin'>,
    folder: string,
    options: WorkplaceOptions,
  ) {
    this.stack = parts.stack;
    this.browser = parts.browser;
    this.admin = parts.admin;
    this.folder = folder;
    this.options = options;
    this.story = new Story(this.stack);
  }

  /** The bridge runs without a key: somebody has to connect it, unless everything is set up. */
  static async open(options: WorkplaceOptions = {}): Promise<Workplace> {
    const folder = mkdtempSync(join(tmpdir(), 'pages-'));
    const env = { START_SYNC: String(options.isSetUp ?? false) };
    const [stack, browser] = await Promise.all([
      startStack({ logFile: join(folder, 'bridge.log'), env }),
      launchBrowser(),
    ]);
    await buildPages(browser, stack.org.restUrl);
    const admin = await Admin.open(browser, stack.org.restUrl);
    const at = new Workplace({ stack, browser, admin }, folder, options);
    await (options.isSetUp ? at.setUp() : at.launch());
    return at;
  }

  private async launch(): Promise<void> {
    const { bridge } = this.stack;
    delete bridge.env['SALESFORCE_JWT_KEY_FILE'];
    delete bridge.env['SALESFORCE_USERNAME'];
    bridge.launch();
    await this.bridgeAnswers();
  }

  /** Connected or not. */
  async bridgeAnswers(): Promise<void> {
    const isUp = ({ ok }: Response): boolean => ok;
    await until('the bridge answers', () => fetch(`${this.stack.bridge.url}/health/live`).then(isUp, () => false));
  }

  /** What the first chapters do, without the pages. */
  private async setUp(): Promise<void> {
    const { admin, stack, story } = this;
    await story.create('@Sync_Settings__c', { Name: 'Sellfire', '@Bridge_Address__c': stack.bridge.url });
    await mapFields(stack.admin, stack.prefix);
    await stack.bridge.start();
    await admin.visit('/lightning/page/home');
    await admin.signIn(stack.org.users.administrator.username);
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.stack.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** On the machine of the bridge. @returns what it prints */
  async command(...words: string[]): Promise<string> {
    const { env } = this.stack.bridge;
    const options = { cwd: ROOT, env: { PATH: process.env['PATH'] ?? '', ...env } };
    const { stdout } = await promisify(execFile)(process.execPath, ['bridge/cli.ts', ...words], options);
    return stdout.trim();
  }

  /** A restricted picklist, which the administrator of the package may read and edit as well. */
  async addPicklist(object: string, name: string, label: string, values: readonly string[]): Promise<void> {
    const { org } = this.stack.org;
    const options = values.map(
      (value) =>
        `<value><fullName>${escaped(value)}</fullName><default>false</default><label>${escaped(value)}</label></value>`,
    );
    const definition = `<valueSetDefinition><sorted>false</sorted>${options.join('')}</valueSetDefinition>`;
    const set = `<valueSet><restricted>true</restricted>${definition}</valueSet>`;
    await deploy(org, {
      [`objects/${object}.object`]: xml(
        'CustomObject',
        `<fields><fullName>${name}</fullName><label>${escaped(label)}</label><type>Picklist</type>${set}</fields>`,
      ),
    });
    const permission = `Sees_${name}`.replace('__c', '');
    org.installPermissionSet({
      name: permission,
      label: permission,
      objects: new Map(),
      fields: new Map([[`${object}.${name}`, { read: true, edit: true }]]),
      user: new Set(),
      custom: new Set(),
    });
    const [given] = org.find('PermissionSet', { Name: permission }, 1);
    await this.story.create('PermissionSetAssignment', {
      AssigneeId: this.stack.org.users.administrator.id,
      PermissionSetId: given?.['Id'],
    });
  }

  /** A page or a state of it: axe, a quiet console, and pictures in every size and theme. */
  async look(
    name: string,
    { by = this.admin, page = by.page, isOurs = true, expected = [] }: Look = {},
  ): Promise<void> {
    await by.isAccessible(page);
    by.isQuiet(expected);
    if (this.options.pictures === undefined) return;
    const { only } = this.options;
    const themes = isOurs ? THEMES : (['slds1'] as const);
    // A dialog measures the window when it opens, so the largest comes first.
    const shots: [Size, Theme][] = [
      ...themes.map((theme): [Size, Theme] => ['desktop', theme]),
      ['tablet', 'slds1'],
      ['phone', 'slds1'],
    ];
    for (const [size, theme] of shots) {
      const label = `${name}-${size}${theme === 'slds1' ? '' : `-${theme}`}`;
      if (only && !only.has(label)) continue;
      await page.setViewportSize(SIZES[size]);
      if (isOurs && size === 'phone') await by.fits();
      if (isOurs) await wear(page, theme);
      if (theme === 'slds2-dark') await by.isAccessible(page);
      this.pictures.set(label, await takePicture(page, join(this.options.pictures, `${label}.webp`)));
    }
    await page.setViewportSize(SIZES.desktop);
    if (isOurs) await wear(page, 'slds1');
  }
}
