// Fields that demos and sales fill (M4, M22): each is of the lead or of the sale, is there unless the org objects to it, and only a demo or a sale
// fills it.
import type { Evidence, OrgRecord } from './evidence.ts';
import { isSame, text, valuesOfLead, valuesOfRecord } from './journal.ts';

export function auditSoldFields(evidence: Evidence): string[] {
  const isMapped = (field: string): boolean => evidence.mappings.some((one) => one.salesforceField === field);
  if (!isMapped('Sold_City__c')) return [];
  return evidence.records.flatMap((record) => {
    if (record.deleted) return [];
    if (record.object === 'Opportunity') return ofOpportunity(evidence, record);
    return ['Lead', 'Contact'].includes(record.object) ? ofPerson(evidence, record) : [];
  });
}

function ofOpportunity({ events, objections, ...evidence }: Evidence, { id, fields }: OrgRecord): string[] {
  const [leadId = '', cycle = ''] = text(fields, 'Sellfire_Opportunity_Key__c').split(':');
  const cities = cityOf({ events, objections, ...evidence }, leadId);
  const sales = events.flatMap(({ sale }) => (sale?.lead_id === leadId && String(sale.cycle) === cycle ? [sale] : []));
  const months = sales.map((sale) => sale.fields['custom_contract_months']);
  const problems: string[] = [];
  const check = (field: string, held: readonly unknown[], isDue: boolean): void => {
    const value = fields[field] ?? null;
    if (value !== null && !held.some((one) => isSame(one, value)))
      problems.push(`M22: ${field} of the Opportunity ${id} is ${String(value)}, which was none of ${held.join()}.`);
    if (value === null && isDue && !objections.has(`Opportunity.${field}`))
      problems.push(`M22: ${field} of the Opportunity ${id} is empty.`);
  };
  const titled = events.some(
    ({ sale, lead }) =>
      sale?.lead_id === leadId && String(sale.cycle) === cycle && lead && !isSame(lead.fields['title'], null),
  );
  const isSaid = evidence.rows.some(
    (row) => row.sellfireLeadId === leadId && row.changes.some(({ field }) => field === 'Opportunity.Rank__c'),
  );
  const titles = valuesOfLead({ events, objections, ...evidence }, leadId, 'title');
  if ((fields['Rank__c'] ?? null) !== null)
    problems.push(`M8: the Opportunity ${id} has the rank ${String(fields['Rank__c'])}.`);
  if (titled && !titles.some((one) => isSame(one, null)) && fields['StageName'] === 'Closed Won' && !isSaid)
    problems.push(`M32: a title is no rank of the Opportunity ${id}, and no row says so.`);
  check(
    'Region__c',
    cities,
    cities.every((city) => !isSame(city, null)),
  );
  const isSold = fields['StageName'] === 'Closed Won';
  check('Months__c', months, isSold && months.every((one) => one !== undefined && one !== null));
  return problems;
}

/** What the lead's city has been, from its creation on. */
function cityOf(evidence: Evidence, leadId: string): unknown[] {
  const born = evidence.events.find((one) => one.type === 'lead.created' && one.lead_id === leadId);
  return [born?.lead?.fields['city'] ?? null, ...valuesOfLead(evidence, leadId, 'city')];
}

function ofPerson(evidence: Evidence, record: OrgRecord): string[] {
  const value = record.fields['Sold_City__c'] ?? null;
  // An admin may have mapped it to updates as well.
  const isForSales = evidence.mappings.every(
    (one) => one.salesforceField !== 'Sold_City__c' || !one.triggers.includes('createUpdate'),
  );
  if (value === null || !isForSales) return [];
  // A record that may not carry the id of its lead, which another one has, is linked all the same.
  const leads = [
    ...valuesOfRecord(evidence, record.id, 'Sellfire_Lead_Id__c'),
    ...evidence.rows.map((row) => (row.salesforceRecordId === record.id ? row.sellfireLeadId : null)),
  ].filter((one) => typeof one === 'string');
  const sold = evidence.events.flatMap(({ sale }) => (sale ? [sale.lead_id] : []));
  // A merge brings the fields of another record.
  if (evidence.records.some(({ mergedInto }) => mergedInto === record.id)) return [];
  const isHeld = leads.some(
    (leadId) => sold.includes(leadId) && cityOf(evidence, leadId).some((city) => isSame(city, value)),
  );
  return isHeld ? [] : [`M4: ${record.id} was sold in ${String(value)}, where no lead of it was sold to.`];
}
