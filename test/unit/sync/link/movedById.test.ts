// A linked lead that names another record moves to it, unless what it names is older than what it is linked to (M16, M17).
import { describe, expect, it } from '@jest/globals';
import type { Lead } from '../../../../bridge/model/lead.ts';
import type { Link } from '../../../../bridge/model/link.ts';
import type { Plan } from '../../../../bridge/model/plan.ts';
import { settle } from '../../../../bridge/sync/settle.ts';
import { CONTACT_ID, LEAD_ID, config, created, salesforceChange, sellfireChange } from '../fixtures.ts';
import { carrying, recordOf, LINKED, ID_WRITTEN, plan, type Org } from './carriedIds.ts';

describe('the id of a record that a linked lead carries', () => {
  it('of another one than it is linked to moves to that: the one before gives up the lead’s id first, since no two records have it', () => {
    const OTHER = '00Q000000000009EAA';
    const link: Link = { leadId: 'lead_1', revision: 3, record: { object: 'Lead', id: LEAD_ID }, fields: {} };
    const records = { [LEAD_ID]: recordOf({ Sellfire_Lead_Id__c: 'lead_1' }), [OTHER]: recordOf() };
    const named = carrying({ lead_id: OTHER });
    const edit = sellfireChange('lead.updated', 5_000, named, {});
    const moved = plan([edit], { records, leads: [named] }, link);
    expect(moved.link?.record).toEqual({ object: 'Lead', id: OTHER });
    expect(moved.reports).toMatchObject([
      { ...LINKED, salesforceRecordId: OTHER },
      {
        ...{ ...LINKED, salesforceRecordId: LEAD_ID },
        changes: [{ field: 'Sellfire_Lead_Id__c', before: 'lead_1', after: null }],
      },
    ]);
    const [vacating] = moved.writes;
    expect(moved.writes).toMatchObject([{ ...ID_WRITTEN('Lead', LEAD_ID), fields: { Sellfire_Lead_Id__c: null } }]);
    if (!vacating) throw new Error('nothing is written');
    const outcome = { ok: true, write: vacating, id: LEAD_ID } as const;
    expect(settle(config(), moved.link, [outcome], 5_000).writes).toEqual([ID_WRITTEN('Lead', OTHER)]);
    // Of a record that is gone nothing is taken.
    const { writes } = plan([edit], { records: { [OTHER]: recordOf() }, leads: [named] }, link);
    expect(writes).toEqual([ID_WRITTEN('Lead', OTHER)]);
  });

  it('of one and then of another one in a turn is written to the last alone: the first may be another lead’s by then', () => {
    const OTHER = '00Q000000000009EAA';
    // Both hold the same, which is not what Sellfire holds: linking changes neither side.
    const records = { [LEAD_ID]: recordOf(), [OTHER]: recordOf() };
    const last = carrying({ lead_id: OTHER }, { version: 3 });
    const changes = [
      sellfireChange('lead.updated', 2_000, carrying({ lead_id: LEAD_ID }, { version: 2 }), {}, 'import'),
      sellfireChange('lead.updated', 3_000, last, {}, 'import'),
    ];
    const { link, writes } = plan(changes, { records, leads: [last] });
    expect(link).toMatchObject({ record: { id: OTHER }, left: [LEAD_ID] });
    expect(writes).toEqual([ID_WRITTEN('Lead', OTHER)]);
  });

  it('of a Contact moves a lead from its Lead to that, and is reported', () => {
    const link: Link = { leadId: 'lead_1', revision: 3, record: { object: 'Lead', id: LEAD_ID }, fields: {} };
    const records = { [LEAD_ID]: recordOf({ Sellfire_Lead_Id__c: 'lead_1' }), [CONTACT_ID]: recordOf() };
    const named = carrying({ lead_id: LEAD_ID, contact_id: CONTACT_ID });
    const moved = plan(
      [sellfireChange('lead.updated', 5_000, named, {}, 'import')],
      { records, leads: [named], states: { [CONTACT_ID]: { state: 'alive' } } },
      link,
    );
    expect(moved.link?.record).toEqual({ object: 'Contact', id: CONTACT_ID });
    expect(moved.reports).toMatchObject([
      { ...LINKED, salesforceObject: 'Contact', salesforceRecordId: CONTACT_ID, outcome: 'Success' },
    ]);
  });

  it('supplied for a lead whose record is gone is followed, and reported; no edit of a rep, and nothing of a lead that is deleted', () => {
    const OTHER = '00Q000000000009EAA';
    const link: Link = { leadId: 'lead_1', revision: 3, record: { object: 'Lead', id: LEAD_ID }, fields: {} };
    const named = carrying({ lead_id: OTHER });
    const after = (by: 'salesforce' | 'sellfire', actor: 'import' | 'rep' | 'api', id = OTHER): Plan => {
      const lead = { ...named, salesforce: { ...named.salesforce, lead_id: id } };
      const change = sellfireChange('lead.updated', 5_000, lead, {}, actor);
      return plan([change], { records: { [OTHER]: recordOf() }, leads: [lead] }, { ...link, ended: { by, at: 6_000 } });
    };
    const followed = after('salesforce', 'import');
    expect(followed.link).toMatchObject({ record: { object: 'Lead', id: OTHER } });
    expect(followed.link?.ended).toBeUndefined();
    expect(followed.writes).toEqual([ID_WRITTEN('Lead', OTHER)]);
    expect(followed.reports).toMatchObject([{ ...LINKED, salesforceRecordId: OTHER }]);
    const ignored = [after('salesforce', 'rep'), after('salesforce', 'api'), after('sellfire', 'import')];
    for (const one of [...ignored, after('salesforce', 'import', LEAD_ID)])
      expect(one).toMatchObject({ link: { record: { id: LEAD_ID }, ended: { at: 6_000 } }, writes: [], reports: [] });
  });

  it('is not moved by a message that is older than what the lead names now, as where an interrupted attempt wrote another id first', () => {
    const OTHER = '003000000000009AAA';
    const link: Link = { leadId: 'lead_1', revision: 3, record: { object: 'Contact', id: CONTACT_ID }, fields: {} };
    const older = sellfireChange('lead.updated', 5_000, carrying({ contact_id: OTHER }), {}, 'api');
    const after = (now: string): Plan => {
      const records = { [CONTACT_ID]: recordOf({ Sellfire_Lead_Id__c: 'lead_1' }), [OTHER]: recordOf() };
      return plan([older], { records, leads: [carrying({ contact_id: now }, { version: 2 })] }, link);
    };
    expect(after(CONTACT_ID)).toMatchObject({ link, writes: [] });
    expect(after(OTHER).link?.record?.id).toBe(OTHER);
  });

  it('is not that of an import which named another record while the link moved, and a row of either says so', () => {
    const link: Link = { leadId: 'lead_1', revision: 3, record: { object: 'Contact', id: CONTACT_ID }, fields: {} };
    const imported = sellfireChange('lead.updated', 5_000, carrying({ lead_id: LEAD_ID }), {}, 'import');
    const leads = [carrying({ lead_id: LEAD_ID, contact_id: CONTACT_ID }, { version: 2 })];
    const creation = salesforceChange('create', 4_000, { Phone: '512 555 0199', LastName: 'Rock', Company: 'Other' });
    const rowsOf = ({ reports }: Plan) => reports.map(({ code, salesforceRecordId }) => [code, salesforceRecordId]);
    const records = (named: string | null) => ({ [LEAD_ID]: recordOf({ Sellfire_Lead_Id__c: named }) });
    expect(plan([imported], { records: records(null), leads }, link)).toMatchObject({ link, writes: [] });
    expect(rowsOf(plan([imported], { records: records(null), leads }, link))).toEqual([['LINKED_ALREADY', LEAD_ID]]);
    expect(rowsOf(plan([creation], { records: records(null), leads }))).toEqual([['LINKED_ALREADY', LEAD_ID]]);
    // It has left that one, which carries its id.
    const left = { ...link, left: [LEAD_ID] };
    expect(rowsOf(plan([imported], { records: records('lead_1'), leads }, left))).toEqual([]);
    expect(rowsOf(plan([creation], { records: records('lead_1'), leads }))).toEqual([]);
  });

  it('that became the one which it is linked to stays with that: a merged record, a converted Lead, and the lead is given its id', () => {
    const link: Link = { leadId: 'lead_1', revision: 3, record: { object: 'Contact', id: CONTACT_ID }, fields: {} };
    const after = (ids: Partial<Lead['salesforce']>, org: Org): Plan => {
      const named = carrying(ids, { version: 2 });
      const ours = { [CONTACT_ID]: recordOf({ Sellfire_Lead_Id__c: 'lead_1' }) };
      const records = { ...ours, ...org.records };
      const change = sellfireChange('lead.updated', 5_000, named, {}, 'import');
      return plan([change], { ...org, records, leads: [named] }, link);
    };
    const given = [{ kind: 'updateInSellfire', leadId: 'lead_1', fields: {}, salesforce: { contact_id: CONTACT_ID } }];
    const converted = recordOf({ IsConverted: true, ConvertedContactId: CONTACT_ID });
    const none = after({ lead_id: LEAD_ID, contact_id: '003' }, { records: { [LEAD_ID]: converted } });
    expect(none).toMatchObject({
      link: { record: link.record },
      writes: given,
      reports: [{ code: 'RECORD_ID_INVALID' }],
    });
    expect(none.writes).toHaveLength(1);
    const OTHER = '003000000000009AAA';
    const states: Org['states'] = { [OTHER]: { state: 'merged', into: CONTACT_ID } };
    expect(after({ contact_id: OTHER }, { states })).toMatchObject({ link, writes: given, reports: [] });
  });

  it('is not moved back to the Lead that it names beside a Contact which the link has left', () => {
    const master = '003000000000009AAA';
    const moved = { moved: { from: [CONTACT_ID], at: 4_000 }, left: [LEAD_ID, CONTACT_ID] };
    const link: Link = {
      leadId: 'lead_1',
      revision: 3,
      record: { object: 'Contact', id: master },
      fields: {},
      ...moved,
    };
    const named = carrying({ lead_id: LEAD_ID, contact_id: CONTACT_ID });
    const records = { [LEAD_ID]: recordOf({ Sellfire_Lead_Id__c: 'lead_1' }) };
    const after = plan([sellfireChange('lead.updated', 5_000, named, {})], { records, leads: [named] }, link);
    expect(after.link?.record).toEqual({ object: 'Contact', id: master });
  });

  it('follows a merge to the master, and a conversion to the Contact', () => {
    const master = '00Q000000000002EAA';
    const change = created(carrying({ lead_id: LEAD_ID }), 1_000, 'import');
    const merged = plan([change], {
      records: { [master]: recordOf() },
      states: { [LEAD_ID]: { state: 'merged', into: master } },
    });
    expect(merged.link).toMatchObject({ record: { object: 'Lead', id: master } });
    expect(merged.writes).toMatchObject([ID_WRITTEN('Lead', master), { salesforce: { lead_id: master } }]);
    const converted = plan([change], {
      records: {
        [LEAD_ID]: recordOf({ IsConverted: true, ConvertedContactId: CONTACT_ID }),
        [CONTACT_ID]: recordOf(),
      },
    });
    expect(converted.link).toMatchObject({ record: { object: 'Contact', id: CONTACT_ID } });
    expect(converted.reports).toMatchObject([{ ...LINKED, salesforceRecordId: CONTACT_ID }]);
  });
});
