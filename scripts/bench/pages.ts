// npm run bench:pages: how long an admin looks at a page before it says something, in an org with much in it.
//
// A page counts as painted when the data that people come for stand on it and the browser has drawn them. The clock starts when
// the page's component is created, so that loading the scripts, which a browser keeps, is not counted. Every visit is a page load of
// its own: nothing that an earlier one has read is kept.
import { loadavg } from 'node:os';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../test/helpers/browser.ts';
import { openPage } from '../../test/salesforce/lightning/visit.ts';
import { startOrg, type RunningOrg } from '../../test/salesforce/server.ts';
import { PACKAGE_DIRECTORY } from '../package/project.ts';
import { describeMachine, machineLine } from './figures.ts';
import { fillFields, fillMappings, fillReports, fillStatus } from './fillOrg.ts';
import { median } from './percentile.ts';

const AMOUNTS = { mappings: 500, fields: 2000, reports: 100_000 };
const VISITS = 5;
const AIM_MS = 1000;

interface Painted {
  name: string;
  path: string;
  /** The component of the page: the clock starts with it. */
  page: string;
  /** What people come for: a component, and what it draws once it has data. */
  useful: readonly [component: string, drawn: string];
  language?: string;
}

const MAPPINGS = {
  path: '/lightning/n/Sellfire_Field_Mappings',
  page: 'c-field-mappings',
  useful: ['c-mapping-table', 'tbody tr'],
} as const;
const REPORTS = { path: '/lightning/n/Sellfire_Reports', page: 'c-reports-page' } as const;
const PAGES: readonly Painted[] = [
  { name: 'Home', path: '/lightning/page/home', page: 'c-home-page', useful: ['c-needs-you', 'li'] },
  {
    name: 'Home, the last day',
    path: '/lightning/page/home',
    page: 'c-home-day',
    useful: ['c-home-day', 'c-budget-meter'],
  },
  { name: 'Field Mappings', ...MAPPINGS },
  // In sections and with labels, once all fields of Sellfire are read: from then on mappings can be changed.
  { name: 'Field Mappings, to work with', ...MAPPINGS, useful: ['c-mapping-board', '[data-section="system"]'] },
  { name: 'Field Mappings, in Spanish', ...MAPPINGS, language: 'es' },
  // Cards by cause and the latest attempts.
  { name: 'Reports', ...REPORTS, useful: ['c-report-table', 'tbody tr'] },
  { name: 'Reports, the causes', ...REPORTS, useful: ['c-cause-cards', 'li'] },
  { name: 'Settings', path: '/lightning/n/Sellfire_Settings', page: 'c-settings-page', useful: ['c-setting-row', '*'] },
];

const load = loadavg()[0] ?? 0;
const running = await startOrg({ deploy: PACKAGE_DIRECTORY });
const browser = await launchBrowser();
try {
  fillReports(running, AMOUNTS.reports);
  fillFields(running, AMOUNTS.fields);
  fillMappings(running, AMOUNTS.mappings);
  fillStatus(running);
  const heading = Object.entries(AMOUNTS).map(([what, count]) => `${count.toLocaleString('en')} ${what}`);
  console.log(`| ${heading.join(', ')} | first ms | median ms | max ms | |\n| --- | ---: | ---: | ---: | --- |`);
  for (const painted of PAGES) line(painted.name, await visits(painted));
  line('the list of the field picker', await picks());
  console.log(`\n${machineLine(describeMachine(load))}, load ${load.toFixed(1)}`);
} finally {
  await browser.close();
  await running.close();
}

/** The first visit also fills what the org and the browser keep; the others are what an admin meets. */
function line(name: string, [first = NaN, ...others]: number[]): void {
  const times = [first, median(others), Math.max(...others)];
  const verdict = median(others) <= AIM_MS ? '' : `over ${AIM_MS} ms`;
  console.log(`| ${name} | ${times.map((ms) => Math.round(ms)).join(' | ')} | ${verdict} |`);
}

async function visits({ path, language = 'en_US', page: component, useful }: Painted): Promise<number[]> {
  const times: number[] = [];
  for (let visit = 0; visit <= VISITS; visit += 1) {
    const { page, close } = await watched(browser, running, path, language, [component, ...useful]);
    times.push(await page.evaluate('window.paint.useful - window.paint.created'));
    await close();
  }
  return times;
}

/** From the press on the box to its options, with all fields of Sellfire behind it. */
async function picks(): Promise<number[]> {
  const { page, press, close } = await openPage(browser, running, MAPPINGS.path, {
    user: running.users.administrator,
    language: 'en_US',
  });
  await press('Map System Field');
  await press('Next');
  const input = page.locator('c-field-picker.sellfire input');
  const times: number[] = [];
  for (let time = 0; time <= VISITS; time += 1) {
    const start = performance.now();
    await input.click();
    await page.locator('c-field-picker.sellfire [role="option"]').first().waitFor();
    times.push(performance.now() - start);
    await input.press('Escape');
  }
  await close();
  return times;
}

/** Opens a page with a watcher in it that notes when the component was created and when what is useful was drawn. */
async function watched(
  ...[browserOf, org, path, language, names]: [Browser, RunningOrg, string, string, readonly string[]]
): Promise<{ page: Page; close: () => Promise<void> }> {
  const visit = await openPage(browserOf, org, path, {
    user: org.users.administrator,
    language,
    beforeLoad: watcher(names),
  });
  await visit.page.waitForFunction('window.paint?.useful !== undefined');
  return visit;
}

/** Looks at every frame; once the page's component is there, into its shadows only. The frame after has been drawn. */
function watcher(names: readonly string[]): string {
  return `(([page, component, drawn]) => {
    const paint = (window.paint = {});
    const find = (node, isIt) => {
      if (isIt(node)) return node;
      for (const child of [...(node.shadowRoot?.children ?? []), ...node.children]) {
        const found = find(child, isIt);
        if (found) return found;
      }
    };
    const named = (name) => (node) => node.localName === name;
    const isUseful = (node) => node.localName === component && node.shadowRoot?.querySelector(drawn);
    let host;
    const look = () => {
      if (!host && document.body) host = find(document.body, named(page));
      if (host) paint.created ??= performance.now();
      if (host && find(host, isUseful)) requestAnimationFrame(() => (paint.useful = performance.now()));
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  })(${JSON.stringify(names)})`;
}
