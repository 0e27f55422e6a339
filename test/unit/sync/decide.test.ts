// The core decides by the rules of the specification: creations (M17, M18), values (M5, M10), refusals (M14, M15).
import { describe, expect, it } from '@jest/globals';
import type { Change } from '../../../bridge/model/change.ts';
import type { Found, Write } from '../../../bridge/model/plan.ts';
import { decide } from '../../../bridge/sync/decide.ts';
import { nothingFound } from '../../../bridge/sync/turn/lookups.ts';
import { settle } from '../../../bridge/sync/settle.ts';
import { salesforceField, sellfireField } from '../../helpers/fields.ts';
import {
  config,
  created,
  CONTACT_ID,
  lead,
  LEAD_ID,
  mapping,
  salesforceChange,
  sellfireChange,
  SOMEBODY,
  US,
  USUAL,
} from './fixtures.ts';
import { PHONE, acme, HELD, free, plan, linked, linkOf } from './decideLead.ts';

describe('a lead created in Sellfire (M17)', () => {
  it('looks up its phone before anything else', () => {
    expect(
      decide({
        changes: [created(acme)],
        link: undefined,
        found: nothingFound(),
        config: config(),
        maybeApplied: false,
      }),
    ).toEqual({
      needs: expect.objectContaining({ salesforceByPhone: [PHONE] }),
    });
  });

  it('becomes a Lead with every field that is mapped towards Salesforce', () => {
    const [write] = plan([created(acme)], { found: free() }).writes;
    expect(write).toMatchObject({
      kind: 'createInSalesforce',
      object: 'Lead',
      leadId: 'lead_1',
      fields: { Phone: PHONE, Company: 'Acme Plumbing', LastName: 'Stone', Phase__c: 'ColdCallCold' },
    });
    expect(write).not.toHaveProperty('fields.Title');
  });

  it('is written nothing that it holds already, where a field that goes the other way alone is the same on the new record', () => {
    const rules = config([...USUAL, mapping('custom_seen', 'Lead.Seen__c', 'SalesforceUnlessBlank')]);
    const seen = sellfireField('custom_seen', 'checkbox');
    const described = rules.objects['Lead'];
    if (!described) throw new Error('There is no Lead.');
    const fields = { ...described.fields, Seen__c: salesforceField('Seen__c', 'boolean') };
    const with_ = { ...rules, catalogue: [...rules.catalogue, seen], objects: { Lead: { ...described, fields } } };
    const after = (custom_seen: boolean) => {
      const holding = { ...acme, fields: { ...acme.fields, custom_seen } };
      const made = plan([created(holding)], { found: free(), config: with_ });
      const [write] = made.writes as [Write];
      const { link } = settle(with_, made.link, [{ ok: true, write, id: LEAD_ID }], 1_000);
      const named = 'fields' in write ? write.fields : {};
      const echo = salesforceChange('create', 4_000, { ...named, Seen__c: false }, { user: US });
      return plan([echo], { link: linkOf({ link }), config: with_ }).writes;
    };
    expect(after(false)).toEqual([]);
    expect(after(true)).toMatchObject([{ kind: 'updateInSellfire', fields: { custom_seen: false } }]);
  });

  it('is connected with the Lead of an interrupted attempt where its phone and its phase have changed since', () => {
    const renumbered = { ...acme.fields, primary_phone_number: '+15125550199', phase: 'HeldPhase' };
    const held = lead('lead_1', renumbered, { version: 2 });
    const changes = [
      created(acme),
      sellfireChange('demo.set', 2_000, held, { phase: { from: 'ColdCallDM', to: 'HeldPhase' } }),
    ];
    const question = { changes, link: undefined, config: config(), maybeApplied: true };
    const found = {
      ...nothingFound(),
      salesforceByPhone: new Map([['+15125550199', []]]),
      leads: new Map([['lead_1', held]]),
    };
    const { names } = config();
    expect(decide({ ...question, found })).toMatchObject({
      needs: {
        sale: { keyed: ['Contact', 'Lead'].map((object) => ({ object, field: names.leadId, key: 'lead_1' })) },
      },
    });
    const keyed = new Map([['Contact lead_1', null as string | null]]);
    const resumed = decide({
      ...question,
      found: { ...found, sale: { ...found.sale, keyed: keyed.set('Lead lead_1', LEAD_ID) } },
    });
    expect(JSON.stringify(resumed)).not.toContain('createInSalesforce');
    // Without a record of an earlier attempt, the Contact is made.
    const none = decide({
      ...question,
      found: { ...found, sale: { ...found.sale, keyed: keyed.set('Lead lead_1', null) } },
    });
    expect(none).toMatchObject({ plan: { writes: [{ kind: 'createInSalesforce', object: 'Contact' }] } });
  });

  it('becomes a Contact when it moves from a cold-call phase to its first demo', () => {
    const held = lead('lead_1', { ...acme.fields, phase: 'HeldPhase' });
    const change = sellfireChange('demo.set', 2_000, held, { phase: { from: 'ColdCallDM', to: 'HeldPhase' } });
    expect(plan([change], { found: free() }).writes).toMatchObject([{ kind: 'createInSalesforce', object: 'Contact' }]);
  });

  it('is neither created nor connected when a Lead or Contact has its phone, and the report names it', () => {
    const holder = { object: 'Contact' as const, id: CONTACT_ID, name: 'Ann Stone', leadId: null, ...HELD };
    const { writes, reports, link } = plan([created(acme)], {
      found: { ...nothingFound(), salesforceByPhone: new Map([[PHONE, [holder]]]) },
    });
    expect(writes).toEqual([]);
    expect(link?.record).toBeUndefined();
    expect(reports).toMatchObject([{ outcome: 'Skipped', code: 'PHONE_EXISTS', salesforceRecordId: CONTACT_ID }]);
  });

  it('resumes when the record that has its phone was created for it by the bridge', () => {
    const ours = { object: 'Lead' as const, id: LEAD_ID, name: 'Stone', leadId: 'lead_1', ...HELD };
    const { link, writes } = plan([created(acme)], {
      found: { ...nothingFound(), salesforceByPhone: new Map([[PHONE, [ours]]]) },
    });
    expect(link?.record).toEqual({ object: 'Lead', id: LEAD_ID });
    // Its values are not known, so the lead's current values are written again.
    expect(writes).toMatchObject([
      { kind: 'updateInSalesforce', id: LEAD_ID, fields: { Company: 'Acme Plumbing' } },
      { kind: 'updateInSellfire', salesforce: { lead_id: LEAD_ID } },
    ]);
  });

  it('resumes after an attempt of unknown outcome without a write over a value that the record has got since', () => {
    const ours = { object: 'Lead' as const, id: LEAD_ID, name: 'Stone', leadId: 'lead_1', ...HELD };
    const present = { Phone: PHONE, Company: 'Edited since', LastName: 'Stone', Sellfire_Lead_Id__c: 'lead_1' };
    const found = {
      ...nothingFound(),
      salesforceByPhone: new Map([[PHONE, [ours]]]),
      leads: new Map([['lead_1', acme]]),
      records: new Map([[LEAD_ID, { createdAt: 1_000, at: 1_000, user: US, fields: present }]]),
    };
    const { writes } = plan([created(acme)], { found, maybeApplied: true });
    const fields = writes.flatMap((write) => (write.kind === 'updateInSalesforce' ? Object.keys(write.fields) : []));
    expect(fields).toEqual(['Phase__c']);
  });

  it('waits, reported once, until the required fields have values, and is then created by its next change', () => {
    const nameless = lead('lead_1', { primary_phone_number: PHONE, business_name: 'Acme Plumbing' });
    const first = plan([created(nameless)]);
    expect(first.reports).toMatchObject([
      { outcome: 'Failed', code: 'REQUIRED_EMPTY', reason: expect.stringContaining('LastName') },
    ]);
    const again = plan([sellfireChange('lead.updated', 2_000, nameless, { title: { from: null, to: 'Owner' } })], {
      link: linkOf(first),
    });
    expect(again.reports).toEqual([]);
    const named = sellfireChange('lead.updated', 3_000, acme, { last_name: { from: null, to: 'Stone' } });
    expect(plan([named], { link: linkOf(again), found: free() }).writes).toMatchObject([
      { kind: 'createInSalesforce' },
    ]);
  });

  it('is made as it is by now, where an activity that waited for its record comes after the edits that followed it', () => {
    const first = plan([created(lead('lead_1', { primary_phone_number: PHONE, last_name: 'Stone' }))]);
    const logged = { ...sellfireChange('lead.updated', 2_000, acme, {}) };
    const change = { ...logged, event: { ...logged.event, type: 'activity.logged' as const } };
    const edited = lead('lead_1', { ...acme.fields, last_name: 'Rock' }, { version: 7 });
    const found = { ...free(), leads: new Map([['lead_1', edited]]) };
    expect(plan([change], { link: linkOf(first), found }).writes).toMatchObject([{ fields: { LastName: 'Rock' } }]);
  });

  it('is not created when creation in this direction is off, and nothing at all happens before the phone is mapped (M6)', () => {
    expect(plan([created(acme)], { config: config(USUAL, { createInSalesforce: false }) }).writes).toEqual([]);
    const unmapped = config(USUAL.filter(({ sellfireField }) => sellfireField !== 'primary_phone_number'));
    expect(plan([created(acme)], { config: unmapped })).toEqual({
      writes: [],
      reports: [],
      deferred: [],
      rerouted: [],
      reread: [],
    });
  });

  it('that came from Salesforce is not created there again', () => {
    const fromAccount = lead('lead_1', acme.fields, {
      salesforce: { lead_id: null, contact_id: null, account_id: '001000000000001AAA' },
    });
    expect(plan([created(fromAccount, 1_000, 'api')]).writes).toEqual([]);
  });
});

