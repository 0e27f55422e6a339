// The question why something is, or is not, in sync (B16): asking the bridge, and the page that shows its answer. Who presses a button
// asks; the page reads the request that its address names, so that looking at it writes nothing and an answer can be passed on.
import type { PageError } from 'c/errors';
import { tab } from 'c/navigate';
import { PREFIX } from 'c/records';
import { tryRequest } from 'c/requests';
import type { PageReference } from 'lightning/navigation';

const key = (name: 'about' | 'request'): string => `${PREFIX || 'c__'}${name}`;

/** What the address of the page names. */
export interface Question {
  /** What somebody asks about: fills the box. */
  about: string;
  /** The request whose answer is shown. */
  requestId: string | undefined;
}

/** Ids of records in Salesforce; the address may hold anything. */
const ID = /^[a-zA-Z0-9]{15,18}$/;

export function questionOf(state: Readonly<Record<string, string | undefined>> | undefined): Question {
  const requestId = state?.[key('request')] ?? '';
  return { about: state?.[key('about')] ?? '', requestId: ID.test(requestId) ? requestId : undefined };
}

/** The page Why with its box filled; whoever comes there presses the button. */
export function whyPage(about: string, requestId?: string): PageReference {
  const request = requestId === undefined ? {} : { [key('request')]: requestId };
  return { ...tab('Sellfire_Why'), state: { [key('about')]: about, ...request } };
}

/** Asks the bridge. @returns the page with the answer, or why it could not be asked */
export async function askWhy(about: string): Promise<{ to?: PageReference; error?: PageError }> {
  const { id, error } = await tryRequest('Why', { about });
  return id === undefined ? { ...(error && { error }) } : { to: whyPage(about, id) };
}
