// The import of existing records (M16): the row of a record, and its link.
import { describe, expect, it } from '@jest/globals';
import type { SellfireChange } from '../../../../bridge/model/change.ts';
import type { Link } from '../../../../bridge/model/link.ts';
import type { Lead } from '../../../../bridge/model/lead.ts';
import type { FoundRecord, Plan } from '../../../../bridge/model/plan.ts';
import { decide } from '../../../../bridge/sync/decide.ts';
import { leadHasDrift, recordHasDrift } from '../../../../bridge/sync/fields/drift.ts';
import { nothingFound } from '../../../../bridge/sync/turn/lookups.ts';
import { importColumns, importFields, importRow } from '../../../../bridge/sync/files/leadRow.ts';
import { CONTACT_ID, LEAD_ID, US, config, created, lead, mapping, sellfireChange, USUAL } from '../fixtures.ts';
import { salesforceField, salesforceObject } from '../../../helpers/fields.ts';
import { phonesOf } from '../../../../bridge/sync/mapping/phone.ts';

const PHONE = '+15125550100';

describe('the row of a record (M16)', () => {
  const row = (fields: Parameters<typeof importRow>[3], known: Lead | null = null, rules = USUAL) =>
    importRow(config(rules), 'Lead', LEAD_ID, fields, known);

  it('has every mapped field whose rule goes to Sellfire, and the id', () => {
    expect(importColumns(config(), 'Lead')).toEqual([
      'primary_phone_number',
      'business_name',
      'last_name',
      'title',
      'phase',
      'owned_rep_id',
      'salesforce_lead_id',
    ]);
    expect(importFields(config(), 'Lead')).not.toContain('Email');
    expect(
      row({ Phone: '(512) 555-0100', Company: ' Acme ', LastName: 'Stone', Title: null, Email: 'a@b.example' }),
    ).toEqual({
      phone: PHONE,
      cells: { primary_phone_number: PHONE, business_name: 'Acme', last_name: 'Stone', salesforce_lead_id: LEAD_ID },
      leftOut: [],
    });
  });

  it('of a Contact names its Account as well', () => {
    expect(importColumns(config(), 'Contact').slice(-2)).toEqual(['salesforce_contact_id', 'salesforce_account_id']);
    expect(importFields(config(), 'Contact')).toContain('AccountId');
    const made = importRow(config(), 'Contact', CONTACT_ID, { Phone: PHONE, AccountId: '001000000000001AAA' }, null);
    expect(made).toMatchObject({
      cells: { salesforce_contact_id: CONTACT_ID, salesforce_account_id: '001000000000001AAA' },
    });
  });

  it('is not created without a number, and names a text that is none', () => {
    expect(row({ Company: 'Acme' })).toMatchObject({ code: 'NO_PHONE' });
    expect(row({ Phone: 'call the shop' })).toMatchObject({
      code: 'PHONE_INVALID',
      sentence: expect.stringContaining('"call the shop"'),
    });
    expect(
      row({ Phone: PHONE }, null, [mapping('primary_phone_number', 'Lead.Phone', 'AlwaysSellfire')]),
    ).toMatchObject({
      code: 'PHONE_UNMAPPED',
    });
  });

  it('leaves out a phase that Salesforce may not set, and is sent without it', () => {
    const { phase } = config().names;
    expect(row({ Phone: PHONE, [phase]: 'Customer' })).toMatchObject({ cells: { phase: 'Customer' }, leftOut: [] });
    const made = row({ Phone: PHONE, [phase]: 'ColdCallDM', Company: 'Acme' });
    expect(made).toMatchObject({
      cells: { business_name: 'Acme' },
      leftOut: [{ args: ['ColdCallDM', 'ColdCallCold', expect.any(String)] }],
    });
    expect(made).not.toHaveProperty('cells.phase');
    // A value that the lead has already is no change.
    const unchanged = row({ Phone: PHONE, [phase]: 'ColdCallDM' }, lead('lead_1', { phase: 'ColdCallDM' }));
    expect(unchanged).toMatchObject({ leftOut: [] });
  });

  it('lists every number of a record, whatever the rule', () => {
    const rules = [mapping('primary_phone_number', 'Lead.Phone', 'AlwaysSellfire')];
    expect(phonesOf(config(rules), 'Lead', { Phone: '512-555-0100' })).toEqual([PHONE]);
    expect(phonesOf(config(rules), 'Lead', { Phone: 'none' })).toEqual([]);
  });
});

