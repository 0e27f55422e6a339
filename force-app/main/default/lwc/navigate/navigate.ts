// Where the pages of the Sellfire app lead, as references that hold with a namespace and without. Hand them to
// `this[NavigationMixin.Navigate]` or `GenerateUrl`.
import { PREFIX, withPrefix } from 'c/records';
import type { PageReference } from 'lightning/navigation';

/** A tab of the package: `Sellfire_Settings`, or an object's such as `Integration_Report__c`. */
export function tab(name: string): PageReference {
  const apiName = name.endsWith('__c') ? withPrefix(name) : `${PREFIX}${name}`;
  return { type: 'standard__navItemPage', attributes: { apiName } };
}

/** The page of a record. */
export function record(recordId: string): PageReference {
  return { type: 'standard__recordPage', attributes: { recordId, actionName: 'view' } };
}

/**
 * An address outside Salesforce.
 * @returns undefined for what is no https address (http on this machine is allowed), for one with a space, which browsers read
 * differently, and for one with a user name, which hides the host: a setting is not trusted blindly
 */
export function address(url: string): PageReference | undefined {
  const parsed = URL.canParse(url) && !/\s/.test(url) ? new URL(url) : undefined;
  if (parsed?.username || parsed?.password) return undefined;
  const local = parsed?.protocol === 'http:' && ['localhost', '127.0.0.1'].includes(parsed.hostname);
  if (parsed?.protocol !== 'https:' && !local) return undefined;
  return { type: 'standard__webPage', attributes: { url } };
}

/** As Sellfire gives them; a dot or a slash would lead elsewhere. */
const LEAD_ID = /^[\w-]{1,64}$/;

/**
 * A lead in Sellfire (B28). The id stands on a record that people may edit, so only the host of the setting is ever left for.
 * @param sellfire the Sellfire Address of the settings
 * @returns undefined where the address cannot be followed, or the id is none of Sellfire's
 */
export function sellfireLead(sellfire: string, leadId: string): PageReference | undefined {
  if (!address(sellfire) || !LEAD_ID.test(leadId)) return undefined;
  const { username, password, pathname, origin } = new URL(sellfire);
  const url = new URL(`${pathname.replace(/\/+$/, '')}/leads/${leadId}`, origin);
  return username || password || url.origin !== origin ? undefined : address(url.href);
}
