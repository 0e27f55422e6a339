// What a demo or a sale asks of Salesforce beside its records (M4, M22, M25): the currency of its amounts, and the fields of the linked record that it
// alone fills.
import type { Evidence, Graph } from './evidence.ts';
import { isSame, valuesOfRecord } from './journal.ts';

export function auditDeals(evidence: Evidence): string[] {
  return [...evidence.graphs.flatMap((graph) => currencyOf(evidence, graph)), ...unfilled(evidence)];
}

/** Amounts of these are the sale's. */
const IN_CURRENCY = ['Opportunity', 'PricebookEntry'];

/** In an org with one currency no record names any; in one with several, what a sale makes is in the sale's own. */
function currencyOf({ currencies, events }: Evidence, { nodes }: Graph): string[] {
  const given = nodes.filter(({ fields }) => fields['CurrencyIsoCode'] !== undefined);
  if (currencies.length === 0)
    return given.map(({ object }) => `M25: ${object} names the currency of an org that has one alone.`);
  const lines = nodes.filter(({ object }) => object === 'OpportunityLineItem');
  const sales = events.flatMap(({ sale }) => sale ?? []);
  const sale = sales.find(({ items }) => lines.some(({ op }) => items.some(({ id }) => id === op.key)));
  if (!sale) return [];
  return nodes
    .filter(({ object, op }) => IN_CURRENCY.includes(object) && !(object === 'PricebookEntry' && op.kind === 'update'))
    .filter(({ fields }) => fields['CurrencyIsoCode'] !== sale.currency)
    .map(
      ({ object, fields }) =>
        `M25: ${object} of ${sale.id} is in ${String(fields['CurrencyIsoCode'])} instead of ${sale.currency}.`,
    );
}

/** M4: the city where a lead is sold to stands on its record after the sale, whatever else the sale does. */
function unfilled(evidence: Evidence): string[] {
  const { events, leads, records, rows, calm, quiet, alwaysOn, mappings, eras } = evidence;
  const isMapped = mappings.some((one) => one.salesforceField === 'Sold_City__c');
  if (!calm || !quiet || !isMapped || !alwaysOn.updateInSalesforce || eras.length > 1) return [];
  return events.flatMap(({ sale, lead }) => {
    const city = lead?.fields['city'] ?? null;
    const now = leads.find(({ id }) => id === sale?.lead_id);
    const record = records.find(({ id }) => id === (now?.salesforce.contact_id ?? now?.salesforce.lead_id));
    if (!sale || isSame(city, null) || !now || !record) return [];
    const mine = events.filter((one) => one.lead_id === now.id);
    // Another record may have been the lead's, and an edit may have come in between.
    const isSteady =
      !record.deleted &&
      now.deleted_at === null &&
      record.fields['IsConverted'] !== true &&
      new Set(mine.flatMap((one) => one.lead?.salesforce.contact_id ?? one.lead?.salesforce.lead_id ?? [])).size ===
        1 &&
      !mine.some((one) => one.changes['city'] && one.type !== 'lead.created') &&
      !records.some((one) => one.mergedInto === record.id);
    const isReported = rows.some(
      (row) =>
        row.sellfireLeadId === now.id && row.outcome !== 'Success' && ['Sale', 'LeadDeleted'].includes(row.event),
    );
    if (!isSteady || isReported) return [];
    return valuesOfRecord(evidence, record.id, 'Sold_City__c').some((one) => isSame(one, city))
      ? []
      : [`M4: ${record.id} was sold to in ${String(city)}, and does not say so.`];
  });
}
