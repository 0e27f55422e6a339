// A record with the id of a lead whose link is not saved: the side that was created first keeps its values (M17, M18).
import { describe, expect, it } from '@jest/globals';
import type { Change, SalesforceChange } from '../../../../bridge/model/change.ts';
import type { Link } from '../../../../bridge/model/link.ts';
import type { Plan } from '../../../../bridge/model/plan.ts';
import { recordKey } from '../../../../bridge/model/saleTransaction.ts';
import type { SalesforceFields } from '../../../../bridge/model/salesforce.ts';
import { decide } from '../../../../bridge/sync/decide.ts';
import { nothingFound } from '../../../../bridge/sync/turn/lookups.ts';
import { settle } from '../../../../bridge/sync/settle.ts';
import {
  config,
  created,
  iso,
  lead,
  LEAD_ID,
  mapping,
  salesforceChange,
  sellfireChange,
  SOMEBODY,
  US,
  USUAL,
} from '../fixtures.ts';

const ID = { Sellfire_Lead_Id__c: 'lead_1' };
const acme = lead(
  'lead_1',
  { primary_phone_number: '+15125550123', business_name: 'Acme', last_name: 'Stone' },
  { salesforce: { lead_id: LEAD_ID, contact_id: null, account_id: null } },
);
// Renamed after its creation.
acme.changed_at['business_name'] = iso(1_500);
const RECORD: SalesforceFields = { Phone: '+15125550123', Company: 'Edited', LastName: 'Stone', Phase__c: null, ...ID };

function plan(change: SalesforceChange, fields: SalesforceFields, subject = acme): Plan {
  const found = nothingFound();
  found.leads.set('lead_1', subject);
  found.records.set(LEAD_ID, { createdAt: 0, at: 1_000, user: SOMEBODY, fields });
  const decision = decide({ changes: [change], link: undefined, config: config(), found, maybeApplied: true });
  if ('needs' in decision) throw new Error(`needs ${JSON.stringify(decision.needs)}`);
  return decision.plan;
}

const written = ({ writes }: Plan): SalesforceFields =>
  Object.assign({}, ...writes.map((write) => (write.kind === 'updateInSalesforce' ? write.fields : {})));

describe('a record that carries the id of a lead', () => {
  it('and got it after its creation keeps the entered values, and gets the missing and the later ones', () => {
    const fields = { ...RECORD, LastName: 'Entered' };
    const { writes } = plan(salesforceChange('update', 2_000, ID, { user: US }), fields);
    expect(written({ writes } as Plan)).toEqual({ Phase__c: 'ColdCallCold', Company: 'Acme' });
  });

  it('gives its values the time of the record, and what is known of Sellfire the time of Sellfire, whose clock may be another', () => {
    const { link } = plan(salesforceChange('update', 2_000, ID, { user: US }), RECORD);
    expect(link?.fields['last_name']).toMatchObject({
      register: { at: 0, by: 'salesforce' },
      replicas: { sellfire: { at: 1_000 } },
    });
  });

  it.each([null, 'ColdCallNDM'])(
    'and has the phase %s leaves the one that Sellfire gave the lead its own time',
    (phase) => {
      const { link } = plan(salesforceChange('update', 2_000, ID, { user: US }), { ...RECORD, Phase__c: phase });
      expect(link?.fields['phase']?.register).toMatchObject({ value: 'ColdCallCold', at: 1_000, by: 'sellfire' });
    },
  );

  it('and whose phase Salesforce may not set gets the lead’s phase', () => {
    const fields = { ...RECORD, Phase__c: 'HeldPhase' };
    const { writes } = plan(salesforceChange('update', 2_000, ID, { user: US }), fields);
    expect(written({ writes } as Plan)).toMatchObject({ Phase__c: 'ColdCallCold' });
  });

  it('and was created with it gets the lead’s current values', () => {
    const made = { Phone: '+15125550123', Company: 'Acme of old', LastName: 'Stone', ...ID };
    const fields = written(plan(salesforceChange('create', 2_000, made, { user: US }), { ...made, Phase__c: null }));
    expect(fields).toMatchObject({ Company: 'Acme', Phase__c: 'ColdCallCold' });
  });

  it('is linked where the lead names it in another form', () => {
    const named = { ...acme, salesforce: { ...acme.salesforce, lead_id: LEAD_ID.slice(0, 15) } };
    const made = { Phone: '+15125550123', Company: 'Acme', LastName: 'Stone', ...ID };
    const change = salesforceChange('create', 2_000, made, { user: US });
    expect(plan(change, made, named).link).toMatchObject({ record: { object: 'Lead', id: LEAD_ID } });
  });
});

