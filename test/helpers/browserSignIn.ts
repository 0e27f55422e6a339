// Connects an org as an admin does in a browser: follows the bridge's link, signs in on Salesforce's page, and lands at the bridge again.
import { connectLink } from '../../bridge/http/signIn.ts';
import type { Stack } from './stack.ts';

export interface Visit {
  /** Where Salesforce is asked to sign the user in. */
  authorize: URL;
  cookie: string;
}

export interface Page {
  status: number;
  text: string;
}

/** Follows the link that `connect web` prints. */
export async function visitBridge({ bridge }: Stack): Promise<Visit> {
  const secret = bridge.env['SELLFIRE_WEBHOOK_SECRET'] ?? '';
  const answer = await fetch(connectLink(bridge.url, secret), { redirect: 'manual' });
  const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  return { authorize: new URL(answer.headers.get('location') ?? ''), cookie };
}

/** Signs the integration user in on Salesforce's page and presses Allow. @returns where the browser is sent */
export async function allowInSalesforce({ org }: Stack, authorize: URL): Promise<URL> {
  const { username, password } = org.users.integration;
  const form = new URLSearchParams({ ...Object.fromEntries(authorize.searchParams), username, password });
  form.set('decision', 'allow');
  const answer = await fetch(authorize.origin + authorize.pathname, { method: 'POST', body: form, redirect: 'manual' });
  return new URL(answer.headers.get('location') ?? '');
}

/** @returns the page that the bridge shows in the end */
export async function land(back: URL, { cookie }: Visit): Promise<Page> {
  const answer = await fetch(back, { headers: { cookie } });
  return { status: answer.status, text: await answer.text() };
}

/** The whole way of Connect. */
export async function connectInBrowser(stack: Stack): Promise<Page> {
  const begun = await visitBridge(stack);
  return land(await allowInSalesforce(stack, begun.authorize), begun);
}
