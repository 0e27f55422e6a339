// Adds the locations of the business that a sale was made to (M30): one Site for each value of the multi-text field
// that is mapped to `location__c`, and one Organization for each Account. A site matches by its key or by its location
// within the Account, since people may have created it and several leads may share the Account.
import type { SyncConfig } from '../../model/config.ts';
import type { SaleTransaction, SaleFound, SaleNeeds, NodeValue } from '../../model/saleTransaction.ts';
import type { SalesforceFields } from '../../model/salesforce.ts';
import type { Lead } from '../../model/lead.ts';
import type { Canonical } from '../../model/link.ts';
import type { Sale } from '../../model/sale.ts';
import { canonical } from '../values/canonical.ts';
import { saleLookups } from '../turn/lookups.ts';
import { mappedValues } from './fields.ts';
import { cutText, foldedName } from '../../model/text.ts';
import { fingerprint } from '../values/fingerprint.ts';
import { towardsSalesforce } from '../mapping/rules.ts';

/** The maximum length of a record's name in characters. */
const NAME_LENGTH = 80;

export interface SitesSituation {
  config: SyncConfig;
  lead: Lead;
  sale: Sale;
  found: SaleFound;
}

/** The distinct locations, each as it is written first. */
export function locationsOf({ config, lead, sale }: Omit<SitesSituation, 'found'>): string[] {
  if (!config.settings.multiSite) return [];
  const { prefix } = config.names;
  const places = new Map<string, string>();
  for (const mapping of config.mappings) {
    const { sellfireObject, sellfireField, salesforceObject, salesforceField, rule, triggers } = mapping;
    if (salesforceObject !== `${prefix}Site__c` || salesforceField !== `${prefix}location__c`) continue;
    if (!triggers.includes('sale') || !towardsSalesforce(rule)) continue;
    const source = { lead: lead.fields, sale: sale.fields }[sellfireObject as string];
    const value: Canonical = canonical('multi_text', source?.[sellfireField] ?? null, config.country);
    for (const place of Array.isArray(value) ? value : []) {
      if (!places.has(foldedName(place))) places.set(foldedName(place), place);
    }
  }
  return [...places.values()];
}

export function addSites(
  situation: SitesSituation,
  transaction: SaleTransaction,
  needs: SaleNeeds,
  name: string,
): void {
  const { config, lead, found } = situation;
  const { prefix } = config.names;
  const locations = locationsOf(situation);
  if (locations.length === 0) return;
  const { account } = transaction;
  const there = 'id' in account ? saleLookups(found, needs).sites(account.id) : { organizationId: null, sites: [] };
  if (!there) return;
  const accountId: NodeValue = 'id' in account ? account.id : { ref: account.ref };
  // An Account that this transaction creates has no id yet, so the lead id takes its place in the keys. When the sale
  // is repeated, the sites are found under the Account.
  const owner = 'id' in account ? account.id : lead.id;
  let organization: NodeValue | undefined = there.organizationId ?? undefined;
  if (organization === undefined) {
    transaction.nodes.push({
      ref: 'organization',
      object: `${prefix}Organization__c`,
      op: { kind: 'upsert', field: `${prefix}Organization_Key__c`, key: owner },
      fields: {
        Name: name,
        ...extra(situation, 'Organization__c'),
        [`${prefix}Account__c`]: accountId,
      },
    });
    organization = { ref: 'organization' };
  }
  for (const [index, location] of locations.entries()) {
    const keys = [lead.id, owner].map((one) => siteKey(one, location));
    const known = there.sites.find((site) => site.key !== null && keys.includes(site.key));
    const site = known ?? there.sites.find((one) => foldedName(one.location) === foldedName(location));
    const ref = `site_${index + 1}`;
    const object = `${prefix}Site__c`;
    if (site) {
      // The fields of a site that exists are kept; it only gets its organization.
      const fields = { [`${prefix}Organization__c`]: organization };
      if (!site.hasOrganization) transaction.nodes.push({ ref, object, op: { kind: 'update', id: site.id }, fields });
      continue;
    }
    transaction.nodes.push({
      ref,
      object,
      op: { kind: 'upsert', field: `${prefix}Site_Key__c`, key: siteKey(owner, location) },
      fields: {
        Name: cutText(location, NAME_LENGTH),
        ...extra(situation, 'Site__c'),
        [`${prefix}location__c`]: location,
        [`${prefix}Account__c`]: accountId,
        [`${prefix}Organization__c`]: organization,
      },
    });
  }
}

const siteKey = (owner: string, location: string): string => fingerprint(`${owner} ${foldedName(location)}`);

/** The other fields that are mapped to the object on the sale trigger. */
function extra({ config, lead, sale }: SitesSituation, object: 'Site__c' | 'Organization__c'): SalesforceFields {
  const { prefix } = config.names;
  const { [`${prefix}location__c`]: _place, ...others } = {
    ...mappedValues(config, lead, lead.fields, 'lead', prefix + object, ['sale']).fields,
    ...mappedValues(config, lead, sale.fields, 'sale', prefix + object, ['sale']).fields,
  };
  return others;
}