describe('a linked record', () => {
  const link = plan(salesforceChange('update', 2_000, ID, { user: US }), RECORD).link;
  const other = { Sellfire_Lead_Id__c: 'lead_2' };
  /** @returns the id that the record is given */
  function after(change: SalesforceChange, shown: SalesforceFields): unknown {
    const found = nothingFound();
    found.leads.set('lead_1', acme);
    found.records.set(LEAD_ID, { createdAt: 0, at: 3_000, user: US, fields: { ...RECORD, ...shown } });
    const decision = decide({ changes: [change], link, config: config(), found, maybeApplied: false });
    if ('needs' in decision) throw new Error(`needs ${JSON.stringify(decision.needs)}`);
    return written(decision.plan)['Sellfire_Lead_Id__c'];
  }

  it('gets the id of its lead again where the late write of an interrupted attempt put that of another one back', () => {
    const late = salesforceChange('update', 3_000, other, { user: US });
    expect(after(late, other)).toBe('lead_1');
    expect(after(late, ID)).toBeUndefined();
  });

  it('takes no value of its creation by a person for a later edit, where an interrupted attempt had moved the lead to it', () => {
    const resumed: Link = { ...(link as Link), resumedAsOf: 1_000 };
    const found = nothingFound();
    found.leads.set('lead_1', acme);
    found.records.set(LEAD_ID, { createdAt: 0, at: 1_000, user: SOMEBODY, fields: RECORD });
    const change = salesforceChange('create', 2_000, { Company: 'As it was converted', LastName: 'Stein' });
    const decision = decide({ changes: [change], link: resumed, config: config(), found, maybeApplied: false });
    if ('needs' in decision) throw new Error(`needs ${JSON.stringify(decision.needs)}`);
    expect(decision.plan.link?.fields).toEqual(resumed.fields);
    expect(decision.plan.link?.resumedAsOf).toBeUndefined();
  });

  it('keeps the id that a person gives it', () => {
    expect(after(salesforceChange('update', 3_000, other), other)).toBeUndefined();
  });
});

describe('a lead that was made from a record and deleted before it was linked', () => {
  const deleted = { ...acme, version: 2, deleted_at: iso(3_000) };
  const edit = salesforceChange('update', 2_500, { Company: 'Edited' });
  const change = salesforceChange('update', 2_000, ID, { user: US });
  const changes: Change[] = [
    change,
    created(acme, 1_000, 'api'),
    edit,
    sellfireChange('lead.deleted', 3_000, deleted, {}),
  ];
  const decided = (turn: Change[]): Plan => {
    const found = nothingFound();
    found.leads.set('lead_1', deleted);
    found.sellfireByRecord.set(LEAD_ID, null);
    const waiting = { key: 'lead_1', changes: turn, link: undefined, maybeApplied: true };
    const decision = decide({ ...waiting, config: config(), found });
    if ('needs' in decision) throw new Error(`needs ${JSON.stringify(decision.needs)}`);
    return decision.plan;
  };

  it('is not linked to it: the record keeps the id of the lead that it has by then, and the row of the deletion names it', () => {
    const { link, writes, reports } = decided(changes);
    expect([link, writes]).toEqual([undefined, []]);
    expect(reports).toMatchObject([{ code: 'LINK_ENDED', sellfireLeadId: 'lead_1', salesforceRecordId: LEAD_ID }]);
  });

  it('takes no edit of the record for its own, in the same turn or in a later one', () => {
    const passedOn = [{ eventId: edit.eventId, key: LEAD_ID }];
    expect(decided(changes).rerouted).toEqual(passedOn);
    expect(decided([edit]).rerouted).toEqual(passedOn);
  });

  it('makes no record either', () => {
    const own = lead('lead_1', acme.fields);
    const gone = { ...own, version: 2, deleted_at: iso(3_000) };
    expect(decided([created(own), sellfireChange('lead.deleted', 3_000, gone, {})]).writes).toEqual([]);
  });
});

