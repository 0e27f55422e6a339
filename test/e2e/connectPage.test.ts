// The page to which Connect leads, in a real browser (M1): its own policy must let the admin through to Salesforce.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { connectLink } from '../../bridge/http/signIn.ts';
import { launchBrowser } from '../helpers/browser.ts';
import { SECRET, start, type Started } from '../unit/http/start.ts';

let browser: Browser;
let bridge: Started;
let salesforce: Server;
beforeAll(async () => {
  salesforce = createServer((_request, response) => void response.end('<h1>Salesforce signs you in</h1>'));
  salesforce.listen(0, '127.0.0.1');
  await once(salesforce, 'listening');
  const { port } = salesforce.address() as AddressInfo;
  bridge = await start({
    oauth: {
      linkSecret: SECRET,
      authorizeUrl: ({ state }) => `http://localhost:${port}/authorize?state=${state}`,
      connect: async () => ({ orgId: '00D', orgName: 'Acme', user: 'u', permissions: [] }),
    },
  });
  browser = await launchBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await bridge?.http.close();
  salesforce?.close();
});

it('leads from the pasted link to the sign-in of Salesforce', async () => {
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('console', (message) => void (message.type() === 'error' && errors.push(message.text())));
  await page.goto(`${bridge.url}/connect`);
  await page.getByLabel('Code, or the whole link').fill(connectLink(bridge.url, SECRET));
  await page.getByRole('button').click();
  await page.getByRole('link', { name: 'Sign in to Salesforce' }).click();
  await page.getByText('Salesforce signs you in').waitFor();
  expect(errors.filter((text) => !text.includes('favicon'))).toEqual([]);
  await page.close();
});
