// The console in a real browser: a person is the rep, by clicks and by keys, and what they do is in the feed.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../helpers/browser.ts';
import { until } from '../../helpers/until.ts';
import { startSellfire, type RunningSellfire } from '../sellfire.ts';
import { freshPhone } from './client.ts';

/** The first run unpacks a browser, which takes its time on a busy machine. */
const UNPACKING_MS = 180_000;
const SECRET = 's'.repeat(32);

let browser: Browser;
let sellfire: RunningSellfire;
let page: Page;
let errors: string[];
beforeAll(async () => {
  browser = await launchBrowser();
}, UNPACKING_MS);
afterAll(() => browser.close());
beforeEach(async () => {
  sellfire = await startSellfire({ leads: 120 });
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(sellfire.url)) errors.push(`asked elsewhere: ${request.url()}`);
  });
  await page.goto(sellfire.console);
  await page.getByText('Live', { exact: true }).waitFor();
});
afterEach(async () => {
  await page.close();
  await sellfire.close();
  expect(errors).toEqual([]);
});

const button = (name: string) => page.getByRole('button', { name, exact: true });
const dialog = () => page.getByRole('dialog');
const confirm = (name: string) => dialog().getByRole('button', { name, exact: true }).click();
const card = () => page.getByRole('region', { name: 'Lead', exact: true });
// The phase stands on the chip; the steps below it name some phases as well.
const phaseOnCard = (phase: string) =>
  card()
    .locator('.chip', { hasText: new RegExp(`^${phase}$`) })
    .first()
    .waitFor();
const types = () => sellfire.dialer.feed.after(0).map((event) => event.type);

async function newLead(name: string): Promise<string> {
  await button('New lead').click();
  await dialog().getByLabel('Primary Phone Number').fill(freshPhone());
  await dialog().getByLabel('Business Name').fill(name);
  await confirm('Create lead');
  await page.getByRole('heading', { name, exact: true }).waitFor();
  return new URL(page.url()).hash.slice(1);
}

