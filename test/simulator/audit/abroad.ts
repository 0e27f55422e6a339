// Leads that were made from records of other countries (M18): the number is that of the country of the record.
import type { Evidence } from './evidence.ts';
import { lineOf, PREFIXES, text } from './journal.ts';

export function auditAbroad({ commits, events, rows, bridgeUser }: Evidence): string[] {
  const created = commits.flatMap(({ changes }) =>
    changes.filter((one) => one.kind === 'create' && one.user !== bridgeUser),
  );
  return rows.flatMap(({ event, direction, outcome, sellfireLeadId: leadId, salesforceRecordId: id }) => {
    if (event !== 'LeadCreated' || direction !== 'ToSellfire' || outcome !== 'Success') return [];
    const fields = created.find((one) => one.recordId === id)?.fields ?? {};
    const country = text(fields, 'CountryCode') || text(fields, 'MailingCountryCode');
    const prefix = PREFIXES[country];
    const born = events.find((one) => one.type === 'lead.created' && one.lead_id === leadId);
    const phone = born?.lead?.fields['primary_phone_number'];
    const given = text(fields, 'Phone');
    // A number that was corrected before the lead was made is of the country of then, and one with a country is of that.
    const isSame = typeof phone === 'string' && !given.startsWith('+') && lineOf(phone) === lineOf(given);
    if (prefix === undefined || !isSame || phone.startsWith(prefix)) return [];
    return [`M18: ${String(id)} is in ${country}, and its lead has the number ${phone}.`];
  });
}
