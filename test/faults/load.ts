// People at work in both systems at once: they create businesses, edit them on either side or on both in the same moment,
// and reps move phases. Every choice comes from one seed; how the choices interleave with the bridge is the machine's.
import { setTimeout as sleep } from 'node:timers/promises';
import type { SellfireValue } from '../../bridge/model/field.ts';
import type { SalesforceValue } from '../../bridge/model/salesforce.ts';
import { Refusal } from '../sellfire/problem.ts';
import type { Random } from '../sellfire/random.ts';
import { PLACES } from '../sellfire/seed-words.ts';
import { US_STATES } from '../sellfire/system-fields.ts';
import type { Stack } from '../helpers/stack.ts';
import type { Ledger, Person, TwoWayField } from './ledger.ts';

/** A business that somebody created, known by where that was. */
export type Business =
  { origin: 'sellfire'; leadId: string } | { origin: 'salesforce'; object: Person; recordId: string };

interface Known {
  business: Business;
  /** Edits so far, by field. */
  edits: Map<string, number>;
  values: Map<string, string[]>;
}

/**
 * Edits of one field of one business: the bridge takes ten turns of the two sides within a minute for a flip-flop of machines and
 * holds the field still, so people here stop well before.
 */
const MOST_EDITS = 5;
const CLEARABLE = ['title', 'email', 'first_name', 'street', 'city', 'postal_code'];
const FORMATS = [
  (area: string, line: string) => `(${area}) 555-${line}`,
  (area: string, line: string) => `+1 ${area}-555-${line}`,
  (area: string, line: string) => `${area}.555.${line}`,
  (area: string, line: string) => `1${area}555${line}`,
];
/** Lines of an exchange that are given out, from 0100. */
const FIRST_LINE = 100;
/** Some that Salesforce may set, and some that it may not (M15). */
const PHASES_FROM_SALESFORCE = ['Retired', 'Resting', 'ColdCallCold', 'HeldPhase', 'PostHoldPhase'];

export class Load {
  readonly businesses: Business[] = [];
  actions = 0;
  private readonly known: Known[] = [];
  private readonly random: Random;
  private readonly stack: Stack;
  private readonly ledger: Ledger;
  private readonly people: string[];
  private phones = 0;
  private values = 0;
  private running: Promise<void> | undefined;
  private stopped = false;

  constructor(stack: Stack, ledger: Ledger, random: Random) {
    this.stack = stack;
    this.ledger = ledger;
    this.random = random;
    const { org, users } = stack.org;
    const profile = org.get('User', users.admin.id)?.['ProfileId'] ?? null;
    this.people = ['Bo', 'Cy', 'Di'].map((name) =>
      org.transact({ user: users.admin.id, origin: '' }, (transaction) =>
        transaction.create('User', {
          Username: `${name.toLowerCase()}@local.example`,
          Email: `${name.toLowerCase()}@local.example`,
          FirstName: name,
          LastName: 'Sales',
          Alias: name.toLowerCase(),
          ProfileId: profile,
        }),
      ),
    );
  }

  /**
   * @param everyMs how long people think between two actions, on average
   * @param most how many actions there may be by now: they rest meanwhile, so that a slow machine is not buried
   */
  start(everyMs: number, most: () => number): void {
    this.running = (async () => {
      while (!this.stopped) {
        if (this.actions < most()) this.act();
        await sleep(this.random.next() * 2 * everyMs);
      }
    })();
  }