describe('the console', () => {
  it('brings a lead from its first call through a demo to a sale, by clicks', async () => {
    const id = await newLead('Fox Hill Bakery');
    await phaseOnCard('ColdCallCold');

    await button('Log call').click();
    await dialog().getByLabel('Outcome').selectOption('Reached the decision maker');
    await dialog().getByLabel('Notes').fill('Likes mornings.');
    await confirm('Log call');
    await phaseOnCard('ColdCallDM');
    await card().getByText('Likes mornings.').waitFor();

    await button('Set demo').click();
    await confirm('Set demo');
    await phaseOnCard('HeldPhase');
    await button('Demo held').click();
    await confirm('Demo held');
    await phaseOnCard('PostHoldPhase');

    await button('Make a sale').click();
    await dialog().getByLabel('Quantity').fill('3');
    await button('+ A person').click();
    await dialog().getByLabel('Last name').fill('Escobar');
    await confirm('Make the sale');
    await phaseOnCard('Customer');
    await card().getByText('$388.50').waitFor();

    const [sale] = sellfire.dialer.sales.ofLead(id);
    expect(sale).toMatchObject({
      items: [{ product_code: 'SEAT', quantity: 3, unit_price: '129.50' }],
      associated_contacts: [{ first_name: null, last_name: 'Escobar', phone_number: null }],
    });
    expect(types()).toEqual([
      'lead.created',
      'lead.updated',
      'activity.logged',
      'demo.set',
      'activity.logged',
      'demo.held',
      'activity.logged',
      'sale.made',
      'activity.logged',
    ]);
    await expect(page.locator('.log li').count()).resolves.toBe(types().length);
  });

  it('misses a demo, moves and deletes events, rests, reopens, retires and deletes a lead', async () => {
    const id = await newLead('Iron Horse Motors');
    await button('Set demo').click();
    await confirm('Set demo');
    await button('Demo not held').click();
    await confirm('Not held');
    await phaseOnCard('PostInitialHelPhaseDemoNotHeld');

    await button('Plan callback').click();
    await confirm('Plan');
    await button('Move').click();
    await dialog().getByLabel('To').fill('2099-01-04T09:30');
    await confirm('Move');
    await card().getByText('Jan 4').first().waitFor();
    const [item] = sellfire.dialer.schedule.planned(id);
    expect(item?.start_time).toBe(new Date('2099-01-04T09:30').toISOString());
    await card().getByRole('button', { name: 'Delete', exact: true }).click();
    await confirm('Delete event');
    await card().getByText('Nothing is planned.').waitFor();

    await button('Not interested').click();
    await confirm('Let it rest');
    await phaseOnCard('Resting');
    await button('Reopen').click();
    await phaseOnCard('ColdCallCold');
    await card().getByText('Cycle 2').waitFor();
    await button('Retire').click();
    await confirm('Retire');
    await phaseOnCard('RetiredColdCall');

    await button('Delete lead').click();
    await confirm('Delete lead');
    await page.getByText('No lead is open').waitFor();
    expect(sellfire.dialer.leads.find(id)?.deleted_at).not.toBeNull();
  });

  it('edits fields of every type, sending only what was changed, and says in words what is refused', async () => {
    const id = await newLead('Pine Hollow Inn');
    await card().getByLabel('Employees').fill('12');
    await card().getByLabel('State').selectOption('OR');
    await card().getByLabel('Payroll').check();
    await card().getByLabel('Locations').fill('Bend\nEugene\n');
    await card().getByLabel('Contract End').fill('2027-03-31');
    await card().getByLabel('Email').fill('nobody');
    await button('Save changes').click();
    await card().getByText('"nobody" is no e-mail address').waitFor();
    expect(sellfire.dialer.leads.get(id).version).toBe(1);
    await card().getByLabel('Email').fill('front@pinehollow.example');
    await button('Save changes').click();
    await page.getByText('Saved.').waitFor();
    const [event] = sellfire.dialer.feed.after(sellfire.dialer.feed.lastSequence - 1);
    expect(Object.fromEntries(Object.entries(event?.changes ?? {}).map(([name, { to }]) => [name, to]))).toEqual({
      employees: 12,
      state: 'OR',
      custom_interests: ['Payroll'],
      custom_locations: ['Bend', 'Eugene'],
      custom_contract_end: '2027-03-31',
      email: 'front@pinehollow.example',
    });
  });

  it('shows what comes over the API at once, and keeps what is being edited', async () => {
    const id = await newLead('Beacon Books');
    await card().getByLabel('Title').focus();
    sellfire.desk.editLead(id, { city: 'Waco' });
    await card().getByText('changed elsewhere while you were editing').waitFor();
    await page.keyboard.type('Own');
    sellfire.desk.editLead(id, { city: 'Mexia' });
    await card().getByText('Mexia').waitFor();
    await page.keyboard.type('er');
    expect(await card().getByLabel('Title').inputValue()).toBe('Owner');
    await button('Save changes').click();
    await page.getByText('Saved.').waitFor();
    expect(sellfire.dialer.leads.get(id).fields).toMatchObject({ city: 'Mexia', title: 'Owner' });
  });

  it('refuses a phone that is taken, and leaves the dialog open with the reason', async () => {
    const [taken] = [...sellfire.dialer.leads.live()];
    await button('New lead').click();
    await dialog().getByLabel('Primary Phone Number').fill(String(taken?.fields['primary_phone_number']));
    await dialog().getByRole('button', { name: 'Create lead' }).click();
    await dialog().getByRole('alert').getByText('is the primary phone number of lead').waitFor();
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    expect(types()).toEqual([]);
  });

  it('is worked by keys: search, walk down the list, open, switch tabs', async () => {
    const wanted = sellfire.desk.createLead({ primary_phone_number: freshPhone(), business_name: 'Zebra Yoga Loft' });
    await page.keyboard.press('/');
    await page.keyboard.type('zebra loft');
    await page.getByText('1 lead', { exact: true }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Zebra Yoga Loft' }).waitFor();
    expect(page.url()).toContain(wanted.id);
    await page.getByRole('tab', { name: 'Events' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByText('Nobody has subscribed').waitFor();
    await page.getByRole('searchbox').fill('no such lead');
    await page.getByText('No lead matches').waitFor();
  });

  it('shows and switches the webhooks, and the alerts that were mailed', async () => {
    sellfire.webhooks.subscribe('bridge', 'http://127.0.0.1:9/', SECRET);
    await page.getByRole('tab', { name: 'Webhooks' }).click();
    await page.getByText('has everything, up to #0').waitFor();
    await page.getByLabel('Pause deliveries').check();
    await page.getByLabel('Repeat each, times').fill('2');
    await page.keyboard.press('Tab');
    await page.getByRole('tab', { name: /paused/ }).waitFor();
    await until('the console has set it', () => sellfire.webhooks.state().controls.repeat === 2);
    expect(sellfire.webhooks.state().controls).toMatchObject({ paused: true, repeat: 2 });
    sellfire.dialer.alerts.send({ kind: 'owner_refused', subject: 'An owner', body: 'In the way.', lead_id: null });
    await page.getByRole('tab', { name: 'Alerts 1' }).click();
    await page.getByText('To Sage Whitcomb').waitFor();
  });

  it('adds a field with the Field Manager: it is on the card at once', async () => {
    await newLead('Copper Canyon Pools');
    await page.getByRole('tab', { name: 'Fields' }).click();
    await page.getByLabel('Label').fill('Pool Shape');
    await page.getByLabel('Type').selectOption('select');
    await page.getByLabel('Options').fill('Round, Kidney');
    await button('Add field').click();
    await card().getByLabel('Pool Shape').selectOption('Kidney');
    expect(types().at(-1)).toBe('catalogue.changed');
  });

  it('says so when Sellfire is gone', async () => {
    await sellfire.close();
    await page.getByText('Sellfire does not answer', { exact: true }).waitFor();
    sellfire = await startSellfire();
  });
});

describe('the routes behind it', () => {
  const send = (path: string, headers: Record<string, string>) =>
    fetch(`${sellfire.url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers } });

  it('serve no page from elsewhere', async () => {
    expect((await send('/console/api/leads', { origin: 'http://elsewhere.example' })).status).toBe(403);
    expect((await send('/console/api/leads', { origin: sellfire.url })).status).toBe(400);
    const { headers } = await fetch(sellfire.console);
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
  });
});
