// Conversion of a lead: an account, a contact and an opportunity come of it, or get what the lead knows and they do not.
// The order of the saves is that of the events: account, contact, opportunity, lead.
// Source: SOAP API Developer Guide, "convertLead()"; Change Data Capture Developer Guide, "Lead Conversion".
import { PlatformError, type ConvertedLead, type LeadConversion, type Row } from './model.ts';
import type { Records } from './records.ts';
import type { SaveSession } from './saveSession.ts';
import type { Tables } from './tables.ts';
import type { Schema } from './schema.ts';

/** Lead field → field of what comes of it: the platform's own mapping of standard fields. */
const ACCOUNT_FIELDS: Readonly<Record<string, string>> = {
  Company: 'Name',
  Phone: 'Phone',
  Fax: 'Fax',
  Website: 'Website',
  Industry: 'Industry',
  AnnualRevenue: 'AnnualRevenue',
  NumberOfEmployees: 'NumberOfEmployees',
  Rating: 'Rating',
  LeadSource: 'AccountSource',
  Street: 'BillingStreet',
  City: 'BillingCity',
  State: 'BillingState',
  PostalCode: 'BillingPostalCode',
  Country: 'BillingCountry',
};
const CONTACT_FIELDS: Readonly<Record<string, string>> = {
  Salutation: 'Salutation',
  FirstName: 'FirstName',
  LastName: 'LastName',
  Title: 'Title',
  Email: 'Email',
  Phone: 'Phone',
  MobilePhone: 'MobilePhone',
  Fax: 'Fax',
  LeadSource: 'LeadSource',
  Description: 'Description',
  DoNotCall: 'DoNotCall',
  HasOptedOutOfEmail: 'HasOptedOutOfEmail',
  HasOptedOutOfFax: 'HasOptedOutOfFax',
  Street: 'MailingStreet',
  City: 'MailingCity',
  State: 'MailingState',
  PostalCode: 'MailingPostalCode',
  Country: 'MailingCountry',
};
const OPPORTUNITY_FIELDS: Readonly<Record<string, string>> = { LeadSource: 'LeadSource' };

/** The statuses of this org that mean a conversion. */
const CONVERTED_STATUSES = new Set(['Closed - Converted']);
/** The first stage that is not closed. */
const FIRST_STAGE = 'Prospecting';

export interface ConversionParts {
  schema: Schema;
  tables: Tables;
  records: Records;
}

/** One conversion. @throws PlatformError; what it did until then is the caller's to undo */
export function convertLead(
  { schema, tables, records }: ConversionParts,
  session: SaveSession,
  request: LeadConversion,
): ConvertedLead {
  const lead = existing('Lead', request.leadId);
  if (lead['IsConverted'] === true) {
    throw new PlatformError('CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead');
  }
  check(request);
  const OwnerId = request.ownerId ?? lead['OwnerId'] ?? session.user;
  const accountId = save('Account', request.accountId, ACCOUNT_FIELDS, { OwnerId });
  if (request.contactId !== undefined && existing('Contact', request.contactId)['AccountId'] !== accountId) {
    throw new PlatformError('INVALID_CROSS_REFERENCE_KEY', 'the contact does not belong to the account');
  }
  const contactId = save('Contact', request.contactId, CONTACT_FIELDS, { AccountId: accountId, OwnerId });
  const opportunityId = request.doNotCreateOpportunity === true ? null : opportunity();
  const converted: Row = {
    Status: request.convertedStatus,
    IsConverted: true,
    ConvertedDate: session.now.slice(0, 10),
    ConvertedAccountId: accountId,
    ConvertedContactId: contactId,
    ...(opportunityId !== null && { ConvertedOpportunityId: opportunityId }),
  };
  // The lead's event has no LastModifiedDate in the guide's example.
  records.set(session, 'Lead', request.leadId, converted, { unstamped: true });
  // After the four documented changes: its event, where it is selected, is the fifth.
  if (opportunityId !== null && request.opportunityId === undefined) {
    const role = { OpportunityId: opportunityId, ContactId: contactId, IsPrimary: true };
    records.create(session, 'OpportunityContactRole', role);
  }
  moveTasks(contactId, opportunityId ?? accountId);
  return { leadId: request.leadId, accountId, contactId, opportunityId };

  function existing(object: string, id: string): Row {
    const row = tables.read(schema.object(object), id);
    if (!row) throw new PlatformError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
    if (row['IsDeleted'] === true) throw new PlatformError('ENTITY_IS_DELETED', 'entity is deleted');
    return row;
  }

  function save(object: string, id: string | undefined, mapping: Readonly<Record<string, string>>, facts: Row): string {
    const mapped: Row = {};
    for (const [from, to] of Object.entries(mapping)) mapped[to] = lead[from] ?? null;
    if (id === undefined) return records.create(session, object, { ...mapped, ...facts });
    // What the target knows already stays, but for the lead source where the client says so.
    const target = existing(object, id);
    const filled: Row = {};
    for (const [name, value] of Object.entries(mapped)) {
      const empty = (target[name] ?? null) === null;
      const overwrites = object === 'Contact' && name === 'LeadSource' && request.overwriteLeadSource === true;
      if (value !== null && (empty || overwrites)) filled[name] = value;
    }
    if (Object.keys(filled).length > 0) records.update(session, object, id, filled);
    return id;
  }

  function opportunity(): string {
    const Name = request.opportunityName ?? lead['Company'] ?? null;
    const facts = { Name, AccountId: accountId, StageName: FIRST_STAGE, CloseDate: quarterEnd(session.now), OwnerId };
    return save('Opportunity', request.opportunityId, OPPORTUNITY_FIELDS, facts);
  }

  /** Activities follow what comes of the lead. The guide names no event for that. */
  function moveTasks(who: string, what: string): void {
    const task = schema.object('Task');
    for (const row of tables.find(task, { WhoId: request.leadId }, 1_000_000)) {
      tables.update(task, String(row['Id']), { WhoId: who, WhatId: what, WhatCount: 1, AccountId: accountId });
    }
  }
}

function check(request: LeadConversion): void {
  if (!CONVERTED_STATUSES.has(request.convertedStatus)) {
    throw new PlatformError('INVALID_STATUS', `invalid convertedStatus: ${request.convertedStatus}`);
  }
  if (request.contactId !== undefined && request.accountId === undefined) {
    throw new PlatformError('REQUIRED_FIELD_MISSING', 'accountId is required when contactId is specified');
  }
  if (request.opportunityId !== undefined && request.accountId === undefined) {
    throw new PlatformError('REQUIRED_FIELD_MISSING', 'accountId is required when opportunityId is specified');
  }
  if (request.doNotCreateOpportunity === true && request.opportunityName !== undefined) {
    throw new PlatformError('INVALID_FIELD', 'opportunityName must be blank when doNotCreateOpportunity is true');
  }
}

/** What the platform suggests as the close date of a new opportunity. */
function quarterEnd(now: string): string {
  const at = new Date(now);
  const end = Date.UTC(at.getUTCFullYear(), Math.floor(at.getUTCMonth() / 3) * 3 + 3, 0);
  return new Date(end).toISOString().slice(0, 10);
}