  /** @throws the error of an action that is not a refusal of Sellfire */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.running;
  }

  act(): void {
    this.actions += 1;
    const known = this.known.length > 0 ? this.random.pick(this.known.slice(-60)) : undefined;
    const action = this.random.weighted([
      ['createLead', 5],
      ['createRecord', 5],
      ['editLead', 26],
      ['editRecord', 26],
      ['editBoth', 14],
      ['work', 10],
      ['setPhase', 4],
    ] as const);
    if (!known || action === 'createLead' || action === 'createRecord') {
      if (action === 'createRecord') this.createRecord();
      else this.createLead();
      return;
    }
    const leadId = this.leadOf(known.business);
    const record = this.recordOf(known.business);
    try {
      if (action === 'work' && leadId) this.work(leadId);
      else if (action === 'setPhase' && record)
        this.save(record, { [`${this.stack.prefix}Phase__c`]: this.random.pick(PHASES_FROM_SALESFORCE) });
      else if (action === 'editLead' && leadId) this.editLead(known, leadId);
      else if (action === 'editRecord' && record) this.editRecord(known, record);
      else if (action === 'editBoth' && leadId && record) this.editBoth(known, leadId, record);
    } catch (error) {
      // The dialer's rules say no to a rep as they would on the screen: nothing has changed then.
      if (!(error instanceof Refusal)) throw error;
    }
  }

  private leadOf(business: Business): string | undefined {
    return business.origin === 'sellfire' ? business.leadId : this.ledger.leadOfRecord.get(business.recordId);
  }

  private recordOf(business: Business): { object: Person; id: string } | undefined {
    const id = business.origin === 'salesforce' ? business.recordId : this.ledger.recordOfLead.get(business.leadId);
    const object = id === undefined ? undefined : this.ledger.records.get(id)?.object;
    return id !== undefined && object ? { object, id } : undefined;
  }

  private createLead(): void {
    const lead = this.stack.sellfire.desk.createLead({
      primary_phone_number: this.newPhone(),
      business_name: this.newText('business_name'),
      last_name: this.newText('last_name'),
      ...(this.random.chance(0.5) ? { title: this.newText('title'), city: this.newText('city') } : {}),
    });
    this.remember({ origin: 'sellfire', leadId: lead.id });
    // A demo set before the bridge has seen the lead makes it a Contact (M17).
    if (this.random.chance(0.1)) this.setDemo(lead.id);
  }

  /** @returns its id */
  createRecord(): string {
    const object: Person = this.random.chance(0.25) ? 'Contact' : 'Lead';
    const fields = {
      Phone: this.newPhone(),
      LastName: this.newText('last_name'),
      ...(object === 'Lead' ? { Company: this.newText('business_name') } : {}),
      ...(this.random.chance(0.5) ? { Title: this.newText('title'), Email: this.newText('email') } : {}),
    };
    const recordId = this.inSalesforce((transaction) => transaction.create(object, fields));
    this.remember({ origin: 'salesforce', object, recordId });
    return recordId;
  }

  private editLead(known: Known, leadId: string): void {
    const field = this.fieldFor(known, this.recordOf(known.business)?.object ?? 'Contact');
    if (field) this.stack.sellfire.desk.editLead(leadId, { [field.name]: this.valueFor(known, field) });
  }

  private editRecord(known: Known, record: { object: Person; id: string }): void {
    const field = this.fieldFor(known, record.object);
    if (field) this.save(record, { [field.salesforce]: this.valueFor(known, field) });
  }

  private editBoth(known: Known, leadId: string, record: { object: Person; id: string }): void {
    const field = this.fieldFor(known, record.object);
    if (!field) return;
    const [one, other] = [this.valueFor(known, field), this.valueFor(known, field)];
    if (this.random.chance(0.5)) {
      this.save(record, { [field.salesforce]: one });
      this.stack.sellfire.desk.editLead(leadId, { [field.name]: other });
    } else {
      this.stack.sellfire.desk.editLead(leadId, { [field.name]: other });
      this.save(record, { [field.salesforce]: one });
    }
  }

  private work(leadId: string): void {
    const { desk } = this.stack.sellfire;
    switch (
      this.random.weighted([
        ['call', 6],
        ['demo', 2],
        ['rest', 1],
        ['reopen', 2],
      ] as const)
    ) {
      case 'call':
        desk.logCall(leadId, { outcome: this.random.pick(['no_answer', 'gatekeeper', 'decision_maker'] as const) });
        break;
      case 'demo':
        this.setDemo(leadId);
        break;
      case 'rest':
        desk.rest(leadId);
        break;
      case 'reopen':
        desk.reopen(leadId);
    }
  }

  private setDemo(leadId: string): void {
    this.stack.sellfire.desk.setDemo(leadId, { start_time: new Date(Date.now() + 86_400_000).toISOString() });
  }

  private save({ object, id }: { object: Person; id: string }, fields: Record<string, SalesforceValue>): void {
    this.inSalesforce((transaction) => transaction.update(object, id, fields));
  }

  private inSalesforce<T>(work: Parameters<typeof this.stack.org.org.transact<T>>[1]): T {
    return this.stack.org.org.transact({ user: this.random.pick(this.people), origin: '' }, work);
  }

  private remember(business: Business): void {
    this.businesses.push(business);
    this.known.push({ business, edits: new Map(), values: new Map() });
  }

  /** A field that was not edited too often yet. A demo may make a Contact of what is still a lead alone, so only what both have. */
  private fieldFor(known: Known, object: Person): TwoWayField | undefined {
    const fields = this.ledger.fields[object].filter(({ name }) => (known.edits.get(name) ?? 0) < MOST_EDITS);
    if (fields.length === 0) return undefined;
    const field = this.random.pick(fields);
    known.edits.set(field.name, (known.edits.get(field.name) ?? 0) + 1);
    return field;
  }

  /** Mostly a new value; now and then none, or one that stood there before. */
  private valueFor(known: Known, { name }: TwoWayField): (SellfireValue & SalesforceValue) | string | null {
    if (name === 'primary_phone_number') return this.newPhone();
    if (CLEARABLE.includes(name) && this.random.chance(0.1)) return null;
    const before = known.values.get(name) ?? [];
    if (before.length > 0 && this.random.chance(0.1)) return this.random.pick(before);
    const value = this.newText(name);
    known.values.set(name, [...before, value]);
    return value;
  }

  private newText(field: string): string {
    this.values += 1;
    if (field === 'email') return `n${this.values}@example.com`;
    if (field === 'state') return this.random.pick(US_STATES);
    if (field === 'postal_code') return String(10_000 + this.values);
    return `${field} ${this.values}`;
  }

  /** A number that nobody has had yet, in one of the ways in which people write it. */
  private newPhone(): string {
    const { area } = PLACES[this.phones % PLACES.length] ?? { area: '512' };
    const line = String(FIRST_LINE + Math.floor(this.phones / PLACES.length)).padStart(4, '0');
    this.phones += 1;
    return this.random.pick(FORMATS)(area, line);
  }
}
