// A lead that carries a Salesforce id is linked with that record, and neither side changes (M16, M17, I15).
import { describe, expect, it } from '@jest/globals';
import type { Lead } from '../../../../bridge/model/lead.ts';
import type { Link } from '../../../../bridge/model/link.ts';
import { decide } from '../../../../bridge/sync/decide.ts';
import { nothingFound } from '../../../../bridge/sync/turn/lookups.ts';
import { CONTACT_ID, LEAD_ID, US, config, created, iso, lead, salesforceChange, sellfireChange } from '../fixtures.ts';
import { PHONE, fields, carrying, recordOf, LINKED, ID_WRITTEN, NONE, plan, type Org } from './carriedIds.ts';

describe('a lead that carries the id of a record', () => {
  it('is linked: no mapped field of either side changes, the record gets the id of the lead, and it is reported', () => {
    for (const actor of ['import', 'enablement'] as const)
      for (const change of [
        created(carrying({ lead_id: LEAD_ID }), 1_000, actor),
        sellfireChange('lead.updated', 1_000, carrying({ lead_id: LEAD_ID }), {}, actor),
        sellfireChange(
          'lead.updated',
          1_000,
          carrying({ lead_id: LEAD_ID }),
          { business_name: { from: null, to: 'Sellfire says' } },
          actor,
        ),
      ]) {
        const { link, writes, reports } = plan([change], { records: { [LEAD_ID]: recordOf() } });
        expect(link).toMatchObject({ record: { object: 'Lead', id: LEAD_ID } });
        expect(writes).toEqual([ID_WRITTEN('Lead', LEAD_ID)]);
        expect(reports).toMatchObject([{ ...LINKED, salesforceObject: 'Lead', salesforceRecordId: LEAD_ID }]);
      }
  });

  it('is linked as well where the event of the record comes first, which makes no lead then; its own event says nothing later', () => {
    const lead = carrying({ lead_id: LEAD_ID });
    const born = { Phone: '(512) 555-0123', Company: 'Salesforce says', LastName: 'Stein' };
    const org = { records: { [LEAD_ID]: recordOf() }, leads: [lead] };
    const first = plan([salesforceChange('create', 900, born)], org);
    expect(first).toMatchObject({ link: { record: { id: LEAD_ID } }, reports: [LINKED] });
    expect(first.writes).toEqual([ID_WRITTEN('Lead', LEAD_ID)]);
    expect(plan([created(lead, 1_000, 'import')], org, first.link)).toMatchObject({ writes: [], reports: [] });
    // What people changed in the record is carried over, where the lead has not got its value since.
    const edited = (at: number): unknown[] =>
      plan([salesforceChange('create', 900, born), salesforceChange('update', at, { Company: 'Edited' })], org).writes;
    expect(edited(950)).toEqual([ID_WRITTEN('Lead', LEAD_ID)]);
    expect(edited(2_000)).toContainEqual(expect.objectContaining({ fields: { business_name: 'Edited' } }));
  });

  it('that an interrupted attempt made of that record gets what was edited there, also where the record has made the link first (I2)', () => {
    const made = carrying({ lead_id: LEAD_ID });
    const org = { records: { [LEAD_ID]: recordOf() }, leads: [made] };
    const { link } = plan([salesforceChange('undelete', 900, recordOf().fields)], org);
    expect(link).toMatchObject({ record: { id: LEAD_ID } });
    const own = plan([created(made, 1_000, 'api')], org, link);
    const edited = { business_name: 'Salesforce says', last_name: 'Stein' };
    expect(own.writes).toContainEqual(expect.objectContaining({ kind: 'updateInSellfire', fields: edited }));
    expect(plan([created(made, 1_000, 'import')], org, link).writes).toEqual([]);
  });

  it('carries over what is changed later on either side, and nothing before', () => {
    const change = created(carrying({ lead_id: LEAD_ID }), 1_000, 'import');
    const { link } = plan([change], { records: { [LEAD_ID]: recordOf() } });
    const edited = carrying({ lead_id: LEAD_ID }, { version: 2 });
    const later = sellfireChange('lead.updated', 2_000, edited, { last_name: { from: 'Stone', to: 'Sand' } });
    expect(plan([later], {}, link).writes).toMatchObject([
      { kind: 'updateInSalesforce', fields: { LastName: 'Sand' } },
    ]);
    const theirs = salesforceChange('update', 2_000, { Company: 'Edited' });
    expect(plan([theirs], { leads: [edited] }, link).writes).toMatchObject([
      { kind: 'updateInSellfire', fields: { business_name: 'Edited' } },
    ]);
    // An attempt that was cut off has written the id.
    const written = { records: { [LEAD_ID]: recordOf({ Sellfire_Lead_Id__c: 'lead_1' }) } };
    expect(plan([change], written)).toMatchObject({ link: { record: { id: LEAD_ID } }, writes: [], reports: [LINKED] });
  });

  it('is linked whatever the form of the id, and Sellfire gets the one form', () => {
    for (const lead_id of [
      LEAD_ID.slice(0, 15),
      LEAD_ID.toLowerCase(),
      ` ${LEAD_ID}`,
      `https://a.my.salesforce.com/${LEAD_ID}`,
    ]) {
      const { link, writes } = plan([created(carrying({ lead_id }), 1_000, 'import')], {
        records: { [LEAD_ID]: recordOf() },
      });
      expect(link).toMatchObject({ record: { object: 'Lead', id: LEAD_ID } });
      expect(writes).toEqual([
        ID_WRITTEN('Lead', LEAD_ID),
        { kind: 'updateInSellfire', leadId: 'lead_1', fields: {}, salesforce: { lead_id: LEAD_ID }, deliveries: [] },
      ]);
    }
  });

  it('gets the one form as well where it was linked before, as by a file that is imported over it', () => {
    const link: Link = { leadId: 'lead_1', revision: 1, record: { object: 'Lead', id: LEAD_ID }, fields: {} };
    const spelled = (lead_id: string) =>
      plan([sellfireChange('lead.updated', 2_000, carrying({ lead_id }), {}, 'import')], {}, link).writes;
    expect(spelled(LEAD_ID.toLowerCase())).toMatchObject([
      { kind: 'updateInSellfire', fields: {}, salesforce: { lead_id: LEAD_ID } },
    ]);
    expect(spelled(LEAD_ID)).toEqual([]);
  });

  it('that is none is reported where the lead is linked, also where it names its Account rightly', () => {
    const account_id = '001000000000001AAA';
    const record = { object: 'Lead' as const, id: LEAD_ID };
    const link: Link = { leadId: 'lead_1', revision: 1, record, accountId: account_id, fields: {} };
    const change = sellfireChange('lead.updated', 2_000, carrying({ lead_id: 'Acme', account_id }), {}, 'import');
    const first = plan([change], {}, link);
    expect(first).toMatchObject({ writes: [], reports: [{ event: 'LeadLinked', code: 'RECORD_ID_INVALID' }] });
    expect(plan([change], {}, first.link).reports).toEqual([]);
  });

  it('is linked as by any import where an earlier attempt at its creation was interrupted', () => {
    const import_ = sellfireChange('lead.updated', 2_000, carrying({ lead_id: LEAD_ID }, { version: 2 }), {}, 'import');
    const { writes, reports } = plan(
      [created(carrying({}), 1_000, 'rep'), import_],
      { records: { [LEAD_ID]: recordOf() } },
      undefined,
      true,
    );
    expect(writes).toContainEqual(ID_WRITTEN('Lead', LEAD_ID));
    expect(reports).toMatchObject([LINKED]);
  });

  it('is refused the record of another lead as well where an attempt at its creation was interrupted, also at its next edit', () => {
    const import_ = sellfireChange('lead.updated', 2_000, carrying({ lead_id: LEAD_ID }, { version: 2 }), {}, 'import');
    const edit = sellfireChange('lead.updated', 3_000, carrying({ lead_id: LEAD_ID }, { version: 3 }), {});
    const rival = lead('lead_2', {}, { salesforce: { ...NONE, lead_id: LEAD_ID, contact_id: CONTACT_ID } });
    const org = { records: { [LEAD_ID]: recordOf({ Sellfire_Lead_Id__c: 'lead_2' }) }, leads: [rival] };
    // The message that named the record may be lost.
    for (const changes of [[import_, edit], [edit]]) {
      const { link, writes, reports } = plan([created(carrying({}), 1_000, 'rep'), ...changes], org, undefined, true);
      expect(link).not.toHaveProperty('record');
      expect(writes).toMatchObject([{ kind: 'createInSalesforce', object: 'Lead', leadId: 'lead_1' }]);
      expect(reports).toMatchObject([{ event: 'LeadLinked', code: 'RECORD_CLAIMED' }]);
    }
  });

  it('of no record is refused in words, once, and makes no record; corrected, it is linked', () => {
    const other = '00Q000000000002EAA';
    const rival = lead('lead_2', fields, { salesforce: { ...NONE, lead_id: LEAD_ID } });
    const cases: [Partial<Lead['salesforce']>, Org, string, string][] = [
      [{ lead_id: 'Acme' }, {}, 'RECORD_ID_INVALID', '"Acme"'],
      [{ lead_id: CONTACT_ID }, {}, 'RECORD_ID_INVALID', 'is the id of: Contact'],
      [{ contact_id: '005000000000001AAA' }, {}, 'RECORD_ID_INVALID', 'is the id of: another object'],
      [{ lead_id: LEAD_ID }, {}, 'RECORD_ID_INVALID', 'does not exist'],
      [{ lead_id: LEAD_ID }, { states: { [LEAD_ID]: { state: 'deleted' } } }, 'RECORD_ID_INVALID', 'was deleted'],
      [
        { lead_id: LEAD_ID },
        { records: { [LEAD_ID]: recordOf({ Sellfire_Lead_Id__c: 'lead_2' }) }, leads: [rival] },
        'RECORD_CLAIMED',
        'lead_2',
      ],
    ];
    for (const [ids, org, code, words] of cases) {
      const first = plan([created(carrying(ids), 1_000, 'import')], org);
      expect(first).toMatchObject({ writes: [], reports: [{ outcome: 'Failed', event: 'LeadLinked', code }] });
      expect(first.reports[0]?.reason).toContain(words);
      const again = sellfireChange('lead.updated', 2_000, carrying(ids, { version: 2 }), {
        title: { from: null, to: 'x' },
      });
      expect(plan([again], org, first.link)).toMatchObject({ writes: [], reports: [] });
      const corrected = sellfireChange(
        'lead.updated',
        3_000,
        carrying({ lead_id: other }, { version: 3 }),
        {},
        'import',
      );
      const after = plan([corrected], { records: { [other]: recordOf() } }, first.link);
      expect(after.link).toMatchObject({ record: { object: 'Lead', id: other } });
    }
  });

  it('that was refused stays refused when the event of a write of the bridge names it again', () => {
    const other = '00Q000000000002EAA';
    const first = plan([created(carrying({ lead_id: LEAD_ID }), 1_000, 'import')], {
      records: { [LEAD_ID]: recordOf() },
    });
    const rival = lead('lead_2', fields, { salesforce: { ...NONE, lead_id: other } });
    const named = carrying({ lead_id: other }, { version: 2 });
    const org = { records: { [other]: recordOf({ Sellfire_Lead_Id__c: 'lead_2' }) }, leads: [named, rival] };
    const supplied = sellfireChange('lead.updated', 2_000, named, {}, 'import');
    const refused = plan([supplied], org, first.link);
    expect(refused.reports).toMatchObject([{ code: 'RECORD_CLAIMED' }]);
    const own = sellfireChange('lead.updated', 3_000, named, {}, 'api');
    const { link, writes, reports } = plan([own], org, refused.link);
    expect(link).toMatchObject({ record: { object: 'Lead', id: LEAD_ID } });
    expect([writes, reports]).toEqual([[], []]);
  });

  it('of its Account as well is linked with the one that is there, and the other is refused', () => {
    const account_id = '001000000000001AAA';
    const change = created(carrying({ contact_id: CONTACT_ID, account_id }), 1_000, 'import');
    const { link, reports } = plan([change], { records: { [CONTACT_ID]: recordOf() } });
    expect(link).toMatchObject({ record: { object: 'Contact', id: CONTACT_ID } });
    expect(link?.accountId).toBeUndefined();
    expect(reports).toMatchObject([LINKED, { code: 'RECORD_ID_INVALID' }]);
  });

  it('knows from then on what each side held when it was linked', () => {
    const change = created(carrying({ lead_id: LEAD_ID }), 1_000, 'import');
    const { link } = plan([change], { records: { [LEAD_ID]: recordOf() } });
    expect(link?.fields['business_name']?.replicas).toMatchObject({
      sellfire: { lastKnown: 'Sellfire says' },
      'Lead.Company': { lastKnown: 'Salesforce says' },
    });
  });

  it('that a record of another lead has awaits it, and writes nothing', () => {
    const change = created(carrying({ lead_id: LEAD_ID }), 1_000, 'import');
    const taken = new Map([[LEAD_ID, 'lead_2']]);
    const { link, writes, reports } = plan([change], { records: { [LEAD_ID]: recordOf() }, taken });
    expect(link).toMatchObject({ awaits: { object: 'Lead', id: LEAD_ID } });
    expect(link?.record).toBeUndefined();
    expect([writes, reports]).toMatchObject([[], [{ code: 'RECORD_CLAIMED', outcome: 'Failed' }]]);
    // Said once, whatever comes of the lead meanwhile.
    const later = sellfireChange('lead.updated', 2_000, carrying({ lead_id: LEAD_ID }, { version: 2 }), {}, 'import');
    expect(plan([later], { records: { [LEAD_ID]: recordOf() }, taken }, link)).toMatchObject({
      writes: [],
      reports: [],
    });
  });

  it('of a master that another lead has awaits the master', () => {
    const master = '00Q000000000002EAA';
    const change = created(carrying({ lead_id: LEAD_ID }), 1_000, 'import');
    const { link, writes } = plan([change], {
      records: { [master]: recordOf() },
      states: { [LEAD_ID]: { state: 'merged', into: master } },
      taken: new Map([[master, 'lead_2']]),
    });
    expect(link).toMatchObject({ awaits: { object: 'Lead', id: master } });
    expect(writes).toEqual([]);
  });

  it('is not that of a lead which is deleted: its record is free', () => {
    const gone = lead('lead_2', fields, {
      deleted_at: '2026-03-02T12:00:00Z',
      salesforce: { ...NONE, lead_id: LEAD_ID },
    });
    const change = created(carrying({ lead_id: LEAD_ID }), 1_000, 'import');
    const records = { [LEAD_ID]: recordOf({ Sellfire_Lead_Id__c: 'lead_2' }) };
    expect(plan([change], { records, leads: [gone] }).link).toMatchObject({ record: { id: LEAD_ID } });
  });

  it('of an Account may share it with another lead', () => {
    const account_id = '001000000000001AAA';
    const change = created(carrying({ account_id }), 1_000, 'import');
    const rival = lead('lead_2', fields, { salesforce: { ...NONE, account_id } });
    const records = { [account_id]: recordOf({ Sellfire_Lead_Id__c: 'lead_2' }) };
    expect(plan([change], { records, leads: [rival] }).link).toMatchObject({ accountId: account_id });
  });
});

