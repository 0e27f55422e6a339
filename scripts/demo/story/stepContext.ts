// The context of a step: both systems over their APIs, the reports in the org, fresh businesses, and leads linked on both sides.
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import type { Lead } from '../../../bridge/model/lead.ts';
import type { Stack } from '../../../test/helpers/stack.ts';
import { readReports, type StoredReport } from '../reports.ts';
import type { Fields, Salesforce, Value } from '../salesforce.ts';
import type { DemoStack } from '../demoStack.ts';
import { finds, shows } from './expect.ts';

/** One step of the story. `play` returns what was seen, and throws what was expected and not seen. */
export interface Step {
  id: string;
  title: string;
  play(context: StepContext): Promise<string>;
}

/** A lead that is linked: the same business on both sides. */
export interface Pair {
  name: string;
  recordId: string;
  leadId: string;
}

export interface Business {
  name: string;
  /** As a person in the US writes it, and in E.164. */
  phone: string;
  e164: string;
}

const NAMES = [
  'Bluebonnet',
  'Cedar Creek',
  'Granite Hill',
  'Juniper',
  'Lone Oak',
  'Mesa Verde',
  'Pecan Street',
  'Red River',
];
const TRADES = ['Bakery', 'Dental', 'Roofing', 'Auto Repair', 'Landscaping', 'Fitness'];
/** Seeded businesses have the lines of an area code from 0100 up; the story's are above them. */
const FIRST_LINE = 9000;

export const e164 = (phone: unknown): string => parsePhoneNumberFromString(String(phone ?? ''), 'US')?.number ?? '';

export class StepContext {
  readonly stack: Stack;
  readonly salesforce: Salesforce;
  readonly sellfire: DemoStack['sellfire'];
  readonly earlierContact: string;
  readonly mails: DemoStack['mails'];
  /** The lead that has its demo and its sale in the story; the steps of one deal follow each other. */
  customer: Pair | undefined;
  private made = 0;

  constructor({ stack, salesforce, sellfire, earlierContact, mails }: DemoStack) {
    this.stack = stack;
    this.salesforce = salesforce;
    this.sellfire = sellfire;
    this.earlierContact = earlierContact;
    this.mails = mails;
  }

  /** What a rep does in the dialer. */
  get desk(): Stack['sellfire']['desk'] {
    return this.stack.sellfire.desk;
  }

  /** A business that was in Sellfire from the start, and is in Salesforce not at all. @throws when there is none */
  seeded(): Lead {
    for (const lead of this.stack.sellfire.dialer.leads.live())
      if (lead.fields['primary_phone_number'] !== null && Object.values(lead.salesforce).every((id) => id === null))
        return lead;
    throw new Error('The story needs a business that is in Sellfire from the start: leave --leads above 0.');
  }

  business(): Business {
    const at = this.made++;
    const name = `${NAMES[at % NAMES.length]} ${TRADES[at % TRADES.length]} ${at + 1}`;
    const line = String(FIRST_LINE + at);
    return { name, phone: `(512) 555-${line}`, e164: `+1512555${line}` };
  }

  /** A Lead made in Salesforce, which has its Sellfire lead. */
  async pair(fields: Fields = {}): Promise<Pair> {
    const { name, phone, e164: number } = this.business();
    const recordId = await this.salesforce.create('Lead', {
      Company: name,
      LastName: 'Reyes',
      Phone: phone,
      ...fields,
    });
    const lead = await finds(`A Sellfire lead for ${number}`, () => this.sellfire.leadByPhone(number));
    // The phase comes last: with it both sides hold all that they will.
    await shows(`${name} in Salesforce`, () => this.record(recordId), {
      Sellfire_Lead_Id__c: lead.id,
      Phase__c: 'ColdCallCold',
    });
    return { name, recordId, leadId: lead.id };
  }

  record(id: string) {
    return this.salesforce.get('Lead', id, LEAD_FIELDS);
  }

