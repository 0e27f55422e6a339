// What the end-to-end tests say again and again: somebody does something in one system, and the other shows it in time.
import { readFileSync } from 'node:fs';
import type { Connection } from 'jsforce';
import type { Lead } from '../../bridge/model/lead.ts';
import { mapFields } from '../helpers/mappings.ts';
import { eventBus } from '../salesforce/pubsub/bus.ts';
import { signIn, type Stack } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';

export type Row = Record<string, unknown>;

/** Nothing has happened for so long: the steps of the bridge follow each other faster. */
const QUIET_MS = 200;
/** The events on which the bridge reads its configuration again. */
const SAYS_READ = /(?:Configuration_Changed|Sync_Request)__e$/;

export class Story {
  private readonly stack: Stack;
  private phones = 0;
  private admin: Connection;

  constructor(stack: Stack) {
    this.stack = stack;
    this.admin = stack.admin;
  }

  /** Ends every session of the org; the administrator signs in again. */
  async expireSessions(): Promise<void> {
    const { org } = this.stack;
    org.org.sessions.expireAll();
    this.admin = await signIn(org, org.users.admin.username);
  }

  async map(...rows: NonNullable<Parameters<typeof mapFields>[2]>): Promise<void> {
    await mapFields(this.admin, this.stack.prefix, rows);
  }

  /** A number that nobody has, in E.164. */
  phone(): string {
    this.phones += 1;
    return `+1512555${String(this.phones).padStart(4, '0')}`;
  }

  /** @param soql package fields are written with `@` for the namespace */
  async query(soql: string): Promise<Row[]> {
    return (await this.admin.query(this.named(soql))).records as Row[];
  }

  /** As an administrator; package fields are written with `@`. @returns the id */
  async create(object: string, fields: Row): Promise<string> {
    const result = await this.admin.sobject(this.named(object)).create(this.fields(fields));
    if (!result.success) throw new Error(JSON.stringify(result));
    return result.id;
  }

  async update(object: string, id: string, fields: Row): Promise<void> {
    const result = await this.admin.sobject(this.named(object)).update({ ...this.fields(fields), Id: id });
    if (!result.success) throw new Error(JSON.stringify(result));
  }

  async remove(object: string, id: string): Promise<void> {
    await this.admin.sobject(this.named(object)).destroy(id);
  }

  /** A Lead that somebody made in Salesforce, once it has come to Sellfire. */
  async fromSalesforce(fields: Row = {}): Promise<{ id: string; lead: Lead }> {
    const phone = this.phone();
    const id = await this.create('Lead', { Phone: phone, LastName: 'Stone', Company: `Acme ${phone}`, ...fields });
    return { id, lead: await this.arrival(phone) };
  }

  /** The lead that holds this number in Sellfire, once it does and its record shows it. */
  async arrival(phone: string): Promise<Lead> {
    const { leads } = this.stack.sellfire.dialer;
    const lead = await until(`a lead with ${phone} is in Sellfire`, () => leads.findByPhone(phone));
    const name = this.named('@Sellfire_Lead_Id__c');
    const { lead_id: id, contact_id: contact } = lead.salesforce;
    await until(`the record shows its lead`, () => {
      return this.stack.org.org.get(contact ? 'Contact' : 'Lead', contact ?? id ?? '')?.[name] === lead.id;
    });
    return lead;
  }

  /** A lead that a rep made in Sellfire, once it has come to Salesforce. */
  async fromSellfire(fields: Lead['fields'] = {}): Promise<{ id: string; lead: Lead }> {
    const phone = this.phone();
    const given = { primary_phone_number: phone, last_name: 'Sand', business_name: `Beta ${phone}`, ...fields };
    const lead = this.stack.sellfire.desk.createLead(given);
    return { id: await this.linked(lead.id), lead };
  }

  /** The Lead of a Sellfire lead, once there is one and the lead shows it. @returns its id */
  async linked(leadId: string): Promise<string> {
    return until(`${leadId} is linked`, () => this.stack.sellfire.dialer.leads.find(leadId)?.salesforce.lead_id);
  }

  edit(leadId: string, fields: Lead['fields']): void {
    this.stack.sellfire.desk.editLead(leadId, fields);
  }

  /** Waits until the lead has these values. */
  async sellfireHas(leadId: string, fields: Lead['fields'], ms?: number): Promise<void> {
    const { leads } = this.stack.sellfire.dialer;
    const has = (): boolean =>
      Object.entries(fields).every(([name, value]) => (leads.find(leadId)?.fields[name] ?? null) === value);
    await until(`${leadId} has ${JSON.stringify(fields)}`, has, ms);
  }