describe('a record created in Salesforce (M18)', () => {
  const fields = {
    Phone: '(512) 555-0123',
    Company: 'Acme Plumbing',
    LastName: 'Stone',
    Title: 'Owner',
    Email: 'ann@acme.example',
  };
  const nobody = (): Found => ({
    ...nothingFound(),
    sellfireByPhone: new Map([[PHONE, null]]),
    sellfireByRecord: new Map([[LEAD_ID, null]]),
  });

  it('becomes a lead with every field whose rule goes to Sellfire, its phone in E.164', () => {
    const [write] = plan([salesforceChange('create', 5_000, fields)], { found: nobody() }).writes;
    expect(write).toMatchObject({
      kind: 'createInSellfire',
      salesforce: { lead_id: LEAD_ID },
      fields: { primary_phone_number: PHONE, business_name: 'Acme Plumbing', title: 'Owner' },
    });
    expect(write).not.toHaveProperty('fields.email');
  });

  it('and edited before it was synced becomes one lead with the later values', () => {
    const edit = salesforceChange('update', 5_500, { Company: 'Acme & Sons' });
    const { writes } = plan([salesforceChange('create', 5_000, fields), edit], { found: nobody() });
    expect(writes).toMatchObject([{ kind: 'createInSellfire', fields: { business_name: 'Acme & Sons' } }]);
  });

  it('creates nothing when a lead has that phone, whatever its format', () => {
    const found = { ...nobody(), sellfireByPhone: new Map([[PHONE, acme]]) };
    const { writes, reports } = plan([salesforceChange('create', 5_000, fields)], { found });
    expect(writes).toEqual([]);
    expect(reports).toMatchObject([{ outcome: 'Skipped', code: 'PHONE_EXISTS', sellfireLeadId: 'lead_1' }]);
  });

  it('with a phase that Salesforce may not set begins as ColdCallCold, and the refusal is reported', () => {
    const { writes, reports } = plan([salesforceChange('create', 5_000, { ...fields, Phase__c: 'HeldPhase' })], {
      found: nobody(),
    });
    expect(writes[0]).not.toHaveProperty('fields.phase');
    expect(reports).toMatchObject([{ outcome: 'Refused', code: 'PHASE_REFUSED' }]);
  });

  it('by the bridge itself, besides the lead’s own record, creates no lead in Sellfire', () => {
    const own = { user: US, origin: 'com/salesforce/api/rest/67.0' };
    expect(plan([salesforceChange('create', 5_000, fields, own)]).writes).toEqual([]);
    // The admin who connected may work in the pages as well.
    const byHand = { user: US, origin: 'com/salesforce/api/soap/67.0;client=SfdcInternalAPI/' };
    expect(plan([salesforceChange('create', 5_000, fields, byHand)], { found: nobody() }).writes).toHaveLength(1);
  });

  it('is linked with the lead that an interrupted attempt made of it, though leads are made no more, and its edits are carried over', () => {
    const made = lead(
      'lead_1',
      { ...acme.fields, title: 'Owner' },
      { salesforce: { ...acme.salesforce, lead_id: LEAD_ID } },
    );
    const found = { ...nobody(), sellfireByRecord: new Map([[LEAD_ID, made]]), leads: new Map([['lead_1', made]]) };
    const record = { createdAt: 500, at: 5_000, user: SOMEBODY, fields: { ...fields, Sellfire_Lead_Id__c: null } };
    const options = { found: { ...found, records: new Map([[LEAD_ID, record]]) }, maybeApplied: true };
    const edit = salesforceChange('update', 5_500, { Company: 'Acme & Sons' });
    const carried = [{ kind: 'updateInSellfire', fields: { business_name: 'Acme & Sons' } }];
    const off = config(USUAL, { createInSellfire: false });
    const elsewhere = config(
      USUAL.filter(({ sellfireField }) => sellfireField !== 'primary_phone_number').concat(
        mapping('primary_phone_number', 'Lead.Phone', 'AlwaysSellfire'),
      ),
    );
    for (const now of [config(), off, elsewhere]) {
      const { link, writes, reports } = plan([salesforceChange('create', 500, fields), edit], {
        ...options,
        config: now,
      });
      expect(link).toMatchObject({ leadId: 'lead_1', record: { object: 'Lead', id: LEAD_ID } });
      expect(writes).toMatchObject([
        { kind: 'updateInSalesforce', fields: { Sellfire_Lead_Id__c: 'lead_1' } },
        ...carried,
      ]);
      expect(reports).toEqual([]);
    }
    const { link } = plan([salesforceChange('update', 5_000, { Phone: PHONE })], { ...options, config: off });
    expect(link).toMatchObject({ leadId: 'lead_1' });
    // Nobody has made it.
    const none = { found: { ...nobody(), records: options.found.records }, maybeApplied: true, config: off };
    expect(plan([salesforceChange('create', 500, fields)], none).writes).toEqual([]);
  });

  it('whose lead an interrupted attempt made is known to lack what it lacks, so that a gap shows what is entered there', () => {
    const made = lead('lead_1', acme.fields, { salesforce: { ...acme.salesforce, lead_id: LEAD_ID } });
    const found = { ...nobody(), sellfireByRecord: new Map([[LEAD_ID, made]]), leads: new Map([['lead_1', made]]) };
    const record = { createdAt: 500, at: 5_000, user: SOMEBODY, fields: { ...fields, Sellfire_Lead_Id__c: null } };
    const records = (title: string | null) => new Map([[LEAD_ID, { ...record, fields: { ...fields, Title: title } }]]);
    const entered = salesforceChange('update', 5_000, { Phone: PHONE });
    const { link } = plan([entered], { found: { ...found, records: records(null) }, maybeApplied: true });
    const gap = salesforceChange('gap', 6_000, {});
    const { writes } = plan([gap], { link: linkOf({ link }), found: { ...found, records: records('Owner') } });
    expect(writes.find(({ kind }) => kind === 'updateInSellfire')).toMatchObject({ fields: { title: 'Owner' } });
  });

  it('that carries a lead id was created by the bridge: linked, not created again', () => {
    const found = { ...nothingFound(), leads: new Map([['lead_1', acme]]) };
    const own = {
      Phone: PHONE,
      Company: 'Acme Plumbing',
      LastName: 'Stone',
      Phase__c: 'ColdCallCold',
      Sellfire_Lead_Id__c: 'lead_1',
    };
    const { link, writes } = plan([salesforceChange('create', 5_000, own, { user: US })], { found });
    expect(link).toMatchObject({ leadId: 'lead_1', record: { object: 'Lead', id: LEAD_ID } });
    expect(writes).toMatchObject([{ kind: 'updateInSellfire', fields: {}, salesforce: { lead_id: LEAD_ID } }]);
  });
});