describe('a record that an interrupted attempt connected to the lead', () => {
  it('gets an edit of the lead from before Sellfire heard of it, and not the value that the attempt wrote', () => {
    const before = lead('lead_1', { ...fields, last_name: 'Rock' });
    const renamed = lead('lead_1', fields, { version: 2 });
    const named = { ...renamed, version: 3, salesforce: { ...NONE, contact_id: CONTACT_ID } };
    named.changed_at['last_name'] = iso(3_000);
    const record = recordOf({ LastName: 'Rock', Sellfire_Lead_Id__c: 'lead_1' });
    const found = nothingFound();
    found.leads.set('lead_1', named);
    found.records.set(CONTACT_ID, record);
    const written = { LastName: 'Rock', Phone: PHONE, Sellfire_Lead_Id__c: 'lead_1' };
    const changes = [
      sellfireChange('lead.updated', 2_000, before, { last_name: { from: 'Stein', to: 'Rock' } }),
      sellfireChange('lead.updated', 3_000, renamed, { last_name: { from: 'Rock', to: 'Stone' } }),
      sellfireChange('lead.updated', 3_100, named, {}, 'api'),
      salesforceChange('create', 2_500, written, { user: US, object: 'Contact', recordId: CONTACT_ID }),
    ];
    const link: Link = { leadId: 'lead_1', revision: 1, fields: {} };
    const decision = decide({ changes, link, config: config(), found, maybeApplied: true });
    if ('needs' in decision) throw new Error(`needs ${JSON.stringify(decision.needs)}`);
    expect(decision.plan.link?.fields['last_name']?.register).toMatchObject({ value: 'Stone', at: 3_000 });
    expect(decision.plan.writes).toMatchObject([
      { kind: 'updateInSalesforce', id: CONTACT_ID, fields: { LastName: 'Stone' } },
    ]);
  });
});

