// The pages of the local org in a real browser.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { PACKAGE_DIRECTORY } from '../../../../scripts/package/project.ts';
import { launchBrowser } from '../../../helpers/browser.ts';
import { startOrg, type RunningOrg } from '../../server.ts';
import { openPage, type Visit, type VisitOptions } from '../visit.ts';
import { deployBroken, deployProbe } from './probe.ts';

/** The first page of an installation waits until the base components are built. */
const BUILDING_MS = 240_000;

/** Longer than the way to the browser and back. */
const LATE_MS = 500;

let org: RunningOrg;
let browser: Browser;
let leadId: string;

beforeAll(async () => {
  [org, browser] = await Promise.all([startOrg({ deploy: PACKAGE_DIRECTORY }), launchBrowser()]);
  await deployProbe(org.org);
  const context = { user: org.users.administrator.id, origin: '' };
  leadId = org.org.transact(context, (transaction) => {
    transaction.create('Lead', { LastName: 'Abel', Company: 'Abel Bakery', Title: 'Owner' });
    return transaction.create('Lead', { LastName: 'Baker', Company: 'Baker Shop', Title: 'Manager' });
  });
  const first = await visit('/lightning/page/home');
  await first.close();
}, BUILDING_MS);
afterAll(async () => {
  await browser.close();
  await org.close();
});

function visit(path: string, options: Partial<VisitOptions> = {}): Promise<Visit> {
  return openPage(browser, org, path, { user: org.users.administrator, language: 'en_US', ...options });
}