describe('the four sync rules (M5)', () => {
  const toSellfire = (name: string, value: string | null): Change =>
    salesforceChange('update', 9_000, { [name]: value });
  const toSalesforce = (name: string, value: string | null): Change =>
    sellfireChange('lead.updated', 9_000, acme, { [name]: { from: 'x', to: value } });
  const rules = {
    TwoWay: { sellfire: true, blankToSellfire: true, salesforce: true },
    SalesforceUnlessBlank: { sellfire: true, blankToSellfire: false, salesforce: false },
    AlwaysSellfire: { sellfire: false, blankToSellfire: false, salesforce: true },
    DoNotSync: { sellfire: false, blankToSellfire: false, salesforce: false },
  } as const;

  for (const [rule, expected] of Object.entries(rules)) {
    const with_ = config([
      ...USUAL.filter(({ sellfireField }) => sellfireField !== 'title'),
      mapping('title', 'Lead.Title', rule as keyof typeof rules),
    ]);
    it(`${rule}: what is written where`, () => {
      const writes = (change: Change): string[] =>
        plan([change], { link: linked(), config: with_ }).writes.map((write) => write.kind);
      expect(writes(toSellfire('Title', 'Owner'))).toEqual(expected.sellfire ? ['updateInSellfire'] : []);
      expect(writes(toSalesforce('title', 'Owner'))).toEqual(expected.salesforce ? ['updateInSalesforce'] : []);
      const seen = plan([toSellfire('Title', 'Owner')], { link: linked(), config: with_ });
      const clearing = salesforceChange('update', 9_500, { Title: null });
      const outcomes = seen.writes.map((write) => ({ ok: true as const, write }));
      const before = linkOf(settle(with_, seen.link, outcomes, 9_000));
      const blank = plan([clearing], { link: before, config: with_ }).writes;
      const clears = blank.some((write) => write.kind === 'updateInSellfire' && write.fields['title'] === null);
      expect(clears).toBe(expected.blankToSellfire);
    });
  }

  it('a mapping fires only on the triggers it names (M4)', () => {
    const onSale = config(
      [...USUAL, mapping('business_name', 'Lead.Title', 'TwoWay', { triggers: ['sale'] })].filter(
        (m) => m.sellfireField !== 'title',
      ),
    );
    const { writes } = plan([toSalesforce('business_name', 'Acme & Sons')], { link: linked(), config: onSale });
    expect(writes).toMatchObject([{ kind: 'updateInSalesforce', fields: { Company: 'Acme & Sons' } }]);
    expect(writes[0]).not.toHaveProperty('fields.Title');
  });

  it('a mapping that is created later governs later changes only (M9)', () => {
    const later = config(
      [...USUAL, mapping('business_name', 'Lead.Title', 'AlwaysSellfire')].filter((m) => m.sellfireField !== 'title'),
    );
    const { writes } = plan([toSalesforce('last_name', 'Rock')], { link: linked(), config: later });
    expect(writes).toMatchObject([{ fields: { LastName: 'Rock' } }]);
    expect(writes[0]).not.toHaveProperty('fields.Title');
  });
});