describe('a record that an interrupted attempt made of a lead for which somebody has supplied another one since', () => {
  it('is left for that, which the lead goes on naming, and gives up the lead’s id first', () => {
    const OTHER = '00Q000000000009EAA';
    const made = { Company: 'Sellfire says', LastName: 'Stone', Phase__c: 'ColdCallCold' };
    const records = { [LEAD_ID]: recordOf({ ...made, Sellfire_Lead_Id__c: 'lead_1' }), [OTHER]: recordOf(made) };
    const leads = [carrying({ lead_id: OTHER }, { version: 2 })];
    const changes = [
      created(carrying({}), 1_000, 'rep'),
      salesforceChange('create', 1_500, { ...made, Sellfire_Lead_Id__c: 'lead_1' }, { user: US }),
    ];
    const { link, writes, reports } = plan(changes, { records, leads, made: LEAD_ID }, undefined, true);
    expect(link).toMatchObject({ record: { id: OTHER }, left: [LEAD_ID] });
    expect(writes).toMatchObject([
      {
        ...{ kind: 'updateInSalesforce', id: LEAD_ID, fields: { Sellfire_Lead_Id__c: null } },
        next: { id: OTHER, fields: { Sellfire_Lead_Id__c: 'lead_1' } },
      },
    ]);
    expect(reports).toMatchObject([
      { ...LINKED, salesforceRecordId: OTHER },
      { ...LINKED, salesforceRecordId: LEAD_ID },
    ]);
  });
});

describe('a record of another country from which an interrupted attempt made the lead', () => {
  it('has its number read by its own country, where somebody has corrected it since', () => {
    const made = lead('lead_1', { ...fields, primary_phone_number: '+442079460103' });
    const named = { ...made, salesforce: { ...NONE, lead_id: LEAD_ID } };
    const records = {
      [LEAD_ID]: recordOf({ Phone: '020 7946 0102', CountryCode: 'GB', Company: fields.business_name }),
    };
    const { link, writes } = plan([created(named, 1_000, 'api')], { records, leads: [named] });
    expect(link?.countries).toEqual({ Lead: 'GB' });
    expect(writes).toContainEqual(
      expect.objectContaining({ fields: expect.objectContaining({ primary_phone_number: '+442079460102' }) }),
    );
  });
});
