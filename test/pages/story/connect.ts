// From an org in which the package was just installed to a bridge that is connected and has its rights (M1).
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { until } from '../../helpers/until.ts';
import type { Workplace } from '../workplace.ts';
import type { Chapter } from './chapter.ts';

/** From the dialog of Connect through the bridge's page and the sign-in to Salesforce, and back to Home. */
export async function connectInBrowser(
  at: Workplace,
  look: (page: Page, name: string) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const { admin, stack } = at;
  const page = await admin.follow('Open the bridge');
  await page.getByRole('heading', { name: 'Connect Salesforce' }).waitFor();
  await look(page, 'bridge-code');
  await page.getByLabel('Code, or the whole link').fill(await at.command('connect', 'web'));
  await page.getByRole('button', { name: 'Go on' }).click();
  await look(page, 'bridge-sign-in');
  await page.getByRole('link', { name: 'Sign in to Salesforce' }).click();
  const { username, password } = stack.org.users.integration;
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Allow' }).click();
  await page.getByRole('heading', { name: 'Connected', exact: true }).waitFor();
  await look(page, 'bridge-connected');
  await page.close();
  admin.work.presses += 6;
  admin.work.characters += username.length + password.length;
}

export const CONNECT: Chapter = {
  name: 'Connect',
  steps: [
    {
      name: 'sign in, and Home says what is to be done',
      async run(at) {
        const { admin, stack, story } = at;
        await admin.visit('/lightning/page/home');
        await admin.signIn(stack.org.users.administrator.username);
        await admin.reads('Sellfire is not connected to this org yet. Begin with the set-up below.');
        await admin.reads('Set-up: 0 of 8');
        assert.deepEqual(await story.query('SELECT Id FROM @Bridge_Status__c'), []);
        await at.look('home-first-day');
      },
    },
    {
      name: 'Connect without an address names three steps, and leads to Settings',
      async run(at) {
        const { admin } = at;
        await admin.press('Connect');
        await admin.reads('This org does not know yet where the bridge is. Three steps:');
        await at.look('connect-three-steps');
        await admin.press('Go to Settings');
        await admin.stands();
        await admin.reads('Nobody has saved settings yet; these are the defaults.');
      },
    },
    {
      name: 'the address of the bridge is saved',
      async run(at) {
        const { admin, stack, story } = at;
        await admin.write('Bridge Address', stack.bridge.url);
        await admin.reads('1 unsaved change');
        await at.look('settings-address');
        await admin.press('Save');
        await admin.reads('The settings are saved.');
        const [settings] = await story.query('SELECT @Bridge_Address__c FROM @Sync_Settings__c');
        assert.equal(settings?.[story.named('@Bridge_Address__c')], stack.bridge.url);
      },
    },
    {
      name: 'Connect opens the bridge in a new tab, which asks for a one-time code',
      async run(at) {
        const { admin, stack } = at;
        await admin.openTab('Home');
        await admin.press('Connect');
        await admin.reads(`The bridge opens in a new tab at ${stack.bridge.url}`);
        await at.look('connect-open-bridge');
        await connectInBrowser(at, async (page, name) => at.look(name, { page, isOurs: false }));
      },
    },
    {
      name: 'Home shows the connection and the rights; Sellfire knows the bridge',
      async run(at) {
        const { admin, stack, story } = at;
        await admin.reads('Connected, not started. Nothing is written in either direction until you press Start.');
        await admin.reads(/Rights of the connected user: (\d+) of \1/);
        const [status] = await story.query('SELECT Connected_As__c, Sync_State__c FROM Bridge_Status__c');
        assert.equal(status?.['Connected_As__c'], stack.org.users.integration.username);
        assert.equal(status['Sync_State__c'], 'NotStarted');
        await until(
          'Sellfire has the webhook of the bridge',
          () => stack.sellfire.webhooks.state().subscriptions.length === 1,
        );
        await at.look('home-connected');
      },
    },
  ],
};