  async lead(id: string): Promise<Lead> {
    const lead = await this.sellfire.leadById(id);
    if (!lead) throw new Error(`Sellfire has no lead ${id}.`);
    return lead;
  }

  async leadFields(id: string): Promise<Lead['fields']> {
    return (await this.lead(id)).fields;
  }

  /** Rows about this Sellfire lead or this Salesforce record. */
  reports(about: { leadId: string } | { recordId: string }): Promise<StoredReport[]> {
    const where =
      'leadId' in about ? { Sellfire_Lead_Id__c: about.leadId } : { Salesforce_Record_Id__c: about.recordId };
    return readReports(this.salesforce, where);
  }

  /** Waits for a row that matches. */
  reported(
    what: string,
    about: { leadId: string } | { recordId: string },
    matches: (report: StoredReport) => boolean,
  ): Promise<StoredReport> {
    return finds(`A report of ${what}`, async () => (await this.reports(about)).find(matches));
  }

  /** Salesforce Leads and Contacts by phone number. */
  async recordsByPhone(): Promise<Map<string, string[]>> {
    const rows = await Promise.all(
      ['Lead', 'Contact'].map((object) => this.salesforce.find(object, { Phone: { $ne: null } }, ['Phone'])),
    );
    return grouped(rows.flat().map((row) => [e164(row.Phone), String(row.Id)]));
  }

  /** Sellfire leads that were made since an event, by phone number: the feed has an event of each creation. */
  async leadsMadeByPhone(since: number): Promise<Map<string, string[]>> {
    const made = (await this.eventsSince(since)).filter(({ type }) => type === 'lead.created');
    return grouped(made.map(({ lead }) => [e164(lead?.fields['primary_phone_number']), lead?.id ?? '']));
  }

  async eventsSince(sequence: number) {
    const events = [];
    for (let after = sequence; ;) {
      const page = await this.sellfire.readFeed(after);
      events.push(...page.events);
      if (!page.has_more) return events;
      after = page.events.at(-1)?.sequence ?? after;
    }
  }

  async lastEvent(): Promise<number> {
    return (await this.sellfire.readFeed(0, 1)).last_sequence;
  }

  /** The switches of the local Sellfire's webhooks. @returns its deliveries of late */
  async webhooks(controls: { paused?: boolean; repeat?: number } = {}): Promise<WebhookDelivery[]> {
    const answer = await fetch(`${this.stack.sellfire.url}/_local/webhooks`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(controls),
    });
    if (!answer.ok) throw new Error(`Sellfire answered ${answer.status} to its switches.`);
    return ((await answer.json()) as { deliveries: WebhookDelivery[] }).deliveries;
  }

  /** Asks something of the bridge, as the pages do, and waits for its end. @returns what it says of itself then */
  async asked(type: string, parameters: object = {}): Promise<Record<string, Value>> {
    const id = await this.salesforce.create('Sync_Request__c', {
      Type__c: type,
      Parameters__c: JSON.stringify(parameters),
    });
    const look = () => this.salesforce.get('Sync_Request__c', id, ['Status__c', 'Result__c', 'Done__c', 'Failed__c']);
    return shows(`The request ${type}`, look, { Status__c: 'Done', Failed__c: 0 });
  }
}

interface WebhookDelivery {
  sequences: number[];
  status: number | null;
}

const LEAD_FIELDS = [
  'Phone',
  'Company',
  'FirstName',
  'LastName',
  'Title',
  'Email',
  'Street',
  'City',
  'State',
  'PostalCode',
  'Website',
  'NumberOfEmployees',
  'Description',
  'SystemModstamp',
  'Phase__c',
  'Owned_Rep_Id__c',
  'Sellfire_Lead_Id__c',
] as const;

function grouped(entries: (readonly [string, string])[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const [key, value] of entries) groups.set(key, [...(groups.get(key) ?? []), value]);
  return groups;
}
