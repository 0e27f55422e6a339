// What a sale makes beside its Opportunity: records of the customer's own objects (M13), Sites and an Organization (M30), products (M25).
import type { Evidence, OrgRecord } from './evidence.ts';
import { isSame, text, valuesOfLead } from './journal.ts';

export function auditMade(evidence: Evidence): string[] {
  const live = evidence.records.filter(({ deleted }) => !deleted);
  const of = (object: string): OrgRecord[] => live.filter((one) => one.object === object);
  return [
    ...of('Contract__c').flatMap((one) => contractOf(evidence, one)),
    ...of('Contract_Line__c').flatMap((one) => lineOf(evidence, one)),
    ...of('Site__c').flatMap((one) => siteOf(evidence, one)),
    ...sitesOf(evidence, of('Site__c'), of('Organization__c')),
    ...missingSites(evidence, of('Site__c')),
    ...perSale(evidence, of('Contract__c'), of('Contract_Line__c')),
    ...of('Product2').flatMap((one) => productOf(evidence, one)),
  ];
}

const byId = ({ records }: Evidence, id: unknown): OrgRecord | undefined => records.find((one) => one.id === id);

const leadOf = (opportunity: OrgRecord | undefined): string =>
  text(opportunity?.fields ?? {}, 'Sellfire_Opportunity_Key__c').split(':')[0] ?? '';

/** One for each sale, with its Opportunity, Account and Contact. */
function contractOf(evidence: Evidence, { id, fields }: OrgRecord): string[] {
  const opportunity = byId(evidence, fields['Opportunity__c']);
  const leadId = leadOf(opportunity);
  const sales = evidence.events.flatMap(({ sale }) => (sale && sale.lead_id === leadId ? [sale] : []));
  if (opportunity?.object !== 'Opportunity' || sales.length === 0) return [`M13: the Contract ${id} is of no sale.`];
  const problems: string[] = [];
  if (!sales.some((sale) => isSame(sale.fields['custom_contract_months'], fields['Months__c'])))
    problems.push(
      `M13: the Contract ${id} is of ${String(fields['Months__c'])} months, which no sale of ${leadId} is.`,
    );
  if (!valuesOfLead(evidence, leadId, 'business_name').some((name) => isSame(name, fields['Name'])))
    problems.push(`M13: the Contract ${id} is called ${String(fields['Name'])}, which ${leadId} never was.`);
  if (byId(evidence, fields['Account__c'])?.object !== 'Account')
    problems.push(`M13: the Contract ${id} is of no Account.`);
  if (byId(evidence, fields['Contact__c'])?.object !== 'Contact')
    problems.push(`M13: the Contract ${id} is of no Contact.`);
  return problems;
}

/** One for each item, under the record of its sale. */
function lineOf(evidence: Evidence, { id, fields }: OrgRecord): string[] {
  const [parent, line] = [byId(evidence, fields['Contract__c']), byId(evidence, fields['Line__c'])];
  const item = evidence.events
    .flatMap(({ sale }) => sale?.items ?? [])
    .find((one) => one.id === line?.fields['Sellfire_Sale_Item_Id__c']);
  if (parent?.object !== 'Contract__c') return [`M13: the line ${id} is under no Contract.`];
  if (!item) return [`M13: the line ${id} is of no item.`];
  const problems: string[] = [];
  if (item.product_code !== fields['Code__c']) problems.push(`M13: the line ${id} is of ${String(fields['Code__c'])}.`);
  if (parent.fields['Opportunity__c'] !== line?.fields['OpportunityId'])
    problems.push(`M13: the line ${id} is under the Contract of another sale.`);
  return problems;
}

/**
 * No more than one for each sale and each item, but for one that somebody brought back from the recycle bin after the sale was repeated; and no
 * fewer, where nothing was refused, deleted or interrupted.
 */
function perSale(evidence: Evidence, contracts: readonly OrgRecord[], lines: readonly OrgRecord[]): string[] {
  const { events, records, rows, mappings, calm, bridgeUser } = evidence;
  if (!mappings.some((one) => one.salesforceObject === 'Contract__c')) return [];
  const sales = events.flatMap(({ sale }) => (sale ? [sale] : []));
  return [...Map.groupBy(sales, (sale) => `${sale.lead_id}:${sale.cycle}`)].flatMap(([key, of]) => {
    const opportunity = records.find((one) => one.fields['Sellfire_Opportunity_Key__c'] === key && !one.deleted);
    const mine = contracts.filter(({ fields }) => fields['Opportunity__c'] === opportunity?.id);
    const under = lines.filter(({ fields }) => mine.some((one) => one.id === fields['Contract__c']));
    const items = of.flatMap((sale) => sale.items);
    if (!opportunity) return [];
    const isWhole =
      calm &&
      opportunity.fields['StageName'] === 'Closed Won' &&
      rows.every((row) => row.event !== 'Sale' || row.outcome === 'Success') &&
      !records.some((one) => one.deleted && one.object.startsWith('Contract'));
    const isWrong = (made: readonly OrgRecord[], wanted: number): boolean =>
      made.filter(({ modifiedBy }) => modifiedBy === bridgeUser).length > wanted || (isWhole && made.length < wanted);
    return [
      ...(isWrong(mine, of.length) ? [`M13: the sales ${key} made ${mine.length} of ${of.length} Contracts.`] : []),
      ...(isWrong(under, items.length) ? [`M13: the sales ${key} made ${under.length} of ${items.length} lines.`] : []),
    ];
  });
}

