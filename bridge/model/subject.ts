// Reads what somebody asks about: an id of either system, the address of a page of either, or a phone number (B16). The text is
// whatever a person pasted, so that nothing of it is used before it is one of these.
import { say, type Message } from './message.ts';
import { readIdentity, readPhone } from './phone.ts';
import { objectOf, readRecordId } from './recordId.ts';
import type { FollowedObject } from './salesforce.ts';

export type Subject =
  | { kind: 'record'; object: FollowedObject; id: string }
  /** `other`: the text is an id of another object of Salesforce too, where Sellfire has no such lead. */
  | { kind: 'lead'; id: string; other: boolean }
  /** `number`: E.164. `leadId`: the text, where a lead may have it as its id. */
  | { kind: 'phone'; number: string; leadId: string | null }
  | { kind: 'none'; why: Message };

export interface Places {
  /** Origin of the org's pages. */
  orgUrl: string | undefined;
  /** Address of Sellfire's pages, a setting; blank where none is set. */
  sellfireUrl: string;
  /** ISO 3166 alpha-2, for a number that names none. */
  country: string;
}

/** Ids of Sellfire are letters, digits, hyphens and underscores; each known one is shorter. */
const LEAD_ID = /^(?=.*\d)[A-Za-z0-9][\w-]{2,63}$/;
/** `acme.lightning.force.com/lightning/r/…` without its scheme is an address too. */
const ADDRESS = /^(?:[a-z][a-z0-9+.-]*:|[\w-]+(?:\.[\w-]+)+(?::\d+)?\/)/i;
const IN_SELLFIRE = /\/leads\/([^/?#]+)/;
/** What of the text is repeated in an answer. */
const QUOTED = 80;

/** Domains under which Salesforce serves an org, whose name is the first part of each. Source: Salesforce Help, "My Domain URL Formats". */
const OF_SALESFORCE = ['salesforce.com', 'force.com', 'salesforce-setup.com', 'salesforce.mil', 'sfcrmproducts.cn'];

export function readSubject(given: string, places: Places): Subject {
  const text = given
    .replace(/[\u200B-\u200F\u2060\uFEFF]/g, '')
    .trim()
    .replace(/^(["'])(.*)\1$/s, '$2')
    .trim();
  if (text === '') return none(say('whyBlank'));
  if (ADDRESS.test(text)) return readAddress(text, places);
  const id = readRecordId(text);
  const object = id === null ? undefined : objectOf(id);
  if (id !== null && object) return { kind: 'record', object, id };
  const isLeadId = LEAD_ID.test(text);
  if (isLeadId && text.includes('_')) return { kind: 'lead', id: text, other: false };
  const number = readIdentity(text, places.country);
  if (number !== null) return { kind: 'phone', number, leadId: isLeadId ? text : null };
  if (isLeadId && /[a-z]/i.test(text)) return { kind: 'lead', id: text, other: id !== null };
  if (readPhone(text, places.country) !== null) return none(say('whyPhoneUnreadable', { text: quoted(text) }));
  if (isLeadId) return { kind: 'lead', id: text, other: false };
  return none(say('whyUnreadable', { text: quoted(text) }));
}

function readAddress(text: string, { orgUrl, sellfireUrl }: Places): Subject {
  const url = parsed(/^[a-z][a-z0-9+.-]*:/i.test(text) && !/^[\w.-]+:\d+\//.test(text) ? text : `https://${text}`);
  if (!url) return none(say('whyUnreadable', { text: quoted(text) }));
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  if (isWeb && isOfOrg(url, orgUrl)) {
    const id = readRecordId(url.href);
    const object = id === null ? undefined : objectOf(id);
    if (id !== null && object) return { kind: 'record', object, id };
    return none(id === null ? say('whyAddressOfNothing') : say('whyOtherObject', { id }));
  }
  if (isWeb && parsed(sellfireUrl)?.host === url.host) {
    const [, id = ''] = IN_SELLFIRE.exec(url.pathname + url.hash) ?? [];
    return LEAD_ID.test(id) ? { kind: 'lead', id, other: false } : none(say('whyAddressOfNothing'));
  }
  return none(say('whyOtherHost', { host: quoted(isWeb ? url.host : url.protocol) }));
}

/** The pages of one org have several hosts, all of which begin with its name. */
function isOfOrg({ host }: URL, orgUrl: string | undefined): boolean {
  const org = parsed(orgUrl ?? '')?.host;
  if (org === undefined) return false;
  const isOfSalesforce = (name: string): boolean => OF_SALESFORCE.some((domain) => name.endsWith(`.${domain}`));
  const sameName = host.split('.')[0] === org.split('.')[0];
  return host === org || (sameName && isOfSalesforce(host) && isOfSalesforce(org));
}

const parsed = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined);
const none = (why: Message): Subject => ({ kind: 'none', why });
const quoted = (text: string): string => {
  const characters = [...text.replace(/\s+/g, ' ')];
  return characters.length > QUOTED ? `${characters.slice(0, QUOTED).join('')}…` : characters.join('');
};