describe('a lead that an import of the bridge created or filled (M16)', () => {
  const ids = { lead_id: LEAD_ID, contact_id: null, account_id: null };
  const recordOf = (fields: FoundRecord['fields'], at = 900): FoundRecord => ({ createdAt: 100, at, user: US, fields });
  const full = { Phone: PHONE, Company: 'Acme', LastName: 'Stone', Title: null, Email: null };

  function plan(change: SellfireChange, record: FoundRecord | null, link?: Link): Plan {
    const found = nothingFound();
    const situation = { changes: [change], link, config: config(), found, maybeApplied: false };
    const first = decide(situation);
    if ('plan' in first) return first.plan;
    expect(first.needs.records).toEqual([{ object: 'Lead', id: LEAD_ID }]);
    found.records.set(LEAD_ID, record);
    const second = decide(situation);
    if (!('plan' in second)) throw new Error(`Undecided: ${JSON.stringify(second.needs)}`);
    return second.plan;
  }
  const made = (fields: Lead['fields']): SellfireChange => {
    const change = created(lead('lead_1', fields, { salesforce: ids }), 1_000, 'import');
    change.event.actor.request_id = 'bridge:import:x:1';
    return change;
  };
  const filled = (fields: Lead['fields'], changes: SellfireChange['event']['changes']): SellfireChange => {
    const change = sellfireChange(
      'lead.updated',
      1_000,
      lead('lead_1', fields, { salesforce: ids }),
      changes,
      'import',
    );
    change.event.actor.request_id = 'bridge:import:x:1';
    return change;
  };
  const imported = { primary_phone_number: PHONE, business_name: 'Acme', last_name: 'Stone' };

  it('is linked, and the record gets the lead id and the phase, and nothing else changes', () => {
    const { link, writes } = plan(made(imported), recordOf(full));
    expect(link?.record).toEqual({ object: 'Lead', id: LEAD_ID });
    const { leadId, phase } = config().names;
    expect(writes).toHaveLength(1);
    expect(writes[0]).toMatchObject({
      kind: 'updateInSalesforce',
      fields: { [leadId]: 'lead_1', [phase]: 'ColdCallCold' },
    });
    expect(Object.keys((writes[0] as { fields: object }).fields).sort()).toEqual([phase, leadId].sort());
  });

  it('gets what was edited in Salesforce after the read', () => {
    for (const change of [
      made(imported),
      filled({ ...imported, title: 'Owner' }, { business_name: { from: 'Old', to: 'Acme' } }),
    ]) {
      const { writes } = plan(change, recordOf({ ...full, Company: 'Acme & Sons' }, 950));
      expect(writes.find(({ kind }) => kind === 'updateInSellfire')).toMatchObject({
        fields: { business_name: 'Acme & Sons' },
      });
      expect(writes.filter(({ kind }) => kind === 'updateInSalesforce')).toEqual([
        expect.not.objectContaining({ fields: expect.objectContaining({ Company: expect.anything() }) }),
      ]);
    }
  });

  it('that existed before is linked, and no field of the record changes', () => {
    const change = filled({ ...imported, title: 'Owner' }, { business_name: { from: 'Old', to: 'Acme' } });
    const { link, writes } = plan(change, recordOf(full));
    expect(link?.record).toEqual({ object: 'Lead', id: LEAD_ID });
    expect(link?.fields['business_name']?.register).toMatchObject({ value: 'Acme', at: 1_000 });
    expect(writes).toEqual([
      {
        kind: 'updateInSalesforce',
        object: 'Lead',
        id: LEAD_ID,
        fields: { [config().names.leadId]: 'lead_1' },
        deliveries: [],
      },
    ]);
  });

  it('leaves the Account of its Contact as it is, also where the two hold what their fields of one name do not', () => {
    const rules = config([
      mapping('primary_phone_number', 'Contact.Phone'),
      mapping('last_name', 'Contact.LastName'),
      mapping('primary_phone_number', 'Account.Phone'),
      mapping('business_name', 'Account.Name'),
    ]);
    const ofAccount = [salesforceField('Name', 'string'), salesforceField('Phone', 'phone')];
    rules.objects['Account'] = salesforceObject('Account', ofAccount);
    const named = { lead_id: null, contact_id: CONTACT_ID, account_id: '001000000000001AAA' };
    const change = created(lead('lead_1', imported, { salesforce: named }), 1_000, 'import');
    change.event.actor.request_id = 'bridge:import:x:1';
    const found = nothingFound();
    found.records.set(CONTACT_ID, recordOf({ Phone: PHONE, LastName: 'Stone' }));
    const asked = decide({ changes: [change], link: undefined, config: rules, found, maybeApplied: false });
    expect(asked).toMatchObject({ needs: { records: [{ object: 'Account', id: named.account_id }] } });
    found.records.set(named.account_id, recordOf({ Phone: '+15125550109', Name: 'Acme Holding' }));
    const decision = decide({ changes: [change], link: undefined, config: rules, found, maybeApplied: false });
    if (!('plan' in decision)) throw new Error(`Undecided: ${JSON.stringify(decision.needs)}`);
    const { writes, link } = decision.plan;
    expect(writes).toMatchObject([{ kind: 'updateInSalesforce', id: CONTACT_ID, deliveries: [] }]);
    expect(writes).toHaveLength(1);
    const knownAt = (name: string, replica: string) => link?.fields[name]?.replicas[replica]?.lastKnown;
    expect(knownAt('primary_phone_number', 'Contact.Phone')).toBe(PHONE);
    expect(knownAt('primary_phone_number', 'Account.Phone')).toBe('+15125550109');
    expect(knownAt('business_name', 'Account.Name')).toBe('Acme Holding');
  });

  it('has no drift afterwards: the link knows the values of both sides', () => {
    const change = made(imported);
    const { link } = plan(change, recordOf(full));
    if (!link || !change.event.lead) throw new Error('It was not linked.');
    expect(recordHasDrift(config(), link, 'Lead', { ...full, Title: null })).toBe(false);
    expect(leadHasDrift(config(), link, change.event.lead)).toBe(false);
  });

  it('is linked also where its record is not visible any more', () => {
    expect(plan(made(imported), null)).toMatchObject({ link: { record: { id: LEAD_ID } }, writes: [] });
  });

  it('that has another record by then moves to the one it is given, and the one before gives up its id', () => {
    const OTHER_ID = '00Q000000000009EAA';
    const { leadId } = config().names;
    const change = filled({ ...imported, last_name: 'Rock' }, { last_name: { from: 'Stone', to: 'Rock' } });
    const found = nothingFound();
    found.records.set(LEAD_ID, recordOf({ ...full, LastName: 'Rock' }));
    found.records.set(OTHER_ID, recordOf({ ...full, [leadId]: 'lead_1' }));
    found.leads.set('lead_1', change.event.lead ?? null);
    const link: Link = { leadId: 'lead_1', revision: 3, record: { object: 'Lead', id: OTHER_ID }, fields: {} };
    const decision = decide({ changes: [change], link, config: config(), found, maybeApplied: false });
    if (!('plan' in decision)) throw new Error(`Undecided: ${JSON.stringify(decision.needs)}`);
    const { plan: moved } = decision;
    expect(moved.link).toMatchObject({ record: { object: 'Lead', id: LEAD_ID }, left: [OTHER_ID] });
    expect(moved.writes).toMatchObject([
      {
        ...{ kind: 'updateInSalesforce', id: OTHER_ID, fields: { [leadId]: null } },
        next: { id: LEAD_ID, fields: { [leadId]: 'lead_1' } },
      },
    ]);
    expect(moved.reports).toMatchObject([
      { event: 'LeadLinked', salesforceRecordId: LEAD_ID },
      { event: 'LeadLinked', salesforceRecordId: OTHER_ID },
    ]);
  });

  it('is not given the record that carries the id of another lead by then', () => {
    const rival = lead('lead_2', {}, { salesforce: ids });
    for (const change of [made(imported), filled(imported, {})]) {
      const found = nothingFound();
      found.records.set(LEAD_ID, recordOf({ ...full, [config().names.leadId]: 'lead_2' }));
      found.leads.set('lead_2', rival);
      const decision = decide({ changes: [change], link: undefined, config: config(), found, maybeApplied: false });
      if (!('plan' in decision)) throw new Error(`Undecided: ${JSON.stringify(decision.needs)}`);
      expect(decision.plan.link).not.toHaveProperty('record');
      expect(decision.plan).toMatchObject({ writes: [], reports: [{ code: 'RECORD_CLAIMED' }] });
    }
  });

  it('changes nothing when its event is repeated', () => {
    const change = made(imported);
    const { link } = plan(change, recordOf(full));
    expect(plan(change, recordOf(full), link).writes.filter(({ kind }) => kind === 'updateInSellfire')).toEqual([]);
  });
});