describe('the frame of the pages', () => {
  it('has the tabs of the app in the language of the user', async () => {
    const labels = async (language: string): Promise<string[]> => {
      const { page, close } = await visit('/lightning/page/home', { language });
      const found = await page.locator('nav a').allInnerTexts();
      await close();
      return found;
    };
    expect(await labels('en_US')).toEqual(expect.arrayContaining(['Home', 'Field Mappings']));
    expect(await labels('es')).toEqual(expect.arrayContaining(['Inicio', 'Asignaciones de campos']));
  });

  it('leads to every app and item by the launcher', async () => {
    const { page, press, close } = await visit('/lightning/page/home');
    await press('App Launcher');
    await page.locator('host-app-launcher a', { hasText: 'Bridge Statuses' }).click();
    await page.locator('host-list-page h1', { hasText: 'All' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/lightning/o/Bridge_Status__c/list');
    await close();
  });

  it('leads from the tab of one component to that of another', async () => {
    const { page, close } = await visit('/lightning/n/Sellfire_Field_Mappings');
    await page.getByRole('navigation').getByRole('link', { name: 'Settings', exact: true }).click();
    await page.getByRole('heading', { name: 'Settings', exact: true }).waitFor();
    await close();
  });

  it('keeps the columns apart, and beneath each other where it is narrow', async () => {
    const { page, close } = await visit('/lightning/page/home');
    const main = async () => (await page.locator('c-home-page').boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    const side = async () => (await page.locator('c-home-day').boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    expect((await side()).x - (await main()).x - (await main()).width).toBeCloseTo(16, 0);
    expect((await side()).width).toBeLessThan((await main()).width);
    await page.setViewportSize({ width: 390, height: 844 });
    expect((await side()).x).toBe((await main()).x);
    expect((await side()).y).toBeGreaterThanOrEqual((await main()).y + (await main()).height);
    await close();
  });

  it('sends who is not signed in to the login, and back', async () => {
    const response = await fetch(`${org.restUrl}/lightning/n/Somewhere`, { redirect: 'manual' });
    expect(response.headers.get('location')).toBe('/login?startURL=%2Flightning%2Fn%2FSomewhere');
  });

  it('says so when the session has ended', async () => {
    const { page, press, console: said, close } = await visit('/lightning/o/Lead/list');
    org.org.sessions.closeUser(org.users.administrator.id);
    await page.getByRole('button', { name: 'Refresh' }).click();
    await page.getByRole('alertdialog', { name: 'Your session has ended' }).waitFor();
    await press('Log In');
    expect(new URL(page.url()).pathname).toBe('/login');
    // The browser itself reports the refused request, and nothing else is wrong.
    expect(said.filter((line) => !line.includes('401'))).toEqual([]);
    await close();
  });

  it('is dark where the theme says so', async () => {
    const { page, close } = await visit('/lightning/page/home', { theme: 'slds2-dark' });
    const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(background).toBe('rgb(16, 16, 16)');
    await close();
  });
});

describe('a component', () => {
  const open = (): Promise<Visit> => visit(`/lightning/cmp/c__probe?c__lead=${leadId}`);
  const text = (at: Visit, part: string): Promise<string> => at.page.locator(`c-probe .${part}`).innerText();

  it('reads through GraphQL only what it asked for', async () => {
    const at = await open();
    expect(await text(at, 'rows')).toBe('Abel: Owner, Baker: Manager');
    expect(await text(at, 'keys')).toBe('LastName Title Owner');
    await at.close();
  });

  it('sees a record that it has written in every wire, without a refresh', async () => {
    const at = await open();
    expect(await text(at, 'title')).toBe('Manager');
    await at.press('Rename');
    expect(await text(at, 'title')).toBe('Renamed');
    expect(await text(at, 'rows')).toBe('Abel: Owner, Baker: Renamed');
    expect(org.org.get('Lead', leadId)?.['Title']).toBe('Renamed');
    expect(at.console).toEqual([]);
    await at.close();
  });

  it('sees what somebody else has written after a refresh', async () => {
    const at = await open();
    const context = { user: org.users.admin.id, origin: '' };
    org.org.transact(context, (transaction) => transaction.update('Lead', leadId, { Title: 'Director' }));
    expect(await text(at, 'rows')).not.toContain('Director');
    // As where the machine is busy: a page that has stood once is waited for again.
    await at.page.route('**/graphql', async (route) => {
      await sleep(LATE_MS);
      await route.continue();
    });
    await at.press('Refresh');
    expect(await text(at, 'rows')).toContain('Baker: Director');
    expect(await text(at, 'title')).toBe('Director');
    await at.close();
  });

  it('gets a refused save with the fields that are wrong', async () => {
    const at = await open();
    await at.press('Fail');
    await at.page.locator('c-probe .refused', { hasText: '400 Email' }).waitFor();
    expect(at.console).toEqual([expect.stringContaining('400'), expect.stringContaining('400')]);
    await at.close();
  });

  it('knows who looks, and how this person reads', async () => {
    const at = await open();
    expect(await text(at, 'session')).toBe(`${org.users.administrator.id} en-US`);
    expect(await text(at, 'label')).toBe('Title');
    await at.close();
  });

  it('opens a modal and gets its result', async () => {
    const at = await open();
    await at.press('Ask');
    await at.page.getByRole('dialog', { name: 'A question' }).waitFor();
    await at.press('It is');
    await at.page.locator('c-probe .answer', { hasText: 'yes' }).waitFor();
    expect(at.console).toEqual([]);
    await at.close();
  });

  it('asks for a confirmation and for a text', async () => {
    const at = await open();
    await at.press('Confirm');
    await at.press('OK');
    await at.page.locator('c-probe .answer', { hasText: 'true' }).waitFor();
    await at.press('Prompt');
    await at.page.getByRole('dialog').getByRole('textbox').fill('Acme');
    await at.press('OK');
    await at.page.locator('c-probe .answer', { hasText: 'Acme' }).waitFor();
    await at.close();
  });

  it('finds a record by what is typed, with the keyboard alone', async () => {
    const at = await open();
    const box = at.page.getByRole('combobox', { name: 'A lead' });
    await box.fill('bak');
    await at.page.getByRole('option', { name: 'Baker' }).waitFor();
    await box.press('ArrowDown');
    await box.press('Enter');
    await at.page.locator('c-probe .answer', { hasText: leadId }).waitFor();
    expect(await box.inputValue()).toBe('Baker');
    await at.close();
  });

  it('shows a toast', async () => {
    const at = await open();
    await at.press('Toast');
    await at.page.getByText('See all of it').waitFor();
    await at.close();
  });

  it('leads to another page, and back', async () => {
    const at = await open();
    await at.press('Leads');
    expect(new URL(at.page.url()).pathname).toBe('/lightning/o/Lead/list');
    await at.page.goBack();
    await at.page.locator('c-probe').waitFor();
    await at.close();
  });

  it('takes its dialogs along when the reader goes back', async () => {
    const at = await visit('/lightning/o/Lead/list');
    const address = `/lightning/cmp/c__probe?c__lead=${leadId}`;
    await at.page.evaluate((to) => history.pushState({}, '', to), address);
    await at.page.evaluate(() => dispatchEvent(new PopStateEvent('popstate')));
    const dialogs = at.page.locator('[aria-modal="true"]');
    for (const question of ['Ask', 'Confirm']) {
      await at.press(question);
      await dialogs.first().waitFor();
      await at.page.goBack();
      await at.page.locator('host-list-page').waitFor();
      expect(await dialogs.count()).toBe(0);
      await at.page.goForward();
      await at.page.locator('c-probe').waitFor();
    }
    expect(at.console).toEqual([]);
    await at.close();
  });
});

describe('records', () => {
  it('are listed, looked at and changed', async () => {
    const { page, press, settled, console: said, close } = await visit('/lightning/o/Lead/list');
    await press('Abel');
    await page.locator('host-highlights-panel h1', { hasText: 'Abel' }).waitFor();
    await page.locator('lightning-record-form').getByTitle('Edit').click();
    await settled();
    await page.getByLabel('Company').fill('Abel & Sons');
    await page.getByLabel('Email', { exact: true }).fill('nobody');
    await press('Save');
    await page.getByLabel('Email', { exact: true }).fill('abel@example.com');
    await press('Save');
    await page.locator('lightning-output-field', { hasText: 'Abel & Sons' }).waitFor();
    expect(org.org.find('Lead', { LastName: 'Abel' }, 1)[0]).toMatchObject({
      Company: 'Abel & Sons',
      Email: 'abel@example.com',
    });
    expect(said).toEqual([]);
    await close();
  });

  it('are made by a quick action, which fills in the record that it stands on', async () => {
    const { page, press, close } = await visit(`/lightning/r/Lead/${leadId}/view`);
    await press('Sync Now');
    await page.getByRole('dialog', { name: 'Sync Now' }).waitFor();
    await press('Save');
    await page.getByText('Sync Request was created.').waitFor();
    expect(org.org.find('Sync_Request__c', { Lead__c: leadId })).toHaveLength(1);
    await close();
  });

  it('that nobody may see say so', async () => {
    const { page, close } = await visit('/lightning/o/Sync_Request__c/list', { user: org.users.outsider });
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').innerText()).not.toBe('');
    await close();
  });
});

describe('a dashboard', () => {
  const bars = (at: Visit, header: string): Promise<string[]> =>
    at.page
      .locator('host-dashboard article', { hasText: header })
      .locator('.bars li')
      .evaluateAll((rows) => rows.map((row) => (row as HTMLElement).innerText.replace(/\s+/g, ' ').trim()));

  beforeAll(() => {
    const context = { user: org.users.integration.id, origin: '' };
    const report = (fields: object): object => ({ Occurred_At__c: new Date().toISOString(), ...fields });
    const before = new Date(Date.now() - 40 * 86_400_000).toISOString();
    org.org.transact(context, (transaction) => {
      for (const fields of [
        { Outcome__c: 'Failed', Code__c: 'A_RARE_ONE' },
        ...Array.from({ length: 3 }, () => ({ Outcome__c: 'Failed', Code__c: 'PHONE_EXISTS' })),
        { Outcome__c: 'Failed', Code__c: 'AN_OLD_ONE', Occurred_At__c: before },
        { Outcome__c: 'Success', Salesforce_Object__c: 'Lead', Direction__c: 'ToSalesforce' },
        { Outcome__c: 'Success', Salesforce_Object__c: 'Lead', Direction__c: 'ToSellfire' },
        { Outcome__c: 'Refused', Event__c: 'OwnerChange', Code__c: 'OWNER_REFUSED' },
      ])
        transaction.create('Integration_Report__c', report(fields) as Record<string, string>);
    });
  });

  it('draws each component from its report: what is counted, by what, and the largest first', async () => {
    const at = await visit('/lightning/r/Dashboard/Sellfire_Integration/view');
    expect(await bars(at, 'Errors by reason')).toEqual(['PHONE_EXISTS 3', 'A_RARE_ONE 1']);
    expect(await bars(at, 'Volume by object and direction')).toEqual(['Lead 2']);
    expect(await bars(at, 'Refused phase and owner changes')).toEqual(['OwnerChange 1']);
    expect(await at.page.locator('article', { hasText: 'Repush outcomes' }).innerText()).toContain('No data');
    expect(at.console).toEqual([]);
    await at.close();
  });

  it('counts no more than its reader may see', async () => {
    const at = await visit('/lightning/r/Dashboard/Sellfire_Integration/view', { user: org.users.outsider });
    expect(await bars(at, 'Errors by reason')).toEqual([]);
    await at.page.locator('article', { hasText: 'Errors by reason' }).getByRole('alert').waitFor();
    await at.close();
  });
});

describe('an installed package', () => {
  it('has its own namespace: in tags, tabs and names of the metadata', async () => {
    const managed = await startOrg({ deploy: PACKAGE_DIRECTORY, namespace: 'sellfire' });
    try {
      await deployProbe(managed.org);
      const {
        page,
        console: said,
        close,
      } = await openPage(browser, managed, '/lightning/cmp/sellfire__probe', {
        user: managed.users.administrator,
      });
      await page.locator('sellfire-probe .label', { hasText: 'Title' }).waitFor();
      const tabs = await page.locator('nav a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
      expect(tabs).toContain('/lightning/n/sellfire__Sellfire_Reports');
      expect(said).toEqual([]);
      await close();
    } finally {
      await managed.close();
    }
  });

  it('whose component imports what does not exist is not rendered, and says what', async () => {
    const broken = await startOrg();
    try {
      await deployBroken(broken.org);
      const { token } = broken.org.sessions.open(broken.users.admin.id, 'browser');
      const response = await fetch(`${broken.restUrl}/lightning/page/home`, { headers: { cookie: `sid=${token}` } });
      expect(response.status).toBe(500);
      expect(await response.text()).toMatch(/broken\.js.*@salesforce\/label\/c\.No_Such_Label/);
    } finally {
      await broken.close();
    }
  });
});