/** A place of a lead of the Account. */
function siteOf(evidence: Evidence, { id, fields }: OrgRecord): string[] {
  if (!evidence.everOn.multiSite) return [`M30: ${id} is a Site, and that is off.`];
  const places = evidence.events.flatMap(({ changes }) => {
    const to = changes['custom_locations']?.to;
    return Array.isArray(to) ? to.map(String) : [];
  });
  const problems: string[] = [];
  if (!places.some((place) => place.trim() === text(fields, 'location__c').trim()))
    problems.push(`M30: the Site ${id} is at "${text(fields, 'location__c')}", which no lead has.`);
  if (!isSame(fields['Name'], fields['location__c']))
    problems.push(`M30: the Site ${id} is called ${String(fields['Name'])}.`);
  if (byId(evidence, fields['Account__c'])?.object !== 'Account')
    problems.push(`M30: the Site ${id} is of no Account.`);
  if (byId(evidence, fields['Organization__c'])?.object !== 'Organization__c')
    problems.push(`M30: the Site ${id} is of no Organization.`);
  return problems;
}

/**
 * Of one Account each place has one Site, and there is one Organization; a merge may bring two together, and so may somebody who brings one
 * back from the recycle bin after the sale was repeated.
 */
function sitesOf({ records, bridgeUser }: Evidence, allSites: OrgRecord[], allOrganizations: OrgRecord[]): string[] {
  const isOurs = ({ modifiedBy }: OrgRecord): boolean => modifiedBy === bridgeUser;
  const [sites, organizations] = [allSites.filter(isOurs), allOrganizations.filter(isOurs)];
  if (records.some(({ object, mergedInto }) => object === 'Account' && mergedInto)) return [];
  const place = ({ fields }: OrgRecord): string =>
    `${String(fields['Account__c'])} ${text(fields, 'location__c').trim().toLowerCase()}`;
  const twice = [...Map.groupBy(sites, place)].filter(([, of]) => of.length > 1);
  const several = [...Map.groupBy(organizations, ({ fields }) => fields['Account__c'])].filter(
    ([, of]) => of.length > 1,
  );
  return [
    ...twice.map(([where, of]) => `M30: ${of.map(({ id }) => id).join(' and ')} are Sites of ${where}.`),
    ...several.map(
      ([account, of]) => `M30: ${of.map(({ id }) => id).join(' and ')} are Organizations of ${String(account)}.`,
    ),
  ];
}

/** Each place that a lead had from its sale on has a Site under the Account of the sale. */
function missingSites(evidence: Evidence, sites: readonly OrgRecord[]): string[] {
  const { events, records, rows, alwaysOn, calm, mappings } = evidence;
  const isMapped = mappings.some((one) => one.salesforceObject === 'Site__c');
  const isTouched = records.some(
    (one) => one.mergedInto !== undefined || (one.deleted && ['Account', 'Site__c'].includes(one.object)),
  );
  if (!alwaysOn.multiSite || !isMapped || !calm || isTouched) return [];
  if (rows.some((row) => row.event === 'Sale' && row.outcome !== 'Success')) return [];
  return events.flatMap(({ sale, lead_id: leadId }, index) => {
    if (!sale) return [];
    const versions = events
      .slice(index)
      .flatMap((one) => (one.lead_id === leadId && one.lead ? [one.lead.fields['custom_locations']] : []))
      .map((value) => (Array.isArray(value) ? value.map((one) => String(one).trim().toLowerCase()) : []));
    const [first = [], ...others] = versions;
    const places = first.filter((place) => others.every((one) => one.includes(place)));
    const key = `${sale.lead_id}:${sale.cycle}`;
    const opportunity = records.find((one) => one.fields['Sellfire_Opportunity_Key__c'] === key);
    const there = sites
      .filter((one) => one.fields['Account__c'] === opportunity?.fields['AccountId'])
      .map((one) => text(one.fields, 'location__c').trim().toLowerCase());
    if (opportunity?.fields['StageName'] !== 'Closed Won') return [];
    return places
      .filter((place) => !there.includes(place))
      .map((place) => `M30: the sale ${sale.id} made no Site for ${place}.`);
  });
}

/** A product that a sale made, with its price. */
function productOf({ events, records }: Evidence, { id, fields }: OrgRecord): string[] {
  const item = events
    .flatMap(({ sale }) => sale?.items ?? [])
    .find((one) => one.product_code === fields['ProductCode']);
  const price = records.find((one) => one.object === 'PricebookEntry' && one.fields['Product2Id'] === id);
  if (item?.product_name !== fields['Name']) return [`M25: the product ${id} is called ${String(fields['Name'])}.`];
  if (fields['IsActive'] !== true || price?.fields['IsActive'] !== true)
    return [`M25: the product ${id} or its price is not active.`];
  const prices = events.flatMap(({ sale }) => sale?.items ?? []).map((one) => Number(one.unit_price));
  return prices.includes(Number(price.fields['UnitPrice']))
    ? []
    : [`M25: the product ${id} costs ${String(price.fields['UnitPrice'])}.`];
}
