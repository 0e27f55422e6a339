// A burst of businesses that are made and edited on both sides, and what both sides have of them.
import { isDeepStrictEqual } from 'node:util';
import { e164, type Business, type StepContext } from './stepContext.ts';

/** Businesses that are made together: every other one in Salesforce, the others in Sellfire. */
export const WAVE = 10;

export class Burst {
  private readonly context: StepContext;
  private readonly businesses: readonly Business[];
  /** By phone number, on the side where it was made. */
  private readonly recordIds = new Map<string, string>();
  private readonly leadIds = new Map<string, string>();
  private readonly titles = new Map<string, string>();

  constructor(context: StepContext, size: number) {
    this.context = context;
    this.businesses = Array.from({ length: size }, () => context.business());
  }

  /** Wave after wave, without a pause. */
  async make(from: number, to: number): Promise<void> {
    const { context } = this;
    for (let at = from; at < to; at += WAVE) {
      const wave = this.businesses.slice(at, at + WAVE);
      const inSalesforce = wave.filter((_, index) => index % 2 === 0);
      for (const { name, e164: number } of wave.filter((_, index) => index % 2 === 1)) {
        const fields = { business_name: name, last_name: 'Burst', primary_phone_number: number };
        this.leadIds.set(number, context.desk.createLead(fields).id);
      }
      const rows = inSalesforce.map(({ name, phone }) => ({ Company: name, LastName: 'Burst', Phone: phone }));
      const ids = await context.salesforce.createMany('Lead', rows);
      inSalesforce.forEach(({ e164: number }, index) => this.recordIds.set(number, ids[index] ?? ''));
    }
  }

  /** Every one is edited where it was made. */
  async edit(): Promise<void> {
    const title = (number: string, side: string): string => {
      this.titles.set(number, `Edited in ${side} ${number.slice(-2)}`);
      return this.titles.get(number) ?? '';
    };
    const rows = [...this.recordIds].map(([number, Id]) => ({ Id, Title: title(number, 'Salesforce') }));
    await this.context.salesforce.updateMany('Lead', rows);
    for (const [number, id] of this.leadIds) this.context.desk.editLead(id, { title: title(number, 'Sellfire') });
  }

  /** How many are in both systems. */
  async across(): Promise<number> {
    const [records, leads] = await this.both();
    return this.businesses.filter(({ e164: number }) => records.has(number) && leads.has(number)).length;
  }

  /** Where the two sides do not hold what was entered, or do not name each other. */
  async differences(): Promise<string[]> {
    const [records, leads] = await this.both();
    return this.businesses.flatMap(({ e164: number, name }) => {
      const record = records.get(number);
      const lead = leads.get(number);
      if (!record || !lead) return [`${number} is missing in ${record ? 'Sellfire' : 'Salesforce'}`];
      const title = this.titles.get(number);
      const wanted = [name, title, 'ColdCallCold', lead.id, record.Id];
      const inSalesforce = [record.Company, record.Title, record.Phase__c, record.Sellfire_Lead_Id__c, record.Id];
      const { fields, salesforce } = lead;
      const inSellfire = [fields['business_name'], fields['title'], fields['phase'], lead.id, salesforce.lead_id];
      return Object.entries({ Salesforce: inSalesforce, Sellfire: inSellfire })
        .filter(([, held]) => !isDeepStrictEqual(held, wanted))
        .map(([side, held]) => `${side} holds ${JSON.stringify(held)}, expected ${JSON.stringify(wanted)}`);
    });
  }

  /** How many of the numbers have so many. */
  countsOf(found: Map<string, string[]>): Record<number, number> {
    const counts: Record<number, number> = {};
    for (const { e164: number } of this.businesses) {
      const count = found.get(number)?.length ?? 0;
      counts[count] = (counts[count] ?? 0) + 1;
    }
    return counts;
  }

  private async both() {
    const phones = this.businesses.map((one) => one.e164);
    const [rows, { leads }] = await Promise.all([
      this.context.salesforce.find('Lead', { LastName: 'Burst' }, [
        'Phone',
        'Company',
        'Title',
        'Phase__c',
        'Sellfire_Lead_Id__c',
      ]),
      this.context.sellfire.call('lookupLeads', { body: { phones } }),
    ]);
    return [
      new Map(rows.map((row) => [e164(row.Phone), row])),
      new Map(leads.map((lead) => [e164(lead.fields['primary_phone_number']), lead])),
    ] as const;
  }
}
