// Whether both systems say the same once all is at rest: every business exactly once on each side, linked both ways, every
// two-way field equal and as the latest real edit left it. What does not hold comes back in words.
import { canonical, sameValue } from '../../bridge/sync/values/canonical.ts';
import type { Canonical } from '../../bridge/model/link.ts';
import { OWNER_FIELD, PHASE_FIELD, PRIMARY_PHONE } from '../../bridge/model/mapping.ts';
import { packageNames } from '../../bridge/model/salesforce.ts';
import type { Row } from '../salesforce/model.ts';
import type { Stack } from '../helpers/stack.ts';
import type { Edit, Ledger, Person } from './ledger.ts';
import type { Business } from './load.ts';

const COUNTRY = 'US';

/**
 * @param isOrdered whether the time of every edit reached the bridge; where events were lost it is known to the second only, so both
 * sides must agree on a value that somebody set, and not on the latest
 * @returns what is wrong; empty when all holds
 */
export function disagreements(
  stack: Stack,
  ledger: Ledger,
  businesses: readonly Business[],
  { isOrdered = true } = {},
): string[] {
  const { org, sellfire, prefix } = stack;
  const names = packageNames(prefix);
  const wrong: string[] = [];
  const rows = (['Lead', 'Contact'] as const).flatMap((object) =>
    org.org.find(object, {}).map((row) => ({ object, row, id: String(row['Id']) })),
  );
  const leads = [...sellfire.dialer.leads.live()];
  if (rows.length !== businesses.length || leads.length !== businesses.length)
    wrong.push(`${businesses.length} businesses: ${rows.length} in Salesforce, ${leads.length} in Sellfire`);
  wrong.push(
    ...repeated(
      'phone in Salesforce',
      rows.map(({ row }) => phoneOf(row['Phone'])),
    ),
    ...repeated(
      'phone in Sellfire',
      leads.map((lead) => phoneOf(lead.fields[PRIMARY_PHONE])),
    ),
    ...repeated(
      'lead id in Salesforce',
      rows.map(({ row }) => String(row[names.leadId])),
    ),
  );

  for (const business of businesses) {
    const who = business.origin === 'sellfire' ? `lead ${business.leadId}` : `${business.object} ${business.recordId}`;
    const partners =
      business.origin === 'sellfire'
        ? rows.filter(({ row }) => row[names.leadId] === business.leadId)
        : rows.filter(({ id }) => id === business.recordId);
    const [record] = partners;
    const lead = leads.find((one) =>
      business.origin === 'sellfire'
        ? one.id === business.leadId
        : Object.values(one.salesforce).includes(business.recordId),
    );
    if (partners.length !== 1 || !record || !lead) {
      wrong.push(`${who}: ${partners.length} records, ${lead ? 'a' : 'no'} lead`);
      continue;
    }
    const recordId = record.object === 'Lead' ? lead.salesforce.lead_id : lead.salesforce.contact_id;
    if (record.row[names.leadId] !== lead.id || recordId !== record.id)
      wrong.push(`${who}: the record shows ${record.row[names.leadId]}, the lead shows ${recordId}`);
    const different = compare(ledger, record, lead, isOrdered);
    if (different.length > 0) wrong.push([who, ...different].join('\n'));
    for (const [field, column] of [
      [PHASE_FIELD, names.phase],
      [OWNER_FIELD, names.ownedRepId],
    ] as const)
      if ((record.row[column] ?? null) !== (lead.fields[field] ?? null))
        wrong.push(`${who}: ${field} is ${lead.fields[field]} in Sellfire, ${record.row[column]} in Salesforce`);
  }

  const reports = org.org.find(`${prefix}Integration_Report__c`, {});
  wrong.push(
    ...repeated(
      'report',
      reports.map((row) => String(row[`${prefix}Report_Id__c`])),
    ),
  );
  return wrong;
}

function compare(
  ledger: Ledger,
  record: { object: Person; row: Row; id: string },
  lead: { id: string; fields: Record<string, string | number | boolean | string[] | null> },
  isOrdered: boolean,
): string[] {
  return ledger.fields[record.object].flatMap(({ name, type, salesforce }) => {
    const there = canonical(type, record.row[salesforce] ?? null, COUNTRY);
    const here = canonical(type, lead.fields[name] ?? null, COUNTRY);
    const latest = ledger.latest(lead.id, record.id, name);
    const wanted: Canonical = latest?.value ?? null;
    const set = ledger.history(lead.id, record.id, name).filter(({ real }) => real);
    const stands = isOrdered
      ? sameValue(there, wanted)
      : set.length === 0 || set.some(({ value }) => sameValue(there, value));
    if (sameValue(there, here) && stands) return [];
    const story = ledger.history(lead.id, record.id, name).map(describe);
    return [
      `${name} (${record.object} ${record.id}, ${lead.id}) is ${show(here)} in Sellfire, ${show(there)} in Salesforce, not ${show(wanted)}:`,
      ...story,
    ];
  });
}

const describe = ({ side, real, value, at }: Edit): string =>
  `  ${new Date(at).toISOString()} ${real ? 'a person' : 'the bridge'} in ${side}: ${show(value)}`;
const show = (value: Canonical): string => JSON.stringify(value);
const phoneOf = (raw: unknown): string => String(canonical('phone', typeof raw === 'string' ? raw : null, COUNTRY));

function repeated(what: string, values: string[]): string[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count > 1)
    .map(([value, count]) => `${what} ${value} is there ${count} times`);
}