  /** Waits until the Lead has these values. */
  async salesforceHas(id: string, fields: Row, ms?: number): Promise<void> {
    const named = Object.entries(this.fields(fields));
    const has = (): boolean => {
      const row = this.stack.org.org.get('Lead', id);
      return named.every(([name, value]) => (row?.[name] ?? null) === value);
    };
    await until(`${id} has ${JSON.stringify(fields)}`, has, ms);
  }

  /** The report rows about a lead or record, once there are some that match. */
  async reports(where: string): Promise<Row[]> {
    return until(`a report where ${where}`, async () => {
      const columns = ['Event', 'Outcome', 'Direction', 'Code', 'Reason', 'Changes', 'Report_Id'];
      const rows = await this.query(
        `SELECT ${columns.map((name) => `@${name}__c`).join(', ')} FROM @Integration_Report__c WHERE ${where}`,
      );
      return rows.length > 0 ? rows.map((row) => this.plain(row)) : undefined;
    });
  }

  /** Asks the bridge as the pages do. @returns the ended request, its data parsed */
  async asked(type: string, parameters?: Row): Promise<Row & { data: Row }> {
    const id = await this.create('@Sync_Request__c', {
      '@Type__c': type,
      ...(parameters ? { '@Parameters__c': JSON.stringify(parameters) } : {}),
    });
    const row = await until(`${type} has ended`, async () => {
      const [found] = await this.query(
        `SELECT @Status__c, @Result__c, @Result_Data__c FROM @Sync_Request__c WHERE Id = '${id}'`,
      );
      const plain = found && this.plain(found);
      return ['Done', 'Failed', 'Stopped'].includes(String(plain?.['Status__c'])) ? plain : undefined;
    });
    return { ...row, data: JSON.parse(String(row['Result_Data__c'] ?? '{}')) as Row };
  }

  /** Does it, and waits until the bridge has read its configuration after that. A read that began before does not count. */
  async reloaded(change: () => Promise<unknown>): Promise<void> {
    const { log } = eventBus(this.stack.org.org);
    const { end: before } = log;
    await change();
    const lastSaid = (): number | undefined => {
      for (let position = log.end - 1; position >= before; position -= 1) {
        const entry = log.at(position);
        if (entry && SAYS_READ.test(entry.event.entity)) return entry.at;
      }
      return undefined;
    };
    await until('the bridge has read its configuration', () => {
      const said = lastSaid();
      return (
        said !== undefined &&
        this.linesOf('configuration_read').some(({ begunAt }) => Date.parse(String(begunAt)) >= said)
      );
    });
  }

  /** Makes a change, and the org loses its events, as many as there are. @throws when an event was published all the same */
  async withoutEvents(events: number, change: () => Promise<unknown>): Promise<void> {
    await this.quiet();
    const { log } = eventBus(this.stack.org.org);
    const { end } = log;
    this.stack.org.pubsub.faults.loseEvents(events);
    await change();
    if (log.end !== end) throw new Error('An event was published all the same.');
  }

  /** Waits until nothing is under way in the bridge or between the systems. */
  async quiet(): Promise<void> {
    const { log } = eventBus(this.stack.org.org);
    const { feed } = this.stack.sellfire.dialer;
    let [seen, since] = ['', performance.now()];
    await until('all is quiet', async () => {
      const metrics = await (await fetch(`${this.stack.bridge.url}/metrics`)).text();
      const waiting = metrics.match(/^(?:inbox|reports)_pending\{.*\} [1-9]\d*$/m);
      const now = `${log.end} ${feed.lastSequence}`;
      if (waiting || now !== seen) [seen, since] = [now, performance.now()];
      return performance.now() - since > QUIET_MS;
    });
  }

  /** How many lines of the bridge's log are about this event. */
  logged(event: string): number {
    return this.linesOf(event).length;
  }

  /** The lines of the bridge’s log with an event, over its restarts. */
  linesOf(event: string): Row[] {
    return readFileSync(this.stack.logFile, 'utf8')
      .split('\n')
      .filter((line) => line.includes(`"event":"${event}"`) && line.endsWith('}'))
      .map((line) => JSON.parse(line) as Row);
  }

  named(text: string): string {
    return text.replaceAll('@', this.stack.prefix);
  }

  private fields(fields: Row): Row {
    return Object.fromEntries(Object.entries(fields).map(([name, value]) => [this.named(name), value]));
  }

  /** Without the namespace. */
  plain(row: Row): Row {
    const { prefix } = this.stack;
    return Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name.startsWith(prefix) ? name.slice(prefix.length) : name, value]),
    );
  }
}