describe('a sale (M26)', () => {
  it('that was imported from Salesforce creates nothing there, and one of a rep does', () => {
    const rules = [...USUAL, mapping('business_name', 'Opportunity.Name', 'TwoWay', { triggers: ['sale'] })];
    const sold = lead('lead_1', { primary_phone_number: PHONE, business_name: 'Acme', last_name: 'Stone' });
    const link: Link = { leadId: 'lead_1', revision: 1, record: { object: 'Lead', id: LEAD_ID }, fields: {} };
    const decisionOf = (salesforce_opportunity_id: string | null) => {
      const change = sellfireChange('sale.made', 2_000, sold, {});
      change.event.sale = {
        id: 'sale_1',
        lead_id: 'lead_1',
        rep_id: 'rep_1',
        cycle: 1,
        made_at: '2026-11-24T12:00:00.000Z',
        salesforce_opportunity_id,
        currency: 'USD',
        items: [{ id: 'i', product_code: 'P', product_name: 'P', quantity: 1, unit_price: '1.00', fields: {} }],
        associated_contacts: [],
        fields: {},
      };
      return decide({ changes: [change], link, config: config(rules), found: nothingFound(), maybeApplied: false });
    };
    expect(decisionOf(null)).toMatchObject({ needs: { sale: { accounts: [{ phone: PHONE, name: 'Acme' }] } } });
    expect(decisionOf('006000000000001AAA')).toMatchObject({ plan: { writes: [], reports: [] } });
  });
});