describe('a lead that waits for its record', () => {
  it('is made one with what it holds by now, where an event that waited shows what it held before', () => {
    const waiting: Link = { leadId: 'lead_1', revision: 1, fields: {}, waiting: { code: 'REFUSED', reason: 'No.' } };
    const unlinked = { ...acme, salesforce: { lead_id: null, contact_id: null, account_id: null } };
    const renamed = { ...unlinked, version: 2, fields: { ...acme.fields, business_name: 'Acme & Co' } };
    const made = (now: typeof acme): unknown => {
      const found = nothingFound();
      found.leads.set('lead_1', now);
      found.salesforceByPhone.set('+15125550123', []);
      found.sale.keyed.set(recordKey({ object: 'Lead', field: config().names.leadId, key: 'lead_1' }), null);
      const changes = [sellfireChange('activity.logged', 2_000, unlinked, {})];
      const decision = decide({ changes, link: waiting, config: config(), found, maybeApplied: true });
      if ('needs' in decision) throw new Error(`needs ${JSON.stringify(decision.needs)}`);
      const write = decision.plan.writes.find(({ kind }) => kind === 'createInSalesforce');
      return write && 'fields' in write ? write.fields['Company'] : undefined;
    };
    expect(made(renamed)).toBe('Acme & Co');
    expect(made(unlinked)).toBe('Acme');
  });
});

describe('a record whose creation was interrupted, and whose events carry no fields', () => {
  const titled = config([...USUAL.filter((one) => one.sellfireField !== 'title'), mapping('title', 'Lead.Title')]);
  const unnamed = { ...acme, changed_at: { ...acme.changed_at, business_name: iso(1_000) } };
  const { changed_at: times } = unnamed;
  const subject = { ...unnamed, salesforce: { lead_id: null, contact_id: null, account_id: null } };

  /** The creation is made again and finds the record; then the record is read. @returns what Sellfire is given */
  function entered(inSalesforce: SalesforceFields, inSellfire: Partial<typeof subject> = {}): unknown {
    const now = { ...subject, ...inSellfire };
    const found = nothingFound();
    found.leads.set('lead_1', now);
    const shown = { Phone: '+15125550123', Company: 'Acme', LastName: 'Stone', Title: null, ...ID, ...inSalesforce };
    const fields = { Phase__c: 'ColdCallCold', Owned_Rep_Id__c: null, Email: null, ...shown };
    found.records.set(LEAD_ID, { createdAt: 2_000, at: 3_000, user: SOMEBODY, fields });
    const holder = { object: 'Lead' as const, id: LEAD_ID, name: 'Stone', leadId: 'lead_1', country: null };
    found.salesforceByPhone.set('+15125550123', [{ ...holder, phones: { Phone: '+15125550123' } }]);
    const again = decide({ changes: [created(now)], link: undefined, config: titled, found, maybeApplied: true });
    if ('needs' in again) throw new Error(`needs ${JSON.stringify(again.needs)}`);
    const { link } = settle(
      titled,
      again.plan.link,
      again.plan.writes.map((write) => ({ ok: true as const, write })),
      2_500,
    );
    const changes = [salesforceChange('gap', 3_000, {})];
    const read = decide({ changes, link, config: titled, found, maybeApplied: false });
    if ('needs' in read) throw new Error(`needs ${JSON.stringify(read.needs)}`);
    return read.plan.writes.find(({ kind }) => kind === 'updateInSellfire');
  }

  it('takes what was entered in a blank field for an edit', () => {
    expect(entered({ Title: 'Owner' })).toMatchObject({ fields: { title: 'Owner' } });
  });

  it('takes what was entered over a value that the lead has had since it is there for an edit', () => {
    expect(entered({ Company: 'Entered' })).toMatchObject({ fields: { business_name: 'Entered' } });
  });

  it('gives way to a value that the lead was given meanwhile, with which it may not have been created', () => {
    const renamed = { fields: { ...subject.fields, business_name: 'Acme & Sons' } };
    const changed_at = { ...times, business_name: iso(1_500) };
    expect(entered({ Company: 'Acme' }, { ...renamed, changed_at })).toBeUndefined();
  });
});