describe('what a peer refuses (M32)', () => {
  it('fails that field alone: the rest is written, and the field is not tried again before it changes', () => {
    const change = sellfireChange('lead.updated', 9_000, acme, {
      business_name: { from: null, to: 'x'.repeat(300) },
      last_name: { from: null, to: 'Rock' },
    });
    const { writes, link } = plan([change], { link: linked() });
    const [write] = writes as [Write];
    const fault = {
      class: 'record' as const,
      code: 'STRING_TOO_LONG',
      message: 'Company: data value too large',
      fields: ['Company'],
      unknownOutcome: false,
    };
    const settled = settle(config(), link, [{ ok: false, write, fault }], 9_000);
    expect(settled.reports).toMatchObject([
      { outcome: 'Failed', code: 'STRING_TOO_LONG', changes: [{ field: 'Company' }] },
    ]);
    expect(settled.writes).toMatchObject([{ kind: 'updateInSalesforce', fields: { LastName: 'Rock' } }]);
    const done = settle(config(), settled.link, [{ ok: true, write: settled.writes[0] as Write, id: LEAD_ID }], 9_000);
    const next = sellfireChange('lead.updated', 9_500, acme, { last_name: { from: null, to: 'Rocks' } });
    expect(plan([next], { link: linkOf(done) }).writes).toMatchObject([{ fields: { LastName: 'Rocks' } }]);
    expect(plan([next], { link: linkOf(done) }).writes[0]).not.toHaveProperty('fields.Company');
  });

  it('of a deleted record ends the link', () => {
    const change = sellfireChange('lead.updated', 9_000, acme, { last_name: { from: null, to: 'Rock' } });
    const { writes, link } = plan([change], { link: linked() });
    const fault = {
      class: 'gone' as const,
      code: 'ENTITY_IS_DELETED',
      message: 'entity is deleted',
      fields: [],
      unknownOutcome: false,
    };
    const settled = settle(config(), link, [{ ok: false, write: writes[0] as Write, fault }], 9_000);
    expect(settled.link?.ended).toEqual({ by: 'salesforce', at: 9_000 });
    expect(plan([change], { link: linkOf(settled) }).writes).toEqual([]);
  });
});
